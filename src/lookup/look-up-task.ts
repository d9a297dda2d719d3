import { parseArn } from "../aws/arn";
import { projectOutputs, type TaskOutputs } from "../outcome/outputs";
import { judgeAnyTask, type JudgePorts } from "./judge-any-task";

/**
 * What ECS says of any task, ours or not, and how it is judged.
 *
 * @returns outputs whose outcome is `UNKNOWN`, and nothing else, for a task that ECS does not know (any more).
 * @throws EcsTaskError when it is not a task's ARN.
 * @throws EcsApiError when ECS does not answer, or looking is not permitted.
 */
export async function lookUpTask(ports: JudgePorts, taskArn: string): Promise<TaskOutputs> {
  const judged = await judgeAnyTask(ports, taskArn);
  return judged?.outputs ?? projectOutputs([], "UNKNOWN", {});
}

/** The region a task is in, by its ARN. */
export function regionOfTask(taskArn: string): string | undefined {
  return parseArn(taskArn)?.region;
}
