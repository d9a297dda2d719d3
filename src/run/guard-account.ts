import { EcsTaskError } from "../errors";
import { parseArn } from "../aws/arn";
import type { TaskState } from "./task-state";
import type { RunPorts } from "./ports/run-ports";

/**
 * Makes sure that the credentials belong to the account of the recorded task: with others it would look as if
 * the task had been forgotten, and a second one would run, or one would be left running.
 *
 * @throws EcsTaskError when they do not; nothing when the account cannot be told.
 */
export async function guardAccount(
  { ecs }: RunPorts,
  recorded: TaskState | undefined,
  cluster: string,
): Promise<void> {
  const recordedAccount = recorded?.taskArn && parseArn(recorded.taskArn)?.accountId;
  if (!recordedAccount) return;
  const account = await ecs.accountId(cluster);
  if (account === undefined || account === recordedAccount) return;
  throw new EcsTaskError(
    "WRONG_ACCOUNT",
    `The AWS credentials belong to account ${account}, and the recorded task ran in account ${recordedAccount}. Nothing was started or stopped. Use the credentials of the account that this stack is for.`,
  );
}
