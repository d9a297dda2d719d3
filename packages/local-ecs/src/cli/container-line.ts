import type { ContainerLine } from "../api/index";
import { oneLine } from "./one-line";

/** A line of a container as `--logs` shows it. What would move the cursor, or colour all that follows, is left out. */
export function containerLine({ taskArn, containerName, message }: ContainerLine): string {
  const task = taskArn.slice(taskArn.lastIndexOf("/") + 1, taskArn.length).slice(0, 8);
  return `${task} ${containerName} | ${oneLine(message, Infinity)}`;
}
