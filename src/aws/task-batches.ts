/** "tasks: a list of up to 100 task IDs or full ARN entries", https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DescribeTasks.html */
const TASKS_PER_CALL = 100;

/** The tasks of each DescribeTasks call. */
export function taskBatches(taskArns: readonly string[]): string[][] {
  const calls = Math.ceil(taskArns.length / TASKS_PER_CALL);
  return Array.from({ length: calls }, (_, call) =>
    taskArns.slice(call * TASKS_PER_CALL, (call + 1) * TASKS_PER_CALL),
  );
}
