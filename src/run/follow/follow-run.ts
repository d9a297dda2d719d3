import type { TaskDefinition } from "@aws-sdk/client-ecs";
import { EcsApiError } from "../../aws/ecs-gateway";
import type { EcsTaskError } from "../../errors";
import { taskId } from "../../aws/arn";
import { dependenciesIn } from "../../outcome/container-dependencies";
import { essentialIn } from "../../outcome/essential-containers";
import { heldUpText } from "../../outcome/explain/held-up";
import { lastSeenText } from "../../outcome/explain/last-seen";
import { logTargets } from "../../outcome/logs/log-target";
import type { Order } from "../order/order";
import { isOver } from "../../outcome/is-over";
import { hasEnded, type Deeds, type GaveUp } from "../../outcome/settle";
import { isStopped, type TaskRecord } from "../../outcome/task-record";
import { waitForTasks, type WaitResult } from "./wait-for-tasks";
import { isExpired } from "../../aws/errors/api-advice";
import { portsFor } from "../ports/ports-for";
import { readDefinition } from "../read-definition";
import { reportEnd, verdictOf, type Cause } from "../explain-result";
import type { RunPorts } from "../ports/run-ports";
import { failed, type Failure, type RunFacts, type RunResult } from "../run-result";
import { statusLine } from "./status-line";
import { streamLogs } from "./stream-logs";
import { tryToStop, type Stopped } from "./stop-tasks";

/**
 * Waits for the tasks of a run, judges them and explains what went wrong. Never throws for what becomes of
 * the tasks: from here on a task exists, and whatever happens to it has to be recorded.
 */
export async function followRun(
  everywhere: RunPorts,
  facts: RunFacts,
  { wereSeen = false }: { wereSeen?: boolean } = {},
): Promise<RunResult> {
  const { order } = facts;
  const { normal } = order;
  const [first] = facts.tasks;
  const ports = await portsFor(everywhere, first);
  for (const { taskArn } of facts.tasks) ports.claims.take(taskArn, order.run.life);
  // Asked for while the task runs, so that judging it costs no time afterwards.
  const definition = readDefinition(ports, first?.taskDefinitionArn);
  const startMs = ports.clock.nowMs();
  const stops = new Stops(ports);
  const waiting = waitForTasks(
    {
      watcher: ports.watcher(first?.clusterArn ?? order.place.cluster),
      clock: ports.clock,
      signal: ports.signal,
      onSeen: (tasks) => {
        ports.status(statusLine(tasks, ports.clock.nowMs() - startMs));
      },
      onHeldUp: async (task) => ports.info(heldUpText(task, await definition, normal)),
      endLate: async (task) => (await stops.stop([task], "START_TIMED_OUT"))[0] ?? task,
    },
    facts.tasks,
    {
      waitFor: normal.waitFor,
      timeoutMs: normal.timeoutSeconds * 1000,
      startTimeoutMs: normal.startTimeoutSeconds * 1000,
      wereSeen,
    },
  );
  if (normal.showLogs === "STREAM")
    await streamLogs(ports, { ...facts, definition: await definition }, waiting);
  const waited = await waiting;
  // A replayed answer of RunTask does not say which definition runs.
  const read = (await definition) ?? (await readDefinition(ports, nowKnown(first, waited.tasks)));
  const known = withDefinition({ ...facts, tasks: waited.tasks }, read);
  if (waited.kind === "timedOut" && normal.onTimeout === "STOP" && !waited.tasks.every(isOver)) {
    const tasks = await stops.stop(known.tasks, "TIMED_OUT");
    const cause = timedOut(order, stops.before, known.definition);
    return report(ports, { ...known, tasks }, { waited, stops, cause });
  }
  const isLate = waited.kind === "reached" && waited.late.length > 0;
  const cause = isLate ? notStarted(order, stops.before, known.definition) : undefined;
  return report(ports, known, { waited, stops, cause });
}

/** The task definition that was not known when the waiting began, and is now. */
function nowKnown(before: TaskRecord | undefined, [now]: readonly TaskRecord[]): string | undefined {
  return before?.taskDefinitionArn ? undefined : now?.taskDefinitionArn;
}

