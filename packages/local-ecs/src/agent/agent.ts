import { rm } from "node:fs/promises";
import { join } from "node:path";
import { ECSClient, SubmitTaskStateChangeCommand, type HealthStatus } from "@aws-sdk/client-ecs";
import type { Clock } from "../time/clock";
import { takeEveryStep } from "../clean-up/take-every-step";
import { collectEnvironment, type EnvironmentSources } from "./environment/environment";
import type { ContainerRuntime } from "../runtime/container-runtime";
import type { ContainerPlan } from "./container-plan";
import type { ContainerRun, OnLine } from "./container-run";
import { deliverReport } from "./deliver-report";
import { MetadataServer } from "./metadata-server";
import { makeMounts } from "./mounts";
import { containerMetadata, containerStats, taskMetadata } from "./task-metadata";
import type { TaskPayload } from "./task-payload";
import { TaskRun, type ContainerResources, type Report } from "./task-run";

/** Where the agent puts what containers print. */
export interface LogSink {
  createStream(group: string, stream: string, now: number): void;
  append(
    group: string,
    stream: string,
    event: { readonly timestamp: number; readonly message: string },
  ): void;
}

export interface AgentOptions {
  /** The server's endpoint. */
  readonly endpoint: string;
  readonly region: string;
  readonly runtime: ContainerRuntime;
  readonly logs: LogSink;
  readonly sources: EnvironmentSources;
  /** For the volumes of tasks. */
  readonly folder: string;
  readonly clock: Clock;
  /** Tells the server of health, which no operation of the API does (observed: the real agent uses a web socket). */
  readonly publishHealth: (taskArn: string, containerName: string, healthStatus: HealthStatus) => void;
  readonly log: (line: string) => void;
  /** Gets what containers print. */
  readonly onContainerLine: (line: { taskArn: string; containerName: string; message: string }) => void;
}

/** A task that the agent runs, and what is to be done once it has ended. */
interface KnownTask {
  readonly payload: TaskPayload;
  readonly task: TaskRun;
  readonly cleanUps: (() => void | Promise<void>)[];
}

/**
 * Does on this machine what the ECS agent does on a container instance. It knows of a task only what a payload says,
 * and answers only as the real one does: with SubmitTaskStateChange, over HTTP.
 */
export class Agent {
  readonly #options: AgentOptions;
  readonly #client: ECSClient;
  readonly #runs = new Map<string, { readonly task: TaskRun; readonly ended: Promise<void> }>();
  readonly #metadata = new MetadataServer();
  readonly #closing = new AbortController();

  constructor(options: AgentOptions) {
    this.#options = options;
    const { endpoint, region } = options;
    // Any credentials do: the server verifies none, and the user's own stay out of it.
    this.#client = new ECSClient({
      endpoint,
      region,
      credentials: { accessKeyId: "local-agent", secretAccessKey: "local-agent" },
    });
  }

  receive(payload: TaskPayload): void {
    const known = this.#runs.get(payload.taskArn);
    if (known !== undefined) {
      if (payload.desiredStatus === "STOPPED") known.task.stop();
    } else if (payload.desiredStatus === "STOPPED") {
      // It has ended, and its last report was never accepted.
      void this.#submit(payload, { status: "STOPPED" });
    } else if (!this.#isClosed) this.#run(payload);
  }

  /** Ends all containers at once and reports nothing more. */
  async close(): Promise<void> {
    this.#closing.abort();
    for (const { task } of this.#runs.values()) task.stop();
    await this.#options.runtime.close();
    await Promise.all([...this.#runs.values()].map(({ ended }) => ended));
    await this.#metadata.close();
    this.#client.destroy();
  }

  get #isClosed(): boolean {
    return this.#closing.signal.aborted;
  }

  #run(payload: TaskPayload): void {
    const { taskArn } = payload;
    const { runtime, clock, publishHealth } = this.#options;
    const cleanUps: KnownTask["cleanUps"] = [];
    const task: TaskRun = new TaskRun({
      payload,
      runtime,
      clock,
      submit: (report) => this.#submit(payload, report),
      resourcesOf: (container) => this.#resourcesOf(container, { payload, task, cleanUps }),
      outputOf: (container, runtimeId) => this.#outputOf(payload, container, runtimeId),
      onHealth: ({ plan, healthStatus }) => {
        publishHealth(taskArn, plan.name, healthStatus);
      },
    });
    const run = async (): Promise<void> => {
      const onError = (error: unknown): void => {
        this.#log(taskArn, error);
      };
      await task.run().catch(onError);
      await takeEveryStep(cleanUps, onError);
      this.#runs.delete(taskArn);
    };
    this.#runs.set(taskArn, { task, ended: run() });
  }

  async #resourcesOf(
    container: ContainerRun,
    { payload, task, cleanUps }: KnownTask,
  ): Promise<ContainerResources> {
    const { sources, clock } = this.#options;
    const stats = (one: ContainerRun): object | null => containerStats(one, new Date(clock.now()));
    const environment = await collectEnvironment(container.plan, sources);
    const address = await this.#metadata.add({
      container: () => containerMetadata(payload, task, container),
      task: () => taskMetadata(payload, task),
      stats: () => stats(container),
      taskStats: () =>
        Object.fromEntries(task.containers.map((one) => [one.runtimeId ?? one.plan.name, stats(one)])),
    });
    const volumes = join(this.#options.folder, "volumes", idOf(payload.taskArn));
    cleanUps.push(address.remove, () => rm(volumes, { recursive: true, force: true }));
    const mounts = await makeMounts(container.plan.mountPoints, volumes);
    return { environment: { ECS_CONTAINER_METADATA_URI_V4: address.url, ...environment }, mounts };
  }

  async #submit({ clusterArn, taskArn }: TaskPayload, report: Report): Promise<void> {
    const input = { cluster: clusterArn, task: taskArn, ...report };
    const send = (abortSignal: AbortSignal): Promise<unknown> =>
      this.#client.send(new SubmitTaskStateChangeCommand(input), { abortSignal });
    const isPossible = await deliverReport(send, {
      clock: this.#options.clock,
      signal: this.#closing.signal,
      onError: (error) => {
        this.#log(taskArn, error);
      },
    });
    // The server takes the task for one that runs: when it has it stopped, that is told once more.
    if (!isPossible && report.status === "STOPPED") this.#runs.delete(taskArn);
  }

  #log(taskArn: string, error: unknown): void {
    if (this.#isClosed) return;
    this.#options.log(`agent: ${taskArn}: ${error instanceof Error ? error.message : String(error)}`);
  }

  /** @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/using_awslogs.html for the stream's name (read 2026-11) */
  #outputOf({ taskArn }: TaskPayload, { name, logs }: ContainerPlan, runtimeId: string): OnLine {
    const { clock, logs: sink, onContainerLine } = this.#options;
    if (logs === undefined)
      return (message) => {
        onContainerLine({ taskArn, containerName: name, message });
      };
    const stream =
      logs.streamPrefix === undefined ? runtimeId : `${logs.streamPrefix}/${name}/${idOf(taskArn)}`;
    sink.createStream(logs.group, stream, clock.now());
    return (message) => {
      onContainerLine({ taskArn, containerName: name, message });
      sink.append(logs.group, stream, { timestamp: clock.now(), message });
    };
  }
}

function idOf(taskArn: string): string {
  return taskArn.slice(taskArn.lastIndexOf("/") + 1);
}
