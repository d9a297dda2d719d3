import { EcsTaskError } from "../errors";
import { taskId } from "../task/arn";
import { sortFoundTasks } from "../task/found-tasks";
import { normaliseInputs } from "../task/normalise-inputs";
import { redactor } from "../task/redact";
import { runIdentity, type TaskState } from "../task/task-state";
import { taskCount } from "../task/task-count";
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
  const tasks = await findTasks(ports, run.identity, [inputs]);
  const found = sortFoundTasks(tasks ?? [], inputs, recorded.marker, redactor(news));
  const isMine = (task: TaskRecord) => run.generation > 1 || endedSince(task, recorded.launchedAt);
  const mine = [...found.adoptable, ...[...found.ending, ...found.ended].filter(isMine)];
  const started = [...mine, ...recorded.tasks.filter((task) => !mine.some(sameTask(task)))];
  const facts = recordedFacts(recorded, started, news);
  const wanted = taskCount(news);
  if (started.length >= wanted) {
    const report = await followRun(ports, { ...facts, tasks: started.slice(0, wanted) }, { wereSeen: true });
    if (report.state.phase !== "UNKNOWN") return report;
  } else {
    const ageMs = ports.clock.wallMs() - Date.parse(recorded.launchedAt ?? "");
    if (ageMs < TOKEN_MS) return startRun(ports, { inputs: news, run, recorded, started });
    if (!tasks) throw notPermitted();
  }
  const [task] = started;
  const failure = "ECS has forgotten its task";
  return {
    state: runState(facts, "FAILED", "UNKNOWN", failure),
    problem: `Nobody knows how the last run ended: ECS knows ${task ? `task ${taskId(task.taskArn)}` : "no task of it"} no more. Find out by its logs or its effects whether it did its work. The next \`pulumi up\` runs a new task.`,
  };
}

function sameTask({ taskArn }: TaskRecord) {
  return (other: TaskRecord) => other.taskArn === taskArn;
}

/**
 * Whether a task ended after the launch. One that ended before is that of a resource which was destroyed, and
 * made again under the same name: when we launch, nothing else is alive.
 */
function endedSince({ stoppedAt }: TaskRecord, launchedAt = ""): boolean {
  return stoppedAt === undefined || Date.parse(stoppedAt) >= Date.parse(launchedAt);
}

/** What nobody can see has not been forgotten. */
function notPermitted(): EcsTaskError {
  return new EcsTaskError(
    "ACCESS_DENIED",
    "Nobody knows how the last run ended, and looking for its task is not permitted. Nothing was started. Allow ecs:ListTasks and ecs:DescribeTasks, and run `pulumi up` again.",
  );
}
