import { EcsApiError, type EcsGateway } from "../../aws/ecs-gateway";
import { taskBatches } from "../../aws/task-batches";
import { taskId } from "../../aws/arn";
import type { SeenTask } from "../../outcome/task-record";
import { TICK_MS } from "../../time-limits";
import type { Clock } from "../../aws/pace/clock";
import { pauseMs } from "../../aws/pace/pause";

/** What one look at a task showed. */
export type Observation =
  | { readonly kind: "task"; readonly task: SeenTask }
  /** ECS does not know the task: not yet, or not any more. */
  | { readonly kind: "missing" }
  /** Nothing was learned: the call was throttled, or its answer did not arrive. */
  | { readonly kind: "unanswered"; readonly error: EcsApiError };

/**
 * Looks that are asked for at once go together: when no other was asked for during this time, in milliseconds.
 * A refresh asks for all of its resources within a few hundred.
 */
const JOIN_MS = 20;

/** The longest that a look asked for at once waits for others, in milliseconds. */
const LONGEST_JOIN_MS = 200;

interface Due {
  ms: number;
}

interface Look {
  readonly taskArn: string;
  /** When it is due: the one moment of all looks asked for at once, or a tick. */
  readonly due: Due;
  readonly resolve: (observation: Observation) => void;
  readonly reject: (error: unknown) => void;
}

/** What a watcher needs. */
interface WatcherPorts {
  readonly ecs: EcsGateway;
  readonly clock: Clock;
  /** From 0 to 1, for jitter. */
  readonly random: () => number;
}

/** Looks at the tasks of one cluster. */
export type Watcher = Pick<TaskWatcher, "observe">;

/**
 * Looks at the tasks of one cluster for everybody in this process who waits for one, with at most one
 * DescribeTasks call per 100 tasks and tick.
 *
 * Looks that are due in the future fall on a common grid of ticks, so that waiters who began at different
 * moments share their calls.
 */
export class TaskWatcher {
  readonly #ecs: EcsGateway;
  readonly #cluster: string;
  readonly #clock: Clock;
  readonly #random: () => number;
  #looks: Look[] = [];
  /** The ids of the tasks that ECS is being asked for: each is asked for once at a time. */
  readonly #asked = new Set<string>();
  /** Of the looks asked for at once, while there are any. */
  #joint: (Due & { readonly latestMs: number }) | undefined;
  #running = false;
  #wake = new AbortController();
  #failedCalls = 0;
  #pausedUntilMs = 0;

  constructor(cluster: string, { ecs, clock, random }: WatcherPorts) {
    this.#ecs = ecs;
    this.#cluster = cluster;
    this.#clock = clock;
    this.#random = random;
  }

  /**
   * Looks at a task once.
   *
   * @param delayMs - when, from now, in milliseconds; 0 is at once, anything else is the last tick by then.
   * @throws EcsApiError when asking again would not help: not permitted, no such cluster.
   */
  observe(taskArn: string, delayMs: number): Promise<Observation> {
    const now = this.#clock.nowMs();
    const due = delayMs === 0 ? this.#dueTogether(now) : { ms: tickWithin(now, delayMs) };
    return new Promise((resolve, reject) => {
      this.#looks.push({ taskArn, due, resolve, reject });
      this.#wake.abort();
      if (!this.#running) void this.#run();
    });
  }

  /** Puts off the looks asked for at once, as another one joins them. */
  #dueTogether(nowMs: number): Due {
    this.#joint ??= { ms: 0, latestMs: nowMs + LONGEST_JOIN_MS };
    this.#joint.ms = Math.min(nowMs + JOIN_MS, this.#joint.latestMs);
    return this.#joint;
  }

  async #run(): Promise<void> {
    this.#running = true;
    while (this.#looks.length > 0) {
      await this.#sleepUntilDue();
      // Not awaited: a call that is never answered holds up no other task.
      for (const batch of batches(this.#takeDue())) void this.#look(batch);
    }
    this.#running = false;
  }

  /** Ends early when somebody asks for a look or a call is answered: a look may then be due before all others. */
  async #sleepUntilDue(): Promise<void> {
    this.#wake = new AbortController();
    const { signal } = this.#wake;
    const possible = this.#looks.filter((look) => !this.#isAsked(look));
    if (possible.length === 0) {
      await new Promise((resolve) => {
        signal.addEventListener("abort", resolve);
      });
      return;
    }
    const first = Math.min(...possible.map(({ due }) => due.ms));
    const sleepMs = Math.max(first, this.#pausedUntilMs) - this.#clock.nowMs();
    if (sleepMs > 0) await this.#clock.sleep(sleepMs, signal).catch(() => undefined);
  }

  #isAsked({ taskArn }: Look): boolean {
    return this.#asked.has(taskId(taskArn));
  }

  #takeDue(): Look[] {
    const now = this.#clock.nowMs();
    if (now < this.#pausedUntilMs) return [];
    const isTaken = (look: Look) => look.due.ms <= now && !this.#isAsked(look);
    const due = this.#looks.filter(isTaken);
    this.#looks = this.#looks.filter((look) => !isTaken(look));
    if (this.#joint && this.#joint.ms <= now) this.#joint = undefined;
    return due;
  }

  async #look(batch: readonly Look[]): Promise<void> {
    const taskArns = [...new Set(batch.map((look) => look.taskArn))];
    const ids = taskArns.map(taskId);
    const sentMs = this.#clock.nowMs();
    for (const id of ids) this.#asked.add(id);
    try {
      const { tasks } = await this.#ecs.describeTasks(this.#cluster, taskArns);
      this.#failedCalls = 0;
      // By id: a short ARN asked for can come back as a long one.
      const byId = new Map(tasks.map((task) => [taskId(task.record.taskArn), task]));
      for (const look of batch) {
        const task = byId.get(taskId(look.taskArn));
        look.resolve(task ? { kind: "task", task } : { kind: "missing" });
      }
    } catch (error) {
      this.#fail(batch, error, sentMs);
    } finally {
      for (const id of ids) this.#asked.delete(id);
      this.#wake.abort();
    }
  }

  #fail(batch: readonly Look[], error: unknown, sentMs: number): void {
    if (error instanceof EcsApiError && error.isPassing) {
      this.#failedCalls += 1;
      // From when it was sent: a call that took long to fail has left ECS alone long enough.
      const untilMs = sentMs + pauseMs(this.#failedCalls, this.#random());
      this.#pausedUntilMs = Math.max(this.#pausedUntilMs, untilMs);
      for (const look of batch) look.resolve({ kind: "unanswered", error });
    } else {
      for (const look of batch) look.reject(error);
    }
  }
}

/** The last tick of the common grid within a time from now; the next one when there is none. */
function tickWithin(nowMs: number, delayMs: number): number {
  const ticks = Math.max(Math.floor(nowMs / TICK_MS) + 1, Math.floor((nowMs + delayMs) / TICK_MS));
  return ticks * TICK_MS;
}

/** Splits looks into calls: each task in exactly one of them, however many ask for it. */
function batches(looks: readonly Look[]): Look[][] {
  const arns = [...new Set(looks.map((look) => look.taskArn))];
  return taskBatches(arns).map((batch) => {
    const chunk = new Set(batch);
    return looks.filter((look) => chunk.has(look.taskArn));
  });
}
