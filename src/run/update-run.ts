import { EcsTaskError } from "../errors";
import { taskId } from "../task/arn";
import { asksForRun, diffInputs } from "../task/diff-inputs";
import { normaliseInputs } from "../task/normalise-inputs";
import { redactor } from "../task/redact";
import { runIdentity, type TaskState } from "../task/task-state";
import type { TaskInputs } from "../task/task-inputs";
import { isStopped, type TaskRecord } from "../task/task-record";
import { waitForTasks, type WaitResult } from "../watch/wait-for-tasks";
import { followRun } from "./follow-run";
import type { RunPorts } from "./run-ports";
import { recordedFacts, runState, type RunReport } from "./run-report";
import { startRun } from "./start-run";
import { stopTasks } from "./stop-tasks";

/**
 * Brings a recorded run to what the inputs now ask for: a new run, going on with the recorded one, or nothing
 * but the new inputs.
 */
export async function updateRun(ports: RunPorts, recorded: TaskState, news: TaskInputs): Promise<RunReport> {
  const { phase } = recorded;
  if (phase === "FAILED" || asksForRun(diffInputs(recorded, news))) {
    await endRecordedTasks(ports, recorded);
    return startRun(ports, news, { ...runIdentity(recorded), generation: recorded.generation + 1 });
  }
  const facts = recordedFacts(recorded, recorded.tasks, news);
  if (phase === "SETTLED") {
    const wantsTheEnd = normaliseInputs(news).waitFor === "STOPPED" && recorded.outcome === "RUNNING";
    return wantsTheEnd ? followRun(ports, facts) : { state: runState(facts, phase, recorded.outcome) };
  }
  // Nobody knows whether a task was started: the same token asks for the same task.
  if (facts.tasks.length === 0) return startRun(ports, news, runIdentity(recorded));
  return followRun(ports, facts);
}

/**
 * Never two at once: a recorded task that still runs is waited for when it was meant to run to its end, and
 * stopped otherwise.
 */
async function endRecordedTasks(ports: RunPorts, recorded: TaskState): Promise<void> {
  const alive = recorded.tasks.filter((task) => !isStopped(task));
  const [first] = alive;
  if (!first) return;
  const inputs = normaliseInputs(recorded);
  const redact = redactor(recorded);
  if (inputs.waitFor === "STOPPED" && inputs.onTimeout === "LEAVE_RUNNING") {
    ports.status(`waiting for task ${taskId(first.taskArn)} of the last run to end`);
    const waited = await waitForTasks(
      { watcher: ports.watcher(first.clusterArn), clock: ports.clock, redact },
      alive,
      { waitFor: "STOPPED", timeoutMs: inputs.timeoutSeconds * 1000 },
    );
    if (waited.kind === "timedOut" || waited.kind === "blind") throw stillRunning(first, waited);
  } else {
    await stopTasks(ports, first.clusterArn, alive, "pulumi-ecs-task: a new run takes its place", redact);
  }
}

function stillRunning(
  task: TaskRecord,
  waited: Extract<WaitResult, { kind: "timedOut" | "blind" }>,
): EcsTaskError {
  const why =
    waited.kind === "timedOut"
      ? `still ${waited.tasks.map((each) => each.lastStatus).join(", ")}`
      : `not to be seen: ${waited.error.operation} answered ${waited.error.code}: ${waited.error.message}`;
  return new EcsTaskError(
    "LAST_RUN_STILL_RUNNING",
    `No new task was started, because task ${taskId(task.taskArn)} of the last run is ${why}. Two runs at once are never started: wait for it or stop it, then run \`pulumi up\` again.`,
  );
}
