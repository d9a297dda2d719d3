import type { Task } from "@aws-sdk/client-ecs";
import { EcsTaskError } from "../errors";
import { clusterOfTask, parseArn } from "../task/arn";
import { judgeOutcome } from "../task/judge-outcome";
import { logTargets } from "../task/log-target";
import { projectOutputs, type TaskOutputs } from "../task/project-outputs";
import { taskRecord } from "../task/task-record";
import { essentialIn, readDefinition } from "./essential-containers";
import { lookOnce, type LookPorts } from "./look-once";
import type { RunPorts } from "./run-ports";

/**
 * What ECS says of any task, ours or not.
 *
 * @returns outputs whose outcome is `UNKNOWN`, and nothing else, for a task that ECS does not know (any more).
 * @throws EcsTaskError when it is not a task's ARN.
 * @throws EcsApiError when ECS does not answer, or looking is not permitted.
 */
export async function lookUpTask(ports: RunPorts, taskArn: string): Promise<TaskOutputs> {
  const found = await findTask(ports, taskArn);
  if (!found) return projectOutputs([], "UNKNOWN", {});
  const task = taskRecord(found, (text) => text);
  const definition = await readDefinition(ports, task.taskDefinitionArn);
  const { kind } = judgeOutcome([task], { decidingContainers: essentialIn(definition) });
  return projectOutputs([task], kind, logTargets(definition, task.taskArn));
}

/** A task as DescribeTasks shows it; `undefined` when ECS does not know it. Throws as {@link lookUpTask} does. */
export async function findTask(ports: LookPorts, taskArn: string): Promise<Task | undefined> {
  const cluster = clusterOfTask(taskArn);
  if (!cluster) {
    throw new EcsTaskError(
      "NO_TASK_ARN",
      `"${taskArn}" is not the ARN of an ECS task. It must look like arn:aws:ecs:<region>:<account>:task/<cluster>/<id>.`,
    );
  }
  return lookOnce(ports, cluster, taskArn);
}

/** The region a task is in, by its ARN. */
export function regionOfTask(taskArn: string): string | undefined {
  return parseArn(taskArn)?.region;
}
