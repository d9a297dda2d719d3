import type {
  AttachmentStateChange,
  ContainerStateChange,
  HealthStatus,
  SubmitTaskStateChangeRequest,
} from "@aws-sdk/client-ecs";
import { stoppedReasonOf, type Interruption, type TaskPlan } from "../../faults/task-plan";
import type { TaskPayload } from "../../agent/task-payload";
import type { Clock } from "../../time/clock";
import {
  applyHealth,
  applyReport,
  askToStop,
  isHeld,
  isStopped,
  moveTask,
  positionOf,
  type TaskRecord,
} from "./task-record";
import { applyAttachmentChanges, applyContainerChange, isAnyAttached } from "./state-changes";
import { taskUnits } from "../task-definitions/task-size";
import { nextTaskStatus, type TaskStatus } from "./task-status";
import type { Tasks } from "./tasks";

/**
 * How long tasks stay in statuses that they only pass through, in milliseconds each. On Fargate a task stays
 * DEPROVISIONING for 12.9 seconds by median, while its network interface goes. @public
 */
export type PhaseMs = Readonly<Partial<Record<TaskStatus, number>>>;

export interface TaskLifecycleOptions {
  readonly tasks: Tasks;
  readonly clock: Clock;
  /** How long a task stays in a status it only passes through, in milliseconds. */
  readonly transitionMs: number;
  /** The same for single statuses. */
  readonly phaseMs: PhaseMs;
  /** The narrow channel to the agent: all it ever learns of a task. */
  readonly sendToAgent: (payload: TaskPayload) => void;
  readonly signal: AbortSignal;
  /** What is planned for the next task of this family. */
  readonly planFor: (family: string) => TaskPlan | undefined;
  /** Gets failures of what nobody waits for. */
  readonly log: (line: string) => void;
}

/** Moves every task along its path, one status at a time, as far as its goal lets it. */
export class TaskLifecycle {
  readonly #options: TaskLifecycleOptions;
  readonly #moving = new Set<string>();

  constructor(options: TaskLifecycleOptions) {
    this.#options = options;
  }

  launch(accepted: TaskRecord): TaskRecord {
    const { tasks, clock, planFor } = this.#options;
    const record = planned(accepted, planFor(accepted.definition.family));
    // Without a network interface there is nothing to provision: the task begins as PENDING.
    const placed = record.task.lastStatus === "PENDING" ? moveTask(record, "PENDING", clock.now()) : record;
    tasks.put(placed);
    if (placed.task.lastStatus === "PENDING") this.#handOver(placed);
    this.#move(record.task.taskArn);
    return placed;
  }

  stop(record: TaskRecord, reason: string): TaskRecord {
    if (isStopped(record)) return record;
    return this.#end(askToStop(record, { reason }, this.#options.clock.now()));
  }

