import type { ContainerStateChange, HealthStatus } from "@aws-sdk/client-ecs";
import type { Clock } from "../time/clock";
import type {
  ContainerRuntime,
  ContainerSpec,
  RuntimeContainer,
  RuntimeImage,
} from "../runtime/container-runtime";
import type { ContainerPlan } from "./container-plan";
import type { DependencyState } from "./dependencies";
import { afterCheck, unknownHealth } from "./health-check";

/** Longer reasons are cut: the API takes no more. @see API_ContainerStateChange in the service model */
export const MAX_REASON_CHARACTERS = 1024;

/** The exit code of a container that was not started because of another one (amazon-ecs-agent, task_manager.go). */
const DEPENDENCY_EXIT_CODE = 143;

/** Takes the lines of a container's output. */
export type OnLine = (line: string) => void;

export interface ContainerRunOptions {
  readonly plan: ContainerPlan;
  readonly runtime: ContainerRuntime;
  readonly clock: Clock;
  /** Called after each change; `lateness` when its `startTimeout` is over. */
  readonly onChange: (container: ContainerRun, of: "status" | "health" | "lateness") => void;
}

/** One container of one task, from its image to its end, and what is known of it so far. */
export class ContainerRun {
  readonly plan: ContainerPlan;
  status: "PENDING" | "RUNNING" | "STOPPED" = "PENDING";
  healthStatus: HealthStatus = "UNKNOWN";
  createdAt: Date | undefined;
  startedAt: Date | undefined;
  finishedAt: Date | undefined;
  readonly #options: ContainerRunOptions;
  readonly #over = new AbortController();
  exitCode: number | undefined;
  #image: RuntimeImage | undefined;
  #container: RuntimeContainer | undefined;
  #reason: string | undefined;
  #isLate = false;
  #ended: Promise<void> = Promise.resolve();

  constructor(options: ContainerRunOptions) {
    this.#options = options;
    this.plan = options.plan;
  }

  /** A reference with a digest is not looked up by the real agent: its pull fails, if it fails. */
  get isPinned(): boolean {
    return this.plan.image.includes("@");
  }

  /** It has stopped without ever having run. */
  get hasNotStarted(): boolean {
    return this.status === "STOPPED" && this.startedAt === undefined;
  }

  get runtimeId(): string | undefined {
    return this.#container?.runtimeId;
  }

  get imageDigest(): string | undefined {
    return this.#image?.digest;
  }

