import { ECSClient, SubmitTaskStateChangeCommand } from "@aws-sdk/client-ecs";
import type { Clock } from "../clock";
import type { ContainerRuntime } from "../runtime/container-runtime";
import type { ContainerPlan } from "./container-plan";
import type { OnLine } from "./container-run";
import type { TaskPayload } from "./task-payload";
import { TaskRun, type Report } from "./task-run";

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
  readonly clock: Clock;
  readonly log: (line: string) => void;
}

/**
 * Does on this machine what the ECS agent does on a container instance. It knows of a task only what a payload says,
 * and answers only as the real one does: with SubmitTaskStateChange, over HTTP.
 */
export class Agent {
  private readonly options: AgentOptions;
  private readonly client: ECSClient;
  private readonly runs = new Map<string, { readonly task: TaskRun; readonly ended: Promise<void> }>();
  private isClosed = false;

  constructor(options: AgentOptions) {
    this.options = options;
    const { endpoint, region } = options;
    // Any credentials do: the server verifies none, and the user's own stay out of it.
    this.client = new ECSClient({
      endpoint,
      region,
      credentials: { accessKeyId: "local-agent", secretAccessKey: "local-agent" },
    });
  }

  receive(payload: TaskPayload): void {
    const known = this.runs.get(payload.taskArn);
    if (payload.desiredStatus === "STOPPED") known?.task.stop();
    else if (known === undefined && !this.isClosed) this.run(payload);
  }

  /** Ends all containers at once and reports nothing more. */
  async close(): Promise<void> {
    this.isClosed = true;
    for (const { task } of this.runs.values()) task.stop();
    await this.options.runtime.close();
    await Promise.all([...this.runs.values()].map(({ ended }) => ended));
    this.client.destroy();
  }

  private run(payload: TaskPayload): void {
    const { runtime, clock, log } = this.options;
    const task = new TaskRun({
      payload,
      runtime,
      clock,
      submit: (report) => this.submit(payload, report),
      outputOf: (container, runtimeId) => this.outputOf(payload, container, runtimeId),
    });
    const ended = task
      .run()
      .catch((error: unknown) => {
        if (!this.isClosed)
          log(`agent: ${payload.taskArn}: ${error instanceof Error ? error.message : String(error)}`);
      })
      .finally(() => this.runs.delete(payload.taskArn));
    this.runs.set(payload.taskArn, { task, ended });
  }

  private async submit({ clusterArn, taskArn }: TaskPayload, report: Report): Promise<void> {
    if (this.isClosed) return;
    await this.client.send(
      new SubmitTaskStateChangeCommand({ cluster: clusterArn, task: taskArn, ...report }),
    );
  }

  /** @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/using_awslogs.html for the stream's name (read 2026-11) */
  private outputOf({ taskArn }: TaskPayload, { name, logs }: ContainerPlan, runtimeId: string): OnLine {
    if (logs === undefined) return () => undefined;
    const { clock, logs: sink } = this.options;
    const taskId = taskArn.slice(taskArn.lastIndexOf("/") + 1);
    const stream = logs.streamPrefix === undefined ? runtimeId : `${logs.streamPrefix}/${name}/${taskId}`;
    sink.createStream(logs.group, stream, clock.now());
    return (message) => {
      sink.append(logs.group, stream, { timestamp: clock.now(), message });
    };
  }
}
