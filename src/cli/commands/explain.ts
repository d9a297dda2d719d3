import { explainTask } from "../../lookup/explain-task";
import { clusterName, clusterOfTask, parseArn, taskId } from "../../aws/arn";
import { AWS_USAGE, runAwsCommand, UsageError, type CommandLine } from "../aws-command";
import { explainedLines } from "../render/explained-lines";
import { ProgressLine } from "../render/progress-line";

const USAGE = `Usage: pulumi-ecs-task explain TASK [options]

Tells what became of any ECS task, and if it failed why, with its last log lines
and what to do: as the resource does for its own tasks. TASK is the ARN of a task,
or with --cluster its id.

Options:
  --cluster NAME       or ARN: where the task with this id ran
${AWS_USAGE.replace("AWS_REGION, AWS_DEFAULT_REGION, then the profile's", "that of the ARN, else as for the AWS CLI")}

Exit codes:
  0  the task was found, however it ended
  1  ECS does not know it (any more): stopped tasks are kept for about an hour
  2  the command line makes no sense
  3  AWS could not be asked: the message says why
`;

/** What became of a task. @returns the exit code. */
export function explain(args: readonly string[]): Promise<number> {
  return runAwsCommand({ name: "explain", usage: USAGE, options: ["cluster"], run: show }, args);
}

async function show({ argument, options, json, connect }: CommandLine): Promise<number> {
  if (argument === undefined) throw new UsageError("TASK is missing.");
  const { task, cluster } = placed(argument, options.cluster);
  const connection = await connect((parseArn(task) ?? parseArn(cluster))?.region);
  const line = new ProgressLine(process.stderr);
  function status(text: string): void {
    line.show(`${text} …`);
  }
  status(`Looking at task ${taskId(task)}`);
  const explained = await explainTask({ ...connection, status }, task, cluster).finally(() => {
    line.clear();
  });
  if (explained === undefined) {
    const text = `ECS does not know the task ${taskId(task)} on cluster ${clusterName(cluster)} (any more): it keeps stopped tasks for about an hour.`;
    if (json) process.stdout.write("null\n");
    process.stderr.write(`${text}\n`);
    return 1;
  }
  process.stdout.write(
    `${json ? JSON.stringify(explained, undefined, 2) : explainedLines(explained).join("\n")}\n`,
  );
  return 0;
}

/** The id of a task: 32 hexadecimal digits, and a UUID until 2018. */
const TASK_ID = /^[\da-f]{32}$|^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** Which task is meant, and where it ran. */
function placed(
  task: string,
  cluster: string | undefined,
): { readonly task: string; readonly cluster: string } {
  const ownCluster = clusterOfTask(task);
  if (ownCluster !== undefined) {
    if (cluster !== undefined && clusterName(cluster) !== ownCluster)
      throw new UsageError(
        `The task ran on cluster ${JSON.stringify(ownCluster)} by its ARN: leave out --cluster.`,
      );
    return { task, cluster: ownCluster };
  }
  if (!TASK_ID.test(task))
    throw new UsageError(
      `${JSON.stringify(task)} is not a task: give its ARN, arn:aws:ecs:<region>:<account>:task/<cluster>/<id>, or its id with --cluster.`,
    );
  if (cluster === undefined)
    throw new UsageError(`On which cluster did task ${task} run? Give --cluster, or the ARN of the task.`);
  return { task, cluster };
}
