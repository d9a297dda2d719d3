import { EcsTaskError } from "../errors";
import { taskId } from "../task/arn";
import { sortFoundTasks } from "../task/found-tasks";
import { normaliseInputs } from "../task/normalise-inputs";
import { redactor } from "../task/redact";
import { runIdentity, type TaskState } from "../task/task-state";
import type { TaskInputs } from "../task/task-inputs";
import type { TaskRecord } from "../task/task-record";
import { findTasks } from "./find-tasks";
import { followRun } from "./follow-run";
import { guardAccount } from "./guard-account";
import type { RunPorts } from "./run-ports";
import { recordedFacts, runState, type RunReport } from "./run-report";
import { startRun } from "./start-run";

/**
 * How long a clientToken is sure to stand for the same launch, in milliseconds: it lives for the lifetime of
 * its task and an hour after, https://docs.aws.amazon.com/AmazonECS/latest/APIReference/ECS_Idempotency.html;
 * less five minutes for clocks that differ.
 */
const TOKEN_MS = 55 * 60_000;

/** By how much the clocks of ECS and of this machine may differ, in milliseconds. */
const CLOCK_SKEW_MS = 5 * 60_000;

/**
 * Goes on with a run of which nobody knows whether it was started, or how it ended: takes its tasks when ECS
 * knows them, asks for the same launch again while its token is sure to be remembered, and otherwise gives it
 * up as failed, so that the next `up` runs a new one in full knowledge.
 */
export async function resumeUnknown(
  ports: RunPorts,
  recorded: TaskState,
  news: TaskInputs,
): Promise<RunReport> {
  const inputs = normaliseInputs(news);
  const run = runIdentity(recorded);
  await guardAccount(ports, recorded, inputs.cluster);
  ports.status("looking for the task of the last run");
  const ageMs = ports.clock.wallMs() - Date.parse(recorded.launchedAt ?? "");
  // StartTask knows no token: only a look shows that nothing was started.
  const hasToken = recorded.tasks.length === 0 && ageMs < TOKEN_MS && !inputs.containerInstances;
  const tasks = await findTasks(ports, run.identity, [inputs]);
  if (!tasks && !hasToken) throw notPermitted(recorded);
  const found = sortFoundTasks(tasks ?? [], inputs, recorded.marker, redactor(news));
  const isRecorded = (task: TaskRecord) => recorded.taskArns.includes(task.taskArn);
  const isSince = (task: TaskRecord) => isCreatedSince(task, recorded.launchedAt);
  const isOnItsWayOut = (task: TaskRecord) =>
    isRecorded(task) || (task.startedBy === recorded.marker && isSince(task));
  const mine = [...found.adoptable, ...found.inTheWay.filter(isOnItsWayOut), ...found.ended.filter(isSince)];
  const facts = recordedFacts(recorded, mine.slice(0, inputs.count), news);
  if (mine.length > 0) return followRun(ports, facts, { wereSeen: true });
  if (recorded.tasks.length === 0 && ageMs < TOKEN_MS)
    return startRun(ports, { inputs: news, run, recorded });
  const [task] = recorded.tasks;
  const failure = "ECS has forgotten its task";
  return {
    state: runState({ ...facts, tasks: recorded.tasks }, "FAILED", "UNKNOWN", failure),
    problem: `Nobody knows how the last run ended: ECS knows ${task ? `task ${taskId(task.taskArn)}` : "no task of it"} no more. Find out by its logs or its effects whether it did its work. The next \`pulumi up\` runs a new task.`,
  };
}

/** What nobody can see has not been forgotten. */
function notPermitted({ tasks: [task] }: TaskState): EcsTaskError {
  const which = task ? `task ${taskId(task.taskArn)}` : "a task of it";
  return new EcsTaskError(
    "ACCESS_DENIED",
    `Nobody knows how the last run ended, and looking whether ${which} still runs is not permitted. Nothing was started. Allow ecs:ListTasks and ecs:DescribeTasks, and run \`pulumi up\` again.`,
  );
}

function isCreatedSince({ createdAt }: TaskRecord, launchedAt: string | undefined): boolean {
  if (createdAt === undefined || launchedAt === undefined) return false;
  return Date.parse(createdAt) >= Date.parse(launchedAt) - CLOCK_SKEW_MS;
}
