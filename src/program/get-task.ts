import { output, type Input, type Output } from "@pulumi/pulumi";
import type { GetTaskOptions } from "./ecs-task-args";
import { lookUp } from "./look-up";
import type { TaskOutputs } from "../outcome/outputs";
import type { LookUpOptions } from "../inputs/task-inputs";

/** Which task to look up, and where. @public */
export type GetTaskArgs = { readonly taskArn: string } & LookUpOptions;

/**
 * What ECS says of any task: its status, outcome, exit codes and image digests. For one that ECS does not know
 * (any more) the outcome is `UNKNOWN`, and all else is absent or empty.
 *
 * @throws RunError with a `code` when `taskArn` is not the ARN of a task, no region is known, ECS does not answer, or
 *   `ecs:DescribeTasks` is not permitted.
 * @public
 */
export async function getTask(args: GetTaskArgs): Promise<TaskOutputs> {
  // Loaded at the first call: a program that looks nothing up loads no AWS SDK.
  /* eslint-disable @typescript-eslint/no-require-imports, @typescript-eslint/consistent-type-imports */
  const { lookUpConnection } =
    require("../provider/look-up-connection") as typeof import("../provider/look-up-connection");
  const { lookUpTask, regionOfTask } =
    require("../lookup/look-up-task") as typeof import("../lookup/look-up-task");
  /* eslint-enable */
  return lookUp("getTask", args, async () => {
    const connection = await lookUpConnection(args, regionOfTask(args.taskArn));
    return lookUpTask({ ...connection, status: () => undefined }, args.taskArn);
  });
}

/** As {@link getTask}, for arguments that are outputs. @public */
export function getTaskOutput(
  args: { taskArn: Input<string | undefined> } & GetTaskOptions,
): Output<TaskOutputs> {
  return output(args).apply((resolved) =>
    // Absent where nobody knows of a task: that is no ARN, and said so.
    getTask({ ...(resolved as LookUpOptions), taskArn: resolved.taskArn ?? "" }),
  );
}
