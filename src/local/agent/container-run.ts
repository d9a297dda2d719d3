import type { ContainerStateChange } from "@aws-sdk/client-ecs";
import type { Clock } from "../clock";
import type { ContainerRuntime, RuntimeContainer, RuntimeImage } from "../runtime/container-runtime";
import type { ContainerPlan } from "./container-plan";

/** Longer reasons are cut: the API takes no more. @see API_ContainerStateChange in the service model */
const maxReasonCharacters = 1024;

/** Takes the lines of a container's output. */
export type OnLine = (line: string) => void;

/** One container of one task, from its image to its end, and what is known of it so far. */
export class ContainerRun {
  readonly plan: ContainerPlan;
  private readonly runtime: ContainerRuntime;
  private image: RuntimeImage | undefined;
  private container: RuntimeContainer | undefined;
  private exitCode: number | undefined;
  private reason: string | undefined;
  private status: "PENDING" | "RUNNING" | "STOPPED" = "PENDING";

  constructor(plan: ContainerPlan, runtime: ContainerRuntime) {
    this.plan = plan;
    this.runtime = runtime;
  }

  /** A reference with a digest is not looked up by the real agent: its pull fails, if it fails. */
  get isPinned(): boolean {
    return this.plan.image.includes("@");
  }

  get hasFailed(): boolean {
    return this.reason !== undefined;
  }

  async resolve(): Promise<void> {
    const error = this.isPinned ? "CannotPullContainerError" : "CannotPullImageManifestError";
    await this.attempt(error, async () => {
      this.image = await this.runtime.resolve(this.plan.image);
    });
  }

  async pull(): Promise<void> {
    const { image } = this;
    if (image === undefined) return;
    await this.attempt("CannotPullContainerError", () => image.pull());
    if (this.hasFailed) this.image = undefined;
  }

  /** @param outputOf - gives the place for the container's output, which may be named after its runtime id. */
  async start(outputOf: (runtimeId: string) => OnLine): Promise<void> {
    const { image, plan } = this;
    if (image === undefined) return;
    await this.attempt("CannotCreateContainerError", async () => {
      this.container = await image.create(plan);
    });
    const { container } = this;
    if (container === undefined) return;
    await this.attempt("CannotStartContainerError", async () => {
      await container.start(outputOf(container.runtimeId));
      this.status = "RUNNING";
    });
  }

  /** Ends when the container has; never, if it was not started. */
  async exited(): Promise<void> {
    if (this.container === undefined || this.status === "PENDING") return new Promise(() => undefined);
    this.exitCode = await this.container.exited;
    this.status = "STOPPED";
  }

  /** The stop signal, and SIGKILL when the container is still there after its stop timeout. */
  async stop(clock: Clock): Promise<void> {
    if (this.status !== "RUNNING") return;
    const over = new AbortController();
    const exited = this.exited().finally(() => {
      over.abort();
    });
    this.container?.stop();
    await clock.sleep(this.plan.stopTimeoutMs, over.signal);
    this.container?.kill();
    await exited;
  }

  async remove(): Promise<void> {
    await this.container?.remove();
  }

  fail(error: string, message: string): void {
    this.reason = `${error}: ${message}`.slice(0, maxReasonCharacters);
  }

  /** What SubmitTaskStateChange says of the container; what is not known is left out. */
  report(taskHasStopped: boolean): ContainerStateChange {
    return {
      containerName: this.plan.name,
      status: taskHasStopped ? "STOPPED" : this.status,
      ...(this.image === undefined ? {} : { imageDigest: this.image.digest }),
      ...(this.container === undefined ? {} : { runtimeId: this.container.runtimeId }),
      ...(this.exitCode === undefined ? {} : { exitCode: this.exitCode }),
      ...(this.reason === undefined ? {} : { reason: this.reason }),
    };
  }

  private async attempt(error: string, act: () => Promise<void>): Promise<void> {
    try {
      await act();
    } catch (cause) {
      this.fail(error, cause instanceof Error ? cause.message : String(cause));
    }
  }
}