  /** Ends the task as ECS itself does when it takes the capacity away. */
  interrupt(record: TaskRecord, interruption: Interruption): void {
    const { stopCode } = interruption;
    const { clock } = this.#options;
    if (isStopped(record) || record.task.desiredStatus === "STOPPED") return;
    const plan: TaskPlan =
      stopCode === "TerminationNotice" ? { ...record.plan, exitCodesAfterMs: "never" } : { ...record.plan };
    this.#end(
      askToStop({ ...record, plan }, { reason: stoppedReasonOf(interruption), stopCode }, clock.now()),
    );
  }

  /** Lets a task go on that was held where it is, or is going to be. */
  release(record: TaskRecord): void {
    const { holdAt, ...plan } = record.plan ?? {};
    if (holdAt === undefined) return;
    const released = this.#options.tasks.put({ ...record, plan });
    if (isHeld(record) && holdAt === "PENDING") this.#handOver(released);
    this.#move(record.task.taskArn);
  }

  report(record: TaskRecord, report: SubmitTaskStateChangeRequest): void {
    const { tasks, clock } = this.#options;
    tasks.put(applyReport(record, report, clock.now()));
    this.#move(record.task.taskArn);
  }

  /** What the real agent publishes over its telemetry channel, and so no operation of the API. */
  reportHealth(taskArn: string, containerName: string, healthStatus: HealthStatus): void {
    const { tasks } = this.#options;
    const record = tasks.get(taskArn);
    if (record !== undefined) tasks.put(applyHealth(record, containerName, healthStatus));
  }

  #end(asked: TaskRecord): TaskRecord {
    this.#options.tasks.put(asked);
    if (asked.goal === "STOPPING") this.#options.sendToAgent(payloadOf(asked));
    this.#move(asked.task.taskArn);
    return asked;
  }

  /** One container's news; they never move the task, whose own report follows. */
  reportContainer(record: TaskRecord, change: ContainerStateChange): void {
    if (isStopped(record)) return;
    this.#options.tasks.put({ ...record, task: applyContainerChange(record.task, change) });
  }

  reportAttachments(record: TaskRecord, changes: readonly AttachmentStateChange[]): void {
    if (isStopped(record) || !isAnyAttached(record.task, changes)) return;
    this.#options.tasks.put({ ...record, task: applyAttachmentChanges(record.task, changes) });
  }

  #handOver(record: TaskRecord): void {
    if (isHeld(record)) return;
    const { failToStart } = record.plan ?? {};
    if (failToStart === undefined) this.#options.sendToAgent(payloadOf(record));
    else this.report(record, { status: "STOPPED", reason: failToStart });
  }

  async #interruptAfter(
    taskArn: string,
    { afterMs = 0, ...interruption }: PlannedInterruption,
  ): Promise<void> {
    const { tasks, clock, signal } = this.#options;
    await clock.sleep(afterMs, signal);
    const record = tasks.get(taskArn);
    if (record !== undefined && !signal.aborted) this.interrupt(record, interruption);
  }

  #move(taskArn: string): void {
    if (this.#moving.has(taskArn)) return;
    this.#moving.add(taskArn);
    this.#inBackground(taskArn, this.#walk(taskArn));
  }

  #inBackground(taskArn: string, work: Promise<void>): void {
    work.catch((error: unknown) => {
      this.#options.log(`lifecycle: ${taskArn}: ${error instanceof Error ? error.message : String(error)}`);
    });
  }

  async #walk(taskArn: string): Promise<void> {
    const { clock, tasks, transitionMs, phaseMs, signal } = this.#options;
    try {
      while (this.#nextStep(taskArn) !== undefined) {
        const status = tasks.get(taskArn)?.task.lastStatus;
        await clock.sleep((status && phaseMs[status]) ?? transitionMs, signal);
        if (signal.aborted) return;
        // Decided anew: a stop or a report may have come while it waited.
        this.#nextStep(taskArn)?.();
      }
    } finally {
      // In the same moment as the last look: whatever comes after it walks anew.
      this.#moving.delete(taskArn);
    }
  }

  #nextStep(taskArn: string): (() => void) | undefined {
    const { tasks, clock } = this.#options;
    const record = tasks.get(taskArn);
    const status = record && nextStatusOf(record);
    if (record === undefined || status === undefined) return undefined;
    return () => {
      const moved = tasks.put(moveTask(record, status, clock.now()));
      if (status === "PENDING") this.#handOver(moved);
      if (status === "RUNNING" && moved.plan?.interrupt !== undefined)
        this.#inBackground(taskArn, this.#interruptAfter(taskArn, moved.plan.interrupt));
    };
  }
}

type PlannedInterruption = NonNullable<TaskPlan["interrupt"]>;

function planned(record: TaskRecord, plan: TaskPlan | undefined): TaskRecord {
  if (plan === undefined) return record;
  if (plan.holdAt !== "PROVISIONING") return { ...record, plan };
  // A task waits for capacity as PROVISIONING, also where it has no network interface.
  return { ...record, plan, task: { ...record.task, lastStatus: "PROVISIONING" } };
}

function nextStatusOf(record: TaskRecord): ReturnType<typeof nextTaskStatus> {
  if (isHeld(record) && record.task.desiredStatus !== "STOPPED") return undefined;
  return nextTaskStatus(positionOf(record));
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
    memoryMib: taskUnits(task.overrides?.memory ?? definition.memory, "gb"),
    family: definition.family,
    revision: definition.revision,
    networkMode: definition.networkMode,
    volumes: definition.volumes ?? [],
    launchType: task.launchType,
    availabilityZone: task.availabilityZone,
  };
}
