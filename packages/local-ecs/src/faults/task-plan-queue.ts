import { isTimes } from "./check-fault-plan";
import { isEither, isFlag, isObjectOf, isOneOf, isText, isWholeNumber, type Check } from "./strict-object";
import type { TaskPlan } from "./task-plan";

const interruption = { stopCode: isOneOf("SpotInterruption", "TerminationNotice"), stoppedReason: isText };
export const isInterruption: Check = isObjectOf(interruption, "stopCode");

const isTaskPlan = isObjectOf({
  family: isText,
  times: isTimes,
  holdAt: isOneOf("PROVISIONING", "PENDING"),
  failToStart: isText,
  interrupt: isObjectOf({ ...interruption, afterMs: isWholeNumber(0) }, "stopCode"),
  exitCodesAfterMs: isEither(isWholeNumber(0), isOneOf("never")),
  withoutImageDigest: isFlag,
});

/** What is planned for tasks that are still to come. A task takes the first plan of its family. */
export class TaskPlanQueue {
  #queue: { readonly plan: TaskPlan; left: number }[] = [];

  /** @throws Error that says what of the plan makes no sense. */
  add(plan: TaskPlan): void {
    const problem = isTaskPlan(plan);
    if (problem !== undefined) throw new Error(`The task plan ${problem}.`);
    this.#queue.push({ plan, left: plan.times === "always" ? Infinity : (plan.times ?? 1) });
  }

  clear(): void {
    this.#queue = [];
  }

  take(family: string): TaskPlan | undefined {
    const found = this.#queue.find(({ plan }) => plan.family === undefined || plan.family === family);
    if (found === undefined) return undefined;
    found.left -= 1;
    if (found.left === 0) this.#queue = this.#queue.filter((queued) => queued !== found);
    return found.plan;
  }
}
