import type { Task } from "@aws-sdk/client-ecs";

/** What becomes of a task when nobody interferes. */
export interface TaskPlan {
  readonly pendingMs: number;
  /** How much longer than that the last of several takes that are launched together. @defaultValue no longer */
  readonly stragglerMs?: number;
  readonly runMs: number;
  /** Of its container; `undefined`: the container cannot be started. */
  readonly exitCode: number | undefined;
  /** How long after the end the exit code is reported. */
  readonly exitCodeDelayMs: number;
}

/** "Stopped tasks appear for at least one hour": the simulated ECS forgets them as early as it may. */
export const MEMORY_MS = 60 * 60_000;

/** How long a container takes to end that was told to, and how long a task's network takes to be taken down. */
const STOPPING_MS = 2000;
const DEPROVISIONING_MS = 1000;

export interface TaskOrigin {
  readonly taskArn: string;
  readonly clusterArn: string;
  readonly taskDefinitionArn: string;
  readonly startedBy: string;
  readonly overrides: Task["overrides"];
  readonly containerInstanceArn?: string | undefined;
  readonly createdMs: number;
}

/** A task of the simulated ECS: what it is at a moment follows from its plan and from when it was told to stop. */
export class VirtualTask {
  readonly origin: TaskOrigin;
  readonly plan: TaskPlan;
  readonly #epochMs: number;
  #toldToStopMs = Infinity;

  constructor(origin: TaskOrigin, plan: TaskPlan, epochMs: number) {
    this.origin = origin;
    this.plan = plan;
    this.#epochMs = epochMs;
  }

  get taskArn(): string {
    return this.origin.taskArn;
  }

  stop(nowMs: number): void {
    this.#toldToStopMs = Math.min(this.#toldToStopMs, nowMs);
  }

  isAlive(nowMs: number): boolean {
    return nowMs >= this.origin.createdMs && nowMs < this.#stoppedMs;
  }

  /** Whether ECS shows it. */
  isKnown(nowMs: number): boolean {
    return nowMs >= this.origin.createdMs && nowMs < this.#stoppedMs + MEMORY_MS;
  }

  get stoppedMs(): number {
    return this.#stoppedMs;
  }

  /** When it comes to run, if nobody stops it before. */
  get startedMs(): number {
    return this.#startedMs;
  }

  /** Whether it ever came to run. */
  hasRun(nowMs: number): boolean {
    return this.#startedMs <= nowMs && this.#startedMs < this.#endMs;
  }

  /** The exit code it ended with; `undefined` when it has not ended by itself. */
  exitCode(nowMs: number): number | undefined {
    return this.isAlive(nowMs) || this.#wasStopped ? undefined : this.plan.exitCode;
  }

  desiredStatus(nowMs: number): "RUNNING" | "STOPPED" {
    return nowMs >= Math.min(this.#toldToStopMs, this.#endMs) ? "STOPPED" : "RUNNING";
  }

  lastStatus(nowMs: number): string {
    if (nowMs >= this.#stoppedMs) return "STOPPED";
    if (nowMs >= this.#endMs) return "DEPROVISIONING";
    if (nowMs >= this.#startedMs) return nowMs >= this.#toldToStopMs ? "STOPPING" : "RUNNING";
    return nowMs >= this.origin.createdMs + this.plan.pendingMs / 2 ? "PENDING" : "PROVISIONING";
  }

  /** What DescribeTasks says of it. */
  describe(nowMs: number): Task {
    const { createdMs, ...names } = this.origin;
    const hasEnded = nowMs >= this.#endMs;
    const at = (ms: number) => (nowMs >= ms ? new Date(this.#epochMs + ms) : undefined);
    const exitCode = nowMs >= this.#stoppedMs + this.plan.exitCodeDelayMs ? this.#exitCode : undefined;
    const cannotStart = this.plan.exitCode === undefined && hasEnded;
    return {
      ...names,
      lastStatus: this.lastStatus(nowMs),
      desiredStatus: this.desiredStatus(nowMs),
      createdAt: new Date(this.#epochMs + createdMs),
      startedAt: this.#startedMs < this.#endMs ? at(this.#startedMs) : undefined,
      stoppedAt: at(this.#stoppedMs),
      ...(hasEnded ? { stopCode: this.#wasStopped ? "UserInitiated" : "EssentialContainerExited" } : {}),
      containers: [
        {
          name: "app",
          lastStatus: this.lastStatus(nowMs),
          ...(exitCode === undefined ? {} : { exitCode }),
          ...(cannotStart ? { reason: "CannotStartContainerError: no such file" } : {}),
        },
      ],
    };
  }

  get #startedMs(): number {
    return this.origin.createdMs + this.plan.pendingMs;
  }

  get #naturalEndMs(): number {
    return this.#startedMs + (this.plan.exitCode === undefined ? 0 : this.plan.runMs);
  }

  get #wasStopped(): boolean {
    return this.#toldToStopMs + STOPPING_MS < this.#naturalEndMs;
  }

  get #endMs(): number {
    return Math.min(this.#naturalEndMs, this.#toldToStopMs + STOPPING_MS);
  }

  get #stoppedMs(): number {
    return this.#endMs + DEPROVISIONING_MS;
  }

  get #exitCode(): number | undefined {
    if (!this.#wasStopped) return this.plan.exitCode;
    return this.#startedMs < this.#endMs ? 143 : undefined;
  }
}
