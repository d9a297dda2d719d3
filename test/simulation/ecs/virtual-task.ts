import type { Container, Task } from "@aws-sdk/client-ecs";
import type { RunTaskParameters } from "../../../src/inputs/run-task-request";
import { attachmentsOf, echoOf } from "./echo";
import type { TaskPlan } from "./task-plan";

/** "Stopped tasks appear for at least one hour": the simulated ECS forgets them as early as it may. */
export const MEMORY_MS = 60 * 60_000;

/** How long a container takes to end that was told to, and how long a task's network takes to be taken down. */
const STOPPING_MS = 2000;
const DEPROVISIONING_MS = 1000;

const SIGTERM = 143;
const SIGKILL = 137;

export interface TaskOrigin {
  readonly taskArn: string;
  readonly clusterArn: string;
  readonly taskDefinitionArn: string;
  readonly region: string;
  readonly cluster: string;
  readonly family: string;
  readonly request: RunTaskParameters;
  readonly containerInstanceArn?: string | undefined;
  readonly createdMs: number;
  /** Whether listings name it later than the first of its launch. */
  readonly isLateInListings: boolean;
}

interface ContainerLife {
  readonly name: string;
  readonly startMs: number;
  readonly endMs: number;
  readonly exitCode: number | undefined;
  readonly reason?: string;
}

/** A task of the simulated ECS: what it is at a moment follows from its plan and from when it was told to stop. */
export class VirtualTask {
  readonly origin: TaskOrigin;
  readonly plan: TaskPlan;
  /** Whether DescribeTasks has ever shown it. */
  wasShown = false;
  readonly #epochMs: number;
  #toldToStopMs = Infinity;
  #forgottenMs = Infinity;

  constructor(origin: TaskOrigin, plan: TaskPlan, epochMs: number) {
    this.origin = origin;
    this.plan = plan;
    this.#epochMs = epochMs;
  }

  get taskArn(): string {
    return this.origin.taskArn;
  }

  get startedBy(): string {
    return this.origin.request.startedBy ?? "";
  }

  /** The last four characters of its ARN. */
  get name(): string {
    return this.taskArn.slice(-4);
  }

  stop(nowMs: number): void {
    this.#toldToStopMs = Math.min(this.#toldToStopMs, nowMs);
  }

  /** Its cluster is deleted. */
  forget(nowMs: number): void {
    this.stop(nowMs - STOPPING_MS);
    this.#forgottenMs = Math.min(this.#forgottenMs, nowMs);
  }

  /** Whether it has not STOPPED. */
  isAlive(nowMs: number): boolean {
    return nowMs < this.stoppedMs && nowMs < this.#forgottenMs;
  }

  /** Whether a container of it runs, or is yet to run. */
  isAtWork(nowMs: number): boolean {
    return nowMs < this.endMs && nowMs < this.#forgottenMs;
  }

