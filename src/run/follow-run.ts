import type { TaskDefinition } from "@aws-sdk/client-ecs";
import { EcsApiError } from "../ecs/ecs-gateway";
import { EcsTaskError } from "../errors";
import { taskId } from "../task/arn";
import { logTargets } from "../task/log-target";
import { normaliseInputs, type NormalInputs } from "../task/normalise-inputs";
import { redactor } from "../task/redact";
import { isStopped } from "../task/task-record";
import { waitForTasks, type WaitResult } from "../watch/wait-for-tasks";
import { essentialIn, readDefinition } from "./essential-containers";
import { judgeRun, type Cause } from "./judge-run";
import type { RunPorts } from "./run-ports";
import { runState, type RunFacts, type RunReport } from "./run-report";
import { statusLine } from "./status-line";
import { stopTasks } from "./stop-tasks";
import { streamLogs } from "./stream-logs";

/**
 * Waits for the tasks of a run, judges them and explains what went wrong. Never throws for what becomes of
 * the tasks: from here on a task exists, and whatever happens to it has to be recorded.
 */
export async function followRun(
  ports: RunPorts,
  facts: RunFacts,
  { wereSeen = false }: { wereSeen?: boolean } = {},
): Promise<RunReport> {
  const inputs = normaliseInputs(facts.inputs);
  const redact = redactor(facts.inputs);
  const [first] = facts.tasks;
  const watcher = ports.watcher(first?.clusterArn ?? inputs.cluster);
  // Asked for while the task runs, so that judging it costs no time afterwards.
  const definition = readDefinition(ports, first?.taskDefinitionArn);
  const startMs = ports.clock.nowMs();
  let stopError: unknown;
  const waiting = waitForTasks(
    {
      watcher,
      clock: ports.clock,
      redact,
      onSeen: (tasks) => {
        ports.status(statusLine(tasks, ports.clock.nowMs() - startMs));
      },
      endLate: async (task) => {
        try {
          const [ended = task] = await stopTasks(ports, [task], stopReason("START_TIMED_OUT"), redact);
          return ended;
        } catch (error) {
          stopError ??= error;
          return task;
        }
      },
    },
    facts.tasks,
    {
      waitFor: inputs.waitFor,
      timeoutMs: inputs.timeoutSeconds * 1000,
      startTimeoutMs: inputs.startTimeoutSeconds * 1000,
      wereSeen,
    },
  );
  if (inputs.showLogs === "STREAM")
    await streamLogs(ports, { ...facts, definition: await definition }, waiting);
  const waited = await waiting;
  const known = withDefinition({ ...facts, tasks: waited.tasks }, await definition);
  if (waited.kind === "reached") return judgeRun(ports, known);
  if (waited.kind === "notStarted")
    return stopError === undefined
      ? judgeRun(ports, known, notStarted(inputs))
      : notStopped(known, stopError);
  if (waited.kind === "timedOut" && inputs.onTimeout === "STOP")
    return stopAndJudge(ports, known, timedOut(inputs));
  return unfinished(known, waited);
}

/** A task that never ran is always stopped: nothing of it is half done, and it would hold its place for ever. */
function notStarted({ startTimeoutSeconds }: NormalInputs): Cause {
  return {
    code: "START_TIMED_OUT",
    summary: `Stopped, because it was not RUNNING after ${startTimeoutSeconds} s (startTimeoutSeconds)`,
    remedy:
      "look whether the cluster has capacity, whether its capacity provider can scale, and how long the image takes to pull; then run `pulumi up` again: it starts a new task.",
  };
}

function timedOut({ timeoutSeconds }: NormalInputs): Cause {
  return {
    code: "TIMED_OUT",
    summary: `Stopped after ${timeoutSeconds} s, as onTimeout says`,
    remedy:
      "find out why it takes so long, or raise timeoutSeconds; then run `pulumi up` again: it starts a new task.",
  };
}

async function stopAndJudge(ports: RunPorts, facts: RunFacts, cause: Cause): Promise<RunReport> {
  try {
    const tasks = await stopTasks(ports, facts.tasks, stopReason(cause.code), redactor(facts.inputs));
    return await judgeRun(ports, { ...facts, tasks }, cause);
  } catch (error) {
    return notStopped(facts, error);
  }
}

function stopReason(code: Cause["code"]): string {
  return `pulumi-ecs-task: ${code}`;
}

/** A task that was to be stopped runs on, or nobody sees it. */
function notStopped(facts: RunFacts, error: unknown): RunReport {
  if (error instanceof EcsApiError) return unfinished(facts, { kind: "blind", tasks: facts.tasks, error });
  if (!(error instanceof EcsTaskError)) throw error;
  return {
    state: runState(facts, "RUNNING", "RUNNING", "it was not seen to stop when told to"),
    problem: error.message,
  };
}

function withDefinition(facts: RunFacts, definition: TaskDefinition | undefined): RunFacts {
  const essentialContainers = essentialIn(definition);
  if (!essentialContainers) return facts;
  const [first, ...others] = facts.tasks;
  const logs = first && others.length === 0 ? logTargets(definition, first.taskArn) : {};
  return { ...facts, definition, essentialContainers, logs };
}

function unfinished(
  facts: RunFacts,
  waited: Exclude<WaitResult, { kind: "reached" | "notStarted" }>,
): RunReport {
  const { inputs } = facts;
  const alive = facts.tasks.filter((task) => !isStopped(task));
  const ids = alive.map((task) => taskId(task.taskArn));
  const which = ids.length === 1 ? `task ${ids[0] ?? ""}` : `tasks ${ids.join(", ")}`;
  switch (waited.kind) {
    case "timedOut": {
      const { timeoutSeconds } = normaliseInputs(inputs);
      const last = alive.map((task) => task.lastStatus).join(", ");
      const unanswered = waited.unanswered > 0 ? ` (${waited.unanswered} calls were not answered)` : "";
      const failure = `it was still ${last} after ${timeoutSeconds} s`;
      return {
        state: runState(facts, "RUNNING", "RUNNING", failure),
        problem: `Gave up waiting for ${which} after ${timeoutSeconds} s: last status ${last}${unanswered}. It keeps running; run \`pulumi up\` again to go on waiting for the same task, or raise timeoutSeconds. To have it stopped instead, set onTimeout to "STOP".`,
      };
    }
    case "vanished":
      return {
        state: runState(facts, "UNKNOWN", "UNKNOWN", "ECS does not know its task any more"),
        problem: `Task ${taskId(waited.taskArn)} vanished: ECS does not know it any more, so nobody can say how it ended. Find out by its logs or its effects whether it did its work, then run \`pulumi up\` again.`,
      };
    case "blind": {
      const problem = `Cannot see what became of ${which}: ${waited.error.operation} answered ${waited.error.code}: ${waited.error.message}. It may still be running. Restore the access (ecs:DescribeTasks, valid credentials), then run \`pulumi up\` again: it goes on waiting for the same task.`;
      return { state: runState(facts, "RUNNING", "RUNNING", "it could not be watched to its end"), problem };
    }
  }
}
