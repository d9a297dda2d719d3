import type { SubmitTaskStateChangeRequest } from "@aws-sdk/client-ecs";
import type { Clock } from "../time/clock";
import type { ContainerRuntime, ContainerSpec } from "../runtime/container-runtime";
import { Changes } from "./changes";
import { planContainers, type ContainerPlan } from "./container-plan";
import { ContainerRun, MAX_REASON_CHARACTERS, type ContainerRunOptions, type OnLine } from "./container-run";
import { resolveAll, resolveDependency, type Resolution } from "./dependencies";
import type { TaskPayload } from "./task-payload";

export type Report = Omit<SubmitTaskStateChangeRequest, "cluster" | "task" | "status"> & {
  readonly status: "PENDING" | "RUNNING" | "STOPPED";
};

/** What a container gets besides what its definition spells out. */
export type ContainerResources = Pick<ContainerSpec, "environment" | "mounts">;

export interface TaskRunOptions {
  readonly payload: TaskPayload;
  readonly runtime: ContainerRuntime;
  readonly clock: Clock;
  /** Never throws; reports arrive in the order in which they are submitted. */
  readonly submit: (report: Report) => Promise<void>;
  /** All variables and mounts of a container. @throws Error whose message is the rest of ResourceInitializationError. */
  readonly resourcesOf: (container: ContainerRun) => Promise<ContainerResources>;
  readonly outputOf: (container: ContainerPlan, runtimeId: string) => OnLine;
  readonly onHealth: (container: ContainerRun) => void;
}

/**
 * One task on the agent: images, containers, end. What it reports, and when, follows the real agent
 * (observed: amazon-ecs-agent 1.105.1 with a recording endpoint, 2026-11), but for a change of a single container:
 * that is told at once, where the real one collects for 10 to 30 seconds.
 */
export class TaskRun {
  readonly containers: readonly ContainerRun[];
  /** What the task is known to be, in the words of a report. */
  status: Report["status"] = "PENDING";
  times: Pick<Report, "pullStartedAt" | "pullStoppedAt"> = {};
  readonly #options: TaskRunOptions;
  readonly #changes = new Changes();
  readonly #resources = new Map<ContainerRun, ContainerResources>();
  #isStopAsked = false;
  #reports: Promise<void> = Promise.resolve();

  constructor(options: TaskRunOptions) {
    const { payload, runtime, clock } = options;
    this.#options = options;
    const onChange: ContainerRunOptions["onChange"] = (container, of) => {
      if (of === "health") options.onHealth(container);
      if (of === "status" && !this.#isOver()) this.#reportChange(container);
      this.#changes.announce();
    };
    this.containers = planContainers(payload).map(
      (plan) => new ContainerRun({ plan, runtime, clock, onChange }),
    );
  }

  get desiredStatus(): "RUNNING" | "STOPPED" {
    return this.#isOver() ? "STOPPED" : "RUNNING";
  }

  stop(): void {
    this.#isStopAsked = true;
    this.#changes.announce();
  }

  async run(): Promise<void> {
    const reason = await this.#fetchResources();
    if (reason === undefined) {
      await this.#resolveImages();
      const starts = this.containers.map((container) => this.#bringUp(container));
      await this.#changes.until(() => this.#isOver());
      await Promise.all(starts);
      await Promise.all(this.containers.map((container) => this.#bringDown(container)));
    }
    this.status = "STOPPED";
    await this.#report(this.containers, {
      executionStoppedAt: this.#now(),
      ...(reason === undefined ? {} : { reason }),
    });
    await Promise.all(this.containers.map((container) => container.remove()));
  }

  /** @returns why the task cannot be run, or undefined. */
  async #fetchResources(): Promise<string | undefined> {
    try {
      for (const container of this.containers)
        this.#resources.set(container, await this.#options.resourcesOf(container));
      return undefined;
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      return `ResourceInitializationError: ${message}`.slice(0, MAX_REASON_CHARACTERS);
    }
  }

  async #resolveImages(): Promise<void> {
    await Promise.all(this.containers.map((container) => container.resolve()));
    // The digest is known before the pull, and told at once; one that the reference names is no news.
    if (!this.#isOver() && this.containers.some(({ isPinned }) => !isPinned))
      await this.#report(this.containers);
  }

  async #bringUp(container: ContainerRun): Promise<void> {
    const { plan } = container;
    await this.#changes.until(() => this.#isOver() || this.#resolution(container) !== "waiting");
    if (this.#isOver()) return;
    const resolution = this.#resolution(container);
    if (typeof resolution === "object") {
      container.failForDependency(resolution.impossible);
      return;
    }
    const pullStartedAt = this.times.pullStartedAt ?? this.#now();
    this.times = { ...this.times, pullStartedAt };
    await container.pull();
    this.times = { pullStartedAt, pullStoppedAt: this.#now() };
    if (this.#isOver()) return;
    const { environment = {}, mounts = [] } = this.#resources.get(container) ?? {};
    await container.start({ environment, mounts }, (runtimeId) => this.#options.outputOf(plan, runtimeId));
  }

  /** What depends on a container ends before it. */
  async #bringDown(container: ContainerRun): Promise<void> {
    const dependents = this.containers.filter(({ plan }) =>
      plan.dependsOn.some(({ containerName }) => containerName === container.plan.name),
    );
    await this.#changes.until(() => dependents.every(({ status }) => status !== "RUNNING"));
    await container.stop();
  }

  #resolution({ plan }: ContainerRun): Resolution {
    return resolveAll(
      plan.dependsOn.map((dependency) => {
        const on = this.containers.find(({ plan: { name } }) => name === dependency.containerName);
        return resolveDependency(plan.name, dependency, on?.dependencyState);
      }),
    );
  }

  #isOver(): boolean {
    return (
      this.#isStopAsked ||
      this.containers.some(({ plan, status }) => plan.isEssential && status === "STOPPED")
    );
  }

  #reportChange(container: ContainerRun): void {
    const isUp = this.containers.every(({ status }) => status !== "PENDING");
    if (this.status === "PENDING" && isUp) {
      this.status = "RUNNING";
      void this.#report(this.containers);
    } else if (isUp || this.containers.some((other) => this.#resolution(other) === "waiting")) {
      void this.#report([container]);
    }
  }

  #report(containers: readonly ContainerRun[], more: Partial<Report> = {}): Promise<void> {
    const { status, times } = this;
    const changes = containers.map((container) => container.report(status === "STOPPED"));
    const report = { status, containers: changes, ...times, ...more };
    this.#reports = this.#reports.then(() => this.#options.submit(report));
    return this.#reports;
  }

  #now(): Date {
    return new Date(this.#options.clock.now());
  }
}
