import { explainTask } from "../../run/explain-task";
import { clusterOfTask, parseArn, taskId } from "../../task/arn";
import { awsUsage, runAwsCommand, UsageError, type CommandLine } from "../aws-command";
import { explainedLines } from "../render/explained-lines";
import { ProgressLine } from "../render/progress-line";

const usage = `Usage: pulumi-ecs-task explain TASK_ARN [options]

Tells what became of any ECS task, and if it failed why, with its last log lines
and what to do: as the resource does for its own tasks.

Options:
${awsUsage.replace("AWS_REGION, AWS_DEFAULT_REGION, then the profile's", "that of the ARN")}

Exit codes:
  0  the task was found, however it ended
  1  ECS does not know it (any more): stopped tasks are kept for about an hour
  2  the command line makes no sense
  3  AWS could not be asked: the message says why
`;

/** What became of a task. @returns the exit code. */
export function explain(args: readonly string[]): Promise<number> {
  return runAwsCommand({ name: "explain", usage, options: [], run: show }, args);
}

async function show({ argument: taskArn, json, connect }: CommandLine): Promise<number> {
  if (taskArn === undefined) throw new UsageError("TASK_ARN is missing.");
  if (clusterOfTask(taskArn) === undefined)
    throw new UsageError(
      `${JSON.stringify(taskArn)} is not the ARN of a task: arn:aws:ecs:<region>:<account>:task/<cluster>/<id>.`,
    );
  const connection = await connect(parseArn(taskArn)?.region);
  const line = new ProgressLine(process.stderr);
  const status = (text: string) => {
    line.show(`${text} …`);
  };
  status(`Looking at task ${taskId(taskArn)}`);
  const explained = await explainTask({ ...connection, status }, taskArn).finally(() => {
    line.clear();
  });
  if (explained === undefined) {
    const text = `ECS does not know the task ${taskId(taskArn)} (any more): it keeps stopped tasks for about an hour.`;
    if (json) process.stdout.write("null\n");
    process.stderr.write(`${text}\n`);
    return 1;
  }
  process.stdout.write(
    `${json ? JSON.stringify(explained, undefined, 2) : explainedLines(explained).join("\n")}\n`,
  );
  return 0;
}