/** What was done to stop tasks of a run. */
class Stops {
  readonly #ports: RunPorts;
  readonly toldToStop = new Set<string>();
  /** The tasks as they were before they were stopped. */
  readonly before: TaskRecord[] = [];
  /** Why a task runs on that was to be stopped. */
  error: EcsApiError | EcsTaskError | undefined;

  constructor(ports: RunPorts) {
    this.#ports = ports;
  }

  /** Never rejects for what becomes of the tasks. @returns them as they were last seen. */
  async stop(tasks: readonly TaskRecord[], code: Cause["code"]): Promise<readonly TaskRecord[]> {
    const alive = tasks.filter((task) => !isOver(task));
    this.before.push(...alive);
    try {
      const stopped = await tryToStop(this.#ports, tasks, `pulumi-ecs-task: ${code}`);
      this.#note(stopped);
      return stopped.tasks;
    } catch (error) {
      if (!(error instanceof EcsApiError)) throw error;
      this.error ??= error;
      // What was not answered may have been done.
      if (error.isPassing) for (const { taskArn } of alive) this.toldToStop.add(taskArn);
      return tasks;
    }
  }

  #note({ toldToStop, problem }: Stopped): void {
    for (const taskArn of toldToStop) this.toldToStop.add(taskArn);
    this.error ??= problem;
  }
}

/** A task of which nothing ran is always stopped: nothing of it is half done, and it would hold its place for ever. */
function notStarted(
  { normal: { startTimeoutSeconds } }: Order,
  before: readonly TaskRecord[],
  definition: TaskDefinition | undefined,
): Cause {
  return {
    code: "START_TIMED_OUT",
    ...stoppedTasks(before, definition),
    summary: `Stopped, because it was not RUNNING after ${startTimeoutSeconds} s (startTimeoutSeconds)`,
    remedy:
      "look whether the cluster has capacity, whether its capacity provider can scale, and how long the image takes to pull; then run `pulumi up` again: it starts a new task.",
  };
}

function timedOut(
  { normal: { timeoutSeconds } }: Order,
  before: readonly TaskRecord[],
  definition: TaskDefinition | undefined,
): Cause {
  return {
    code: "TIMED_OUT",
    ...stoppedTasks(before, definition),
    summary: `Stopped after ${timeoutSeconds} s, as onTimeout says`,
    remedy:
      "find out why it takes so long (of a container that is waited for: why it is not where it should be), or raise timeoutSeconds; then run `pulumi up` again: it starts a new task.",
  };
}

function stoppedTasks(before: readonly TaskRecord[], definition: TaskDefinition | undefined) {
  return { lastSeen: lastSeenText(before, definition), taskArns: before.map(({ taskArn }) => taskArn) };
}

/** How the waiting ended, and what was done about the tasks meanwhile. */
interface Watched {
  readonly waited: WaitResult;
  readonly stops: Stops;
  readonly cause: Cause | undefined;
}

function report(
  ports: RunPorts,
  facts: RunFacts,
  { waited, stops, cause }: Watched,
): Promise<RunResult> | RunResult {
  const deeds: Deeds = { toldToStop: stops.toldToStop };
  const verdict = verdictOf(facts, gaveUpOf(waited, stops), deeds);
  switch (verdict.phase) {
    case "SETTLED":
    case "FAILED":
      return reportEnd(ports, { ...facts, cause }, verdict);
    case "RUNNING":
      return failed(facts, verdict, unfinished(facts, waited, stops));
    case "UNKNOWN":
      return failed(facts, verdict, lostSight(facts, waited, stops));
  }
}

/** A task that could not be told to stop runs on. */
function gaveUpOf({ kind }: WaitResult, { error }: Stops): GaveUp | undefined {
  if (kind !== "reached") return kind;
  return error ? "blind" : undefined;
}

function withDefinition(facts: RunFacts, definition: TaskDefinition | undefined): RunFacts {
  const essentialContainers = essentialIn(definition);
  if (!essentialContainers) return facts;
  const [first, ...others] = facts.tasks;
  const logs = first && others.length === 0 ? logTargets(definition, first.taskArn) : {};
  return { ...facts, definition, essentialContainers, dependencies: dependenciesIn(definition), logs };
}