  /** Whether ECS remembers it. */
  isKnown(nowMs: number): boolean {
    return nowMs >= this.origin.createdMs && nowMs < Math.min(this.forgottenMs, this.#forgottenMs);
  }

  /** Whether DescribeTasks says MISSING although it is there. */
  isHidden(nowMs: number): boolean {
    const ageMs = nowMs - this.origin.createdMs;
    const { hidden } = this.plan;
    return hidden !== undefined && ageMs >= hidden.fromMs && ageMs < hidden.untilMs;
  }

  isListed(nowMs: number): boolean {
    const { othersListedAfterMs = 0 } = this.plan;
    return !this.origin.isLateInListings || nowMs >= this.origin.createdMs + othersListedAfterMs;
  }

  get forgottenMs(): number {
    return this.stoppedMs + MEMORY_MS;
  }

  /** Whether any container of it has run. */
  hasRun(nowMs: number): boolean {
    return this.ranSinceMs <= nowMs;
  }

  /** Since when a container has run; Infinity when none ever does. */
  get ranSinceMs(): number {
    return this.#readyMs < this.endMs ? this.#readyMs : Infinity;
  }

  /** Whether it has been RUNNING. */
  wasRunning(nowMs: number): boolean {
    return this.#appStartMs <= nowMs && this.#appStartMs < this.endMs;
  }

  /** The exit code of `app`, if it has ended by itself and ECS has told it. */
  toldExitCode(nowMs: number): number | undefined {
    if (nowMs < this.endMs + this.plan.exitCodeDelayMs || this.#wasStopped) return undefined;
    return this.#app.exitCode;
  }

  desiredStatus(nowMs: number): "RUNNING" | "STOPPED" {
    return nowMs >= Math.min(this.#toldToStopMs, this.endMs) ? "STOPPED" : "RUNNING";
  }

  lastStatus(nowMs: number): string {
    if (nowMs >= this.stoppedMs) return "STOPPED";
    if (nowMs >= this.endMs) return "DEPROVISIONING";
    if (nowMs >= this.#appStartMs) return nowMs >= this.#toldToStopMs ? "STOPPING" : "RUNNING";
    if (nowMs >= this.#readyMs) return this.plan.statusMeanwhile ?? "ACTIVATING";
    return nowMs >= this.origin.createdMs + this.plan.pendingMs / 2 ? "PENDING" : "PROVISIONING";
  }

  /** What DescribeTasks says of it. */
  describe(nowMs: number): Task {
    const { origin } = this;
    const hasEnded = nowMs >= this.endMs;
    const at = (ms: number) => (nowMs >= ms ? new Date(this.#epochMs + ms) : undefined);
    return {
      taskArn: origin.taskArn,
      clusterArn: origin.clusterArn,
      taskDefinitionArn: origin.taskDefinitionArn,
      containerInstanceArn: origin.containerInstanceArn,
      startedBy: this.startedBy,
      group: origin.request.group ?? `family:${origin.family}`,
      launchType: origin.request.launchType ?? "EC2",
      attachments: attachmentsOf(origin.request, this.plan),
      overrides: echoOf(
        origin.request.overrides,
        this.#containers.map(({ name }) => name),
      ),
      lastStatus: this.lastStatus(nowMs),
      desiredStatus: this.desiredStatus(nowMs),
      createdAt: new Date(this.#epochMs + origin.createdMs),
      startedAt: this.#appStartMs < this.endMs ? at(this.#appStartMs) : undefined,
      stoppingAt: at(Math.min(this.#toldToStopMs, this.endMs)),
      executionStoppedAt: at(this.endMs),
      stoppedAt: at(this.stoppedMs),
      // StopTask's own answer has a stopCode, beside containers that run.
      ...(hasEnded || nowMs >= this.#toldToStopMs
        ? { stopCode: this.#stopCode, stoppedReason: this.#stoppedReason }
        : {}),
      containers: this.#containers.map((container) => this.#describeContainer(container, nowMs)),
    };
  }

  /** When all its containers have ended. */
  get endMs(): number {
    return Math.min(this.#naturalEndMs, Math.max(this.#toldToStopMs, this.origin.createdMs) + STOPPING_MS);
  }

  get stoppedMs(): number {
    return this.endMs + (this.plan.deprovisioningMs ?? DEPROVISIONING_MS);
  }

  get #readyMs(): number {
    return this.origin.createdMs + this.plan.pendingMs;
  }

  get #initEndMs(): number {
    return this.#readyMs + (this.plan.initMs ?? 0);
  }

  get #appStartMs(): number {
    return this.#initFails || this.plan.exitCode === undefined ? Infinity : this.#initEndMs;
  }

  get #initFails(): boolean {
    return (this.plan.initExitCode ?? 0) !== 0;
  }

  get #naturalEndMs(): number {
    return this.#appStartMs === Infinity ? this.#initEndMs : this.#appStartMs + this.plan.runMs;
  }

  get #wasStopped(): boolean {
    return this.endMs < this.#naturalEndMs;
  }

  get #stopCode(): "UserInitiated" | "TaskFailedToStart" | "EssentialContainerExited" {
    if (this.#wasStopped) return "UserInitiated";
    return this.#appStartMs === Infinity ? "TaskFailedToStart" : "EssentialContainerExited";
  }

  get #stoppedReason(): string {
    if (this.#wasStopped) return "Stopped by a call of StopTask";
    return this.#appStartMs === Infinity ? "Task failed to start" : "Essential container in task exited";
  }

  get #containers(): readonly ContainerLife[] {
    const { endMs, plan } = this;
    const initEndMs = Math.min(endMs, this.#initEndMs);
    const initCode = initEndMs < this.#initEndMs ? SIGTERM : (plan.initExitCode ?? 0);
    const init = { name: "init", startMs: this.#readyMs, endMs: initEndMs, exitCode: initCode };
    // In another order than the task definition's, as agents do.
    return [this.#app, init, ...(this.origin.family === "other" ? [this.#proxy] : [])];
  }

  get #app(): ContainerLife {
    const { endMs, plan } = this;
    const isKilledByEcs = this.origin.family === "other" && plan.sidecarEndsFirst === true;
    const ownCode = this.#initFails ? undefined : plan.exitCode;
    const exitCode = this.#wasStopped ? SIGTERM : isKilledByEcs ? SIGKILL : ownCode;
    const reason = "CannotStartContainerError: no such file";
    const app = { name: "app", startMs: this.#appStartMs, endMs, exitCode };
    return plan.exitCode === undefined && !this.#initFails ? { ...app, reason } : app;
  }

  /** An essential sidecar. When one essential container ends, ECS kills the others. */
  get #proxy(): ContainerLife {
    const isFirst = this.plan.sidecarEndsFirst === true && !this.#wasStopped;
    return {
      name: "proxy",
      startMs: this.#appStartMs,
      endMs: this.endMs,
      exitCode: isFirst ? 0 : SIGTERM,
    };
  }

  #describeContainer({ name, startMs, endMs, exitCode, reason }: ContainerLife, nowMs: number): Container {
    const ran = startMs <= endMs && startMs <= this.endMs && startMs <= nowMs;
    const hasEnded = nowMs >= this.endMs || (ran && nowMs >= endMs);
    const isTold = nowMs >= endMs + this.plan.exitCodeDelayMs;
    return {
      name,
      lastStatus: hasEnded ? "STOPPED" : ran ? "RUNNING" : "PENDING",
      ...(ran ? { runtimeId: `${this.name}-${name}` } : {}),
      ...(ran && hasEnded && isTold && exitCode !== undefined ? { exitCode } : {}),
      ...(reason && hasEnded ? { reason } : {}),
    };
  }
}