  /** What containers that depend on this one need to know. */
  get dependencyState(): DependencyState {
    const { status, exitCode, hasNotStarted, healthStatus } = this;
    return { status, exitCode, isLate: this.#isLate, hasNotStarted, isHealthy: healthStatus === "HEALTHY" };
  }

  async resolve(): Promise<void> {
    const error = this.isPinned ? "CannotPullContainerError" : "CannotPullImageManifestError";
    await this.#attempt(error, async () => {
      this.#image = await this.#options.runtime.resolve(this.plan.image);
    });
  }

  async pull(): Promise<void> {
    const image = this.#image;
    if (image === undefined) return;
    await this.#attempt("CannotPullContainerError", () => image.pull());
    if (this.status === "STOPPED") this.#image = undefined;
  }

  /**
   * @param resources - all variables and mounts; the plan has only what its definition spells out.
   * @param outputOf - gives the place for the container's output, which may be named after its runtime id.
   */
  async start(
    resources: Pick<ContainerSpec, "environment" | "mounts">,
    outputOf: (runtimeId: string) => OnLine,
  ): Promise<void> {
    const image = this.#image;
    if (image === undefined || this.status === "STOPPED") return;
    await this.#attempt("CannotCreateContainerError", async () => {
      this.#container = await image.create({ ...this.plan, ...resources });
      this.createdAt = this.#now();
    });
    const container = this.#container;
    if (container === undefined) return;
    await this.#attempt("CannotStartContainerError", async () => {
      await container.start(outputOf(container.runtimeId));
      this.#hasStarted(container);
    });
  }

  /** The stop signal, and SIGKILL when the container is still there after its stop timeout. */
  async stop(): Promise<void> {
    if (this.status !== "RUNNING") return;
    this.#container?.stop();
    await this.#options.clock.sleep(this.plan.stopTimeoutMs, this.#over.signal);
    this.#container?.kill();
    await this.#ended;
  }

  async remove(): Promise<void> {
    await this.#container?.remove();
  }

  /** It will not be started, since what it depends on will not come. */
  failForDependency(message: string): void {
    this.exitCode = DEPENDENCY_EXIT_CODE;
    this.#fail("CannotStartContainerError", message);
  }

  /** What SubmitTaskStateChange says of the container; what is not known is left out. */
  report(taskHasStopped: boolean): ContainerStateChange {
    const { imageDigest } = this;
    return {
      containerName: this.plan.name,
      status: taskHasStopped ? "STOPPED" : this.status,
      ...(imageDigest === undefined ? {} : { imageDigest }),
      ...(this.#container === undefined ? {} : { runtimeId: this.#container.runtimeId }),
      ...(this.exitCode === undefined ? {} : { exitCode: this.exitCode }),
      ...(this.#reason === undefined ? {} : { reason: this.#reason }),
    };
  }

  #hasStarted(container: RuntimeContainer): void {
    this.startedAt = this.#now();
    this.status = "RUNNING";
    this.#ended = container.exited.then(({ exitCode, isOutOfMemory = false }) => {
      this.exitCode = exitCode;
      if (isOutOfMemory) this.#reason = "OutOfMemoryError: Container killed due to memory usage";
      this.finishedAt = this.#now();
      this.status = "STOPPED";
      this.#over.abort();
      this.#options.onChange(this, "status");
    });
    void this.#watchHealth(container);
    void this.#becomeLate();
    this.#options.onChange(this, "status");
  }

  async #watchHealth(container: RuntimeContainer): Promise<void> {
    const { clock } = this.#options;
    const { healthCheck } = this.plan;
    if (healthCheck === undefined) return;
    const startedAt = clock.now();
    let health = unknownHealth;
    for (;;) {
      await clock.sleep(healthCheck.intervalMs, this.#over.signal);
      if (this.#isOver()) return;
      const ageMs = clock.now() - startedAt;
      const hasPassed = await this.#check(container, healthCheck.command, healthCheck.timeoutMs);
      // A check that the container's end has cut off says nothing of its health.
      if (this.#isOver()) return;
      health = afterCheck(healthCheck, health, { hasPassed, ageMs });
      if (health.status === this.healthStatus) continue;
      this.healthStatus = health.status;
      this.#options.onChange(this, "health");
    }
  }

  async #check(container: RuntimeContainer, command: readonly string[], timeoutMs: number): Promise<boolean> {
    const done = new AbortController();
    const tooLate = new AbortController();
    void this.#options.clock.sleep(timeoutMs, done.signal).then(() => {
      tooLate.abort();
    });
    const exitCode = await container.exec(command, AbortSignal.any([tooLate.signal, this.#over.signal]));
    done.abort();
    return exitCode === 0;
  }

  async #becomeLate(): Promise<void> {
    const { startTimeoutMs } = this.plan;
    if (startTimeoutMs === undefined) return;
    await this.#options.clock.sleep(startTimeoutMs, this.#over.signal);
    if (this.#over.signal.aborted) return;
    this.#isLate = true;
    this.#options.onChange(this, "lateness");
  }

  async #attempt(error: string, act: () => Promise<void>): Promise<void> {
    try {
      await act();
    } catch (cause) {
      this.#fail(error, cause instanceof Error ? cause.message : String(cause));
    }
  }

  #fail(error: string, message: string): void {
    this.#reason = `${error}: ${message}`.slice(0, MAX_REASON_CHARACTERS);
    this.status = "STOPPED";
    this.#options.onChange(this, "status");
  }

  /** Asked anew: it may have ended since. */
  #isOver(): boolean {
    return this.#over.signal.aborted;
  }

  #now(): Date {
    return new Date(this.#options.clock.now());
  }
}
