import type { SubmitTaskStateChangeRequest } from "@aws-sdk/client-ecs";
import type { Clock } from "../clock";
import type { ContainerRuntime } from "../runtime/container-runtime";
import { planContainers, unmetNeed, type ContainerPlan } from "./container-plan";
import { ContainerRun, type OnLine } from "./container-run";
import type { TaskPayload } from "./task-payload";

export type Report = Omit<SubmitTaskStateChangeRequest, "cluster" | "task" | "status"> & {
  readonly status: "PENDING" | "RUNNING" | "STOPPED";
};

export interface TaskRunOptions {
  readonly payload: TaskPayload;
  readonly runtime: ContainerRuntime;
  readonly clock: Clock;
  readonly submit: (report: Report) => Promise<void>;
  readonly outputOf: (container: ContainerPlan, runtimeId: string) => OnLine;
}

/**
 * One task on the agent: images, containers, end. What it reports, and when, follows the real agent
 * (observed: amazon-ecs-agent 1.105.1 with a recording endpoint, 2026-11).
 */
export class TaskRun {
  private readonly options: TaskRunOptions;
  private readonly containers: readonly ContainerRun[];
  private readonly stopAsked = new AbortController();
  private times: Pick<Report, "pullStartedAt" | "pullStoppedAt"> = {};

  constructor(options: TaskRunOptions) {
    this.options = options;
    this.containers = planContainers(options.payload).map((plan) => new ContainerRun(plan, options.runtime));
  }

  stop(): void {
    this.stopAsked.abort();
  }

  async run(): Promise<void> {
    if ((await this.fetchImages()) && (await this.start())) {
      await this.report("RUNNING");
      await Promise.race([aborted(this.stopAsked.signal), this.firstEssentialExit()]);
    }
    await Promise.all(this.containers.map((container) => container.stop(this.options.clock)));
    const executionStoppedAt = this.now();
    await this.report("STOPPED", { executionStoppedAt });
    await Promise.all(this.containers.map((container) => container.remove()));
  }

  /** @returns whether the task can go on. */
  private async fetchImages(): Promise<boolean> {
    const unmet = unmetNeed(this.options.payload);
    if (unmet !== undefined) {
      await this.report("STOPPED", { reason: `ResourceInitializationError: ${unmet}` });
      return false;
    }
    await Promise.all(this.containers.map((container) => container.resolve()));
    if (!this.canGoOn()) return false;
    // The digest is known before the pull, and told at once; one that the reference names is no news.
    if (this.containers.some(({ isPinned }) => !isPinned)) await this.report("PENDING");
    const pullStartedAt = this.now();
    await Promise.all(this.containers.map((container) => container.pull()));
    this.times = { pullStartedAt, pullStoppedAt: this.now() };
    return this.canGoOn();
  }

  private async start(): Promise<boolean> {
    for (const container of this.containers) {
      await container.start((runtimeId) => this.options.outputOf(container.plan, runtimeId));
      if (!this.canGoOn()) return false;
    }
    return true;
  }

  private canGoOn(): boolean {
    return !this.stopAsked.signal.aborted && !this.containers.some(({ hasFailed }) => hasFailed);
  }

  private async firstEssentialExit(): Promise<void> {
    const exits = this.containers.map((container) => ({ container, exited: container.exited() }));
    await Promise.race(
      exits.filter(({ container }) => container.plan.isEssential).map(({ exited }) => exited),
    );
  }

  private report(status: Report["status"], more: Partial<Report> = {}): Promise<void> {
    const containers = this.containers.map((container) => container.report(status === "STOPPED"));
    return this.options.submit({ status, containers, ...this.times, ...more });
  }

  private now(): Date {
    return new Date(this.options.clock.now());
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener("abort", () => {
      resolve();
    });
  });
}
