import { randomUUID } from "node:crypto";
import type { Task } from "@aws-sdk/client-ecs";
import { identityOf, markerPrefix } from "../../src/run/order/started-by-and-client-token";
import { eventually } from "./eventually";
import type { Migrations } from "./migrations";
import type { Properties } from "./provider-host";

/** One resource of many that share a local ECS. */
export interface Resource {
  inputs(command: readonly string[], others?: Properties): Properties;
  /** Its tasks, all that ECS knows. */
  tasks(): readonly Task[];
  /** Waits until so many tasks of it are known, and the last one is as wanted. @returns that one's ARN. */
  until(count: number, isWanted: (task: Task) => boolean): Promise<string>;
}

/** A resource that nobody has used before. */
export function newResource(m: Migrations): Resource {
  const resourceUrn = `urn:pulumi:dev::shop::pulumi-nodejs:dynamic/ecs:Task::${randomUUID()}`;
  const prefix = markerPrefix(identityOf(resourceUrn));
  const createdMs = (task: Task) => task.createdAt?.getTime() ?? 0;
  const tasks = () =>
    m.lab.local.tasks
      .all()
      .filter((task) => task.startedBy?.startsWith(prefix))
      .sort((a, b) => createdMs(a) - createdMs(b));
  return {
    inputs: (command, others = {}) => m.inputs(command, { resourceUrn, ...others }),
    tasks,
    async until(count, isWanted) {
      const newest = () => tasks()[count - 1];
      const isAsWanted = () => {
        const task = newest();
        return task !== undefined && isWanted(task);
      };
      await eventually(isAsWanted, { words: `task ${count}: ${String(isWanted)}` });
      return newest()?.taskArn ?? "";
    },
  };
}
