import type { Task } from "@aws-sdk/client-ecs";
import type { Clock } from "../time/clock";
import type { Interruption, TaskPlan } from "../faults/task-plan";
import { isInterruption, type TaskPlanQueue } from "../faults/task-plan-queue";
import { lastPart } from "../state/arn";
import { shownTask } from "../state/tasks/shown-task";
import type { TaskLifecycle } from "../state/tasks/task-lifecycle";
import type { TaskRecord } from "../state/tasks/task-record";
import type { Tasks } from "../state/tasks/tasks";
import type { Visibility } from "../state/tasks/visibility";

/**
 * What you can do to tasks that no operation of ECS does. A task is named by its ARN or its id.
 * Those that name one throw an Error when there is no such task.
 * @public
 */
export interface LocalTasks {
  /** The tasks of all clusters as DescribeTasks shows them, hidden or not, oldest first. */
  all(): readonly Task[];
  /** Plans for tasks that are still to be launched. @throws Error that says what of the plan makes no sense. */
  plan(plan: TaskPlan): void;
  /** Forgets the plans that no task has met yet. */
  clearPlans(): void;
  /** Lets a task go on that its plan holds as PROVISIONING or PENDING. */
  release(task: string): void;
  /** Ends a task as AWS does when it takes the capacity away. Does nothing to a task that is told to stop already. */
  interrupt(task: string, interruption: Interruption): void;
  /** DescribeTasks says MISSING, ListTasks leaves it out, until it is shown again. The task itself goes on. */
  hide(task: string): void;
  /** Ends what `hide` began. */
  show(task: string): void;
}

export function localTasks(parts: {
  readonly tasks: Tasks;
  readonly plans: TaskPlanQueue;
  readonly lifecycle: TaskLifecycle;
  readonly visibility: Visibility;
  readonly clock: Clock;
}): LocalTasks {
  const { tasks, plans, lifecycle, visibility, clock } = parts;
  function find(reference: string): TaskRecord {
    const found =
      tasks.get(reference) ?? tasks.all().find(({ task }) => lastPart(task.taskArn) === reference);
    if (found === undefined) throw new Error(`There is no task ${JSON.stringify(reference)}.`);
    return found;
  }
  return {
    all: () => tasks.all().map((record) => ({ ...shownTask(record, clock.now()) })) as Task[],
    plan(plan) {
      plans.add(plan);
    },
    clearPlans() {
      plans.clear();
    },
    release(task) {
      lifecycle.release(find(task));
    },
    interrupt(task, interruption) {
      const problem = isInterruption(interruption);
      if (problem !== undefined) throw new Error(`The interruption ${problem}.`);
      lifecycle.interrupt(find(task), interruption);
    },
    hide(task) {
      visibility.hide(find(task).task.taskArn);
    },
    show(task) {
      visibility.show(find(task).task.taskArn);
    },
  };
}
