import { parseArn } from "../../aws/arn";
import type { TaskRecord } from "../../outcome/task-record";
import type { RunPorts } from "./run-ports";

/** What talks to the region of a task: earlier runs may have been in other regions. */
export async function portsFor(ports: RunPorts, task: TaskRecord | undefined): Promise<RunPorts> {
  return ports.in(parseArn(task?.taskArn ?? "")?.region ?? ports.region);
}