/** Why a run is not over whose tasks run on. */
function unfinished({ order, tasks, definition }: RunFacts, waited: WaitResult, stops: Stops): Failure {
  const { timeoutSeconds, waitFor } = order.normal;
  const open = tasks.filter((task) => !hasEnded(task, waitFor));
  const which = names(open);
  const again = "run `pulumi up` again: it goes on waiting for the same task";
  const blind = stops.error ?? (waited.kind === "blind" ? waited.error : undefined);
  if (blind instanceof EcsApiError)
    return {
      inShort: stops.error ? "it could not be told to stop" : "it could not be watched to its end",
      summary: `Cannot see what became of ${which}: ${blind.inFull}. It may still be running.`,
      remedy: `${isExpired(blind) ? "Sign in again" : "Restore the access (ecs:DescribeTasks, valid credentials)"}, then ${again}.`,
    };
  if (waited.kind !== "timedOut")
    return {
      inShort: "waiting for it was canceled",
      summary: `Did not wait for the end of ${which}.`,
      remedy: `It keeps running; ${again}.`,
    };
  const inShort = `it was still ${open.map((task) => task.lastStatus).join(", ")} after ${timeoutSeconds} s`;
  const unanswered = waited.unanswered > 0 ? ` (${waited.unanswered} calls were not answered)` : "";
  if (open.every(isOver))
    return {
      inShort,
      summary: `Gave up waiting for ${which} to be STOPPED after ${timeoutSeconds} s: all containers have ended, and the last status is ${lastSeenText(open, definition)}${unanswered}.`,
      remedy:
        'Run `pulumi up` again to go on waiting for the same task, or raise timeoutSeconds. With waitFor "EXITED", `pulumi up` does not wait for its network interface and volumes.',
    };
  return {
    inShort,
    summary: `Gave up waiting for ${which} after ${timeoutSeconds} s: last status ${lastSeenText(open, definition)}${unanswered}.`,
    remedy:
      'It keeps running; run `pulumi up` again to go on waiting for the same task, or raise timeoutSeconds. To have it stopped instead, set onTimeout to "STOP".',
  };
}

const FIND_OUT = "Find out by its logs or its effects whether it did its work, then run `pulumi up` again:";

/** Why nobody knows how a run ended. */
function lostSight({ order, tasks }: RunFacts, waited: WaitResult, stops: Stops): Failure {
  const toldToStop = tasks.filter((task) => stops.toldToStop.has(task.taskArn) && !isStopped(task));
  if (toldToStop.length > 0) {
    const { error } = stops;
    const why = error instanceof EcsApiError ? error.inFull : error?.message.replace(/\.$/, "");
    return {
      inShort: "its task was told to stop, and was not seen to stop",
      summary: `Nobody knows what became of ${names(toldToStop)}: it was told to stop (${whyStopped(waited, order)}), and ECS did not show it STOPPED${why ? `. ${why}` : ": it does not know it any more"}.`,
      remedy: `${FIND_OUT} it looks for the task once more, and runs a new one if that is gone.`,
    };
  }
  const vanished = waited.kind === "vanished" ? `task ${taskId(waited.taskArn)}` : names(tasks);
  // Nobody has seen it since ECS accepted it: then it did not vanish.
  if (waited.kind === "vanished" && !waited.wasSeen)
    return {
      inShort: "ECS never showed its task",
      summary: `ECS accepted ${vanished}, and has not shown it since: DescribeTasks does not know it, so nobody can say whether it ran.`,
      remedy: `${FIND_OUT} if ECS shows the task by then, it goes on waiting for that task, and otherwise it runs a new one.`,
    };
  return {
    inShort: "ECS does not know its task any more",
    summary: `${vanished.replace(/^t/, "T")} vanished: ECS does not know it any more, so nobody can say how it ended.`,
    remedy: `${FIND_OUT} if the task is still missing, it runs a new one.`,
  };
}

function whyStopped({ kind }: WaitResult, { normal }: Order): string {
  return kind === "timedOut"
    ? `it had not ended after ${normal.timeoutSeconds} s`
    : `it was not RUNNING after ${normal.startTimeoutSeconds} s`;
}

function names(tasks: readonly TaskRecord[]): string {
  const ids = tasks.map((task) => taskId(task.taskArn));
  return ids.length === 1 ? `task ${ids[0] ?? ""}` : `tasks ${ids.join(", ")}`;
}
