/**
 * How a task moves, as a pure table.
 *
 * One that ends by itself goes from RUNNING to DEPROVISIONING at once; DEACTIVATING and STOPPING are for one that is stopped
 * from outside (observed in EventBridge events and DescribeTasks answers of Fargate 1.3.0 and 1.4.0).
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-lifecycle-explanation.html (read 2026-11)
 */
export const taskStatuses = [
  "PROVISIONING",
  "PENDING",
  "ACTIVATING",
  "RUNNING",
  "DEACTIVATING",
  "STOPPING",
  "DEPROVISIONING",
  "STOPPED",
] as const;

/** A status of a task, from the first to the last. @public */
export type TaskStatus = (typeof taskStatuses)[number];

/**
 * As far as a task may go with what is known now: `PENDING` until the agent says something, `STOPPING` when
 * a stop was asked for but the agent has not confirmed it. Goals only ever grow.
 */
export const taskGoals = ["PENDING", "ACTIVATING", "RUNNING", "STOPPING", "STOPPED"] as const;
export type TaskGoal = (typeof taskGoals)[number];

export interface TaskPosition {
  readonly lastStatus: TaskStatus;
  readonly goal: TaskGoal;
  /** It ran, whether or not the agent has said RUNNING: then RUNNING is passed through, however short the task was. */
  readonly hasRun: boolean;
  /** Somebody asked it to stop, or ECS did: it did not end by itself. */
  readonly wasStopped: boolean;
  /** The task has a network interface of its own, which is provisioned before and deprovisioned after. */
  readonly hasNetworkInterface: boolean;
}

const onTheWayUp: Readonly<Partial<Record<TaskStatus, TaskStatus>>> = {
  PROVISIONING: "PENDING",
  PENDING: "ACTIVATING",
  ACTIVATING: "RUNNING",
};

const onTheWayDown: Readonly<Record<TaskStatus, TaskStatus | undefined>> = {
  PROVISIONING: "DEPROVISIONING",
  PENDING: "DEPROVISIONING",
  ACTIVATING: "DEACTIVATING",
  RUNNING: "DEACTIVATING",
  DEACTIVATING: "STOPPING",
  STOPPING: "DEPROVISIONING",
  DEPROVISIONING: "STOPPED",
  STOPPED: undefined,
};

/** What DescribeClusters and DescribeServices count as pending. */
export function isPending(status: TaskStatus): boolean {
  return Object.hasOwn(onTheWayUp, status);
}

/** The next status on the way to the goal; undefined when the task has to wait, or has ended. */
export function nextTaskStatus(position: TaskPosition): TaskStatus | undefined {
  const { lastStatus, goal, hasRun, hasNetworkInterface } = position;
  const endsByItself = hasRun && !position.wasStopped && lastStatus === "RUNNING";
  if (goal === "STOPPING") return waitForTheAgent(lastStatus);
  const up = onTheWayUp[lastStatus];
  if (goal === "STOPPED" && !(hasRun && up !== undefined)) {
    const down = endsByItself ? "DEPROVISIONING" : onTheWayDown[lastStatus];
    return down === "DEPROVISIONING" && !hasNetworkInterface ? "STOPPED" : down;
  }
  const limit = goal === "STOPPED" ? "RUNNING" : goal;
  return up !== undefined && taskStatuses.indexOf(up) <= taskStatuses.indexOf(limit) ? up : undefined;
}

/** A task that was asked to stop leaves RUNNING at once; only the agent's word brings it past STOPPING. */
function waitForTheAgent(lastStatus: TaskStatus): TaskStatus | undefined {
  const down = onTheWayDown[lastStatus];
  return down === "DEACTIVATING" || down === "STOPPING" ? down : undefined;
}

export function laterGoal(one: TaskGoal, other: TaskGoal): TaskGoal {
  return taskGoals.indexOf(one) > taskGoals.indexOf(other) ? one : other;
}
