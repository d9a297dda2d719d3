import type { HealthStatus, SubmitTaskStateChangeRequest } from "@aws-sdk/client-ecs";
import type { TaskPayload } from "../agent/task-payload";
import type { Clock } from "../clock";
import {
  applyHealth,
  applyReport,
  askToStop,
  isStopped,
  moveTask,
  positionOf,
  type TaskRecord,
} from "./task-record";
import { nextTaskStatus } from "./task-status";
import type { Tasks } from "./tasks";

export interface TaskLifecycleOptions {
  readonly tasks: Tasks;
  readonly clock: Clock;
  /** How long a task stays in a status it only passes through, in milliseconds. */
  readonly transitionMs: number;
  /** The narrow channel to the agent: all it ever learns of a task. */
  readonly sendToAgent: (payload: TaskPayload) => void;
  readonly signal: AbortSignal;
}

/** Moves every task along its path, one status at a time, as far as its goal lets it. */
export class TaskLifecycle {
  private readonly options: TaskLifecycleOptions;
  private readonly moving = new Set<string>();

  constructor(options: TaskLifecycleOptions) {
    this.options = options;
  }

  launch(record: TaskRecord): void {
    const { tasks, clock } = this.options;
    // Without a network interface there is nothing to provision: the task begins as PENDING.
    const placed = record.task.lastStatus === "PENDING" ? moveTask(record, "PENDING", clock.now()) : record;
    tasks.put(placed);
    if (placed.task.lastStatus === "PENDING") this.handOver(placed);
    this.move(record.task.taskArn);
  }

  stop(record: TaskRecord, reason: string): TaskRecord {
    const { tasks, clock, sendToAgent } = this.options;
    if (isStopped(record)) return record;
    const asked = tasks.put(askToStop(record, reason, clock.now()));
    if (asked.goal === "STOPPING") sendToAgent(payloadOf(asked));
    this.move(record.task.taskArn);
    return asked;
  }

  report(record: TaskRecord, report: SubmitTaskStateChangeRequest): void {
    const { tasks, clock } = this.options;
    tasks.put(applyReport(record, report, clock.now()));
    this.move(record.task.taskArn);
  }

  /** What the real agent publishes over its telemetry channel, and so no operation of the API. */
  reportHealth(taskArn: string, containerName: string, healthStatus: HealthStatus): void {
    const { tasks } = this.options;
    const record = tasks.get(taskArn);
    if (record !== undefined) tasks.put(applyHealth(record, containerName, healthStatus));
  }

  private handOver(record: TaskRecord): void {
    this.options.sendToAgent(payloadOf(record));
  }

  private move(taskArn: string): void {
    if (this.moving.has(taskArn)) return;
    this.moving.add(taskArn);
    void this.walk(taskArn).finally(() => this.moving.delete(taskArn));
  }

  private async walk(taskArn: string): Promise<void> {
    const { tasks, clock, transitionMs, signal } = this.options;
    const next = (): [TaskRecord, ReturnType<typeof nextTaskStatus>] | undefined => {
      const record = tasks.get(taskArn);
      return record && [record, nextTaskStatus(positionOf(record))];
    };
    while (next()?.[1] !== undefined) {
      await clock.sleep(transitionMs, signal);
      if (signal.aborted) return;
      // Decided anew: a stop or a report may have come while it waited.
      const [record, status] = next() ?? [];
      if (record === undefined || status === undefined) continue;
      const moved = tasks.put(moveTask(record, status, clock.now()));
      if (status === "PENDING") this.handOver(moved);
    }
  }
}

function payloadOf({ task, definition }: TaskRecord): TaskPayload {
  return {
    taskArn: task.taskArn,
    clusterArn: task.clusterArn,
    desiredStatus: task.desiredStatus === "STOPPED" ? "STOPPED" : "RUNNING",
    containerDefinitions: definition.containerDefinitions,
    containerOverrides: task.overrides?.containerOverrides ?? [],
    containerArns: Object.fromEntries(
      task.containers.map(({ name, containerArn = "" }) => [name, containerArn]),
    ),
    memory: task.overrides?.memory ?? definition.memory,
    family: definition.family,
    revision: definition.revision,
    networkMode: definition.networkMode,
    volumes: definition.volumes ?? [],
    launchType: task.launchType,
    availabilityZone: task.availabilityZone,
  };
}
