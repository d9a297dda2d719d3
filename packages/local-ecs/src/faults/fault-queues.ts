import { lastPart } from "../state/arn";
import type { Call } from "./describe-call";
import type { Fault, FaultMatch, FaultPlan } from "./fault-plan";
import { checkFaultPlan } from "./check-fault-plan";

interface Queued {
  readonly fault: Fault;
  left: number;
}

/** A fault that a call has met. It counts only once it is used. */
export interface MetFault {
  readonly fault: Fault;
  use(): void;
}

/** The faults that are still to come. */
export class FaultQueues {
  readonly #operations: ReadonlySet<string>;
  #queues = new Map<string, Queued[]>();

  /** @param operations - the operations that can have faults. */
  constructor(operations: ReadonlySet<string>) {
    this.#operations = operations;
  }

  /** Puts faults behind those that are there. @throws Error when the plan makes no sense; then nothing of it is added. */
  add(plan: FaultPlan): void {
    for (const [operation, faults] of Object.entries(checkFaultPlan(plan, this.#operations))) {
      const added = faults.map((fault) => ({
        fault,
        left: fault.times === "always" ? Infinity : (fault.times ?? 1),
      }));
      this.#queues.set(operation, [...(this.#queues.get(operation) ?? []), ...added]);
    }
  }

  /** @throws Error when the plan makes no sense; then the old one stays. */
  replace(plan: FaultPlan): void {
    checkFaultPlan(plan, this.#operations);
    this.clear();
    this.add(plan);
  }

  clear(): void {
    this.#queues = new Map();
  }

  /** What has not happened yet. */
  pending(): FaultPlan {
    const rest = [...this.#queues].map(([operation, queue]) => [
      operation,
      queue.map(({ fault, left }) => ({ ...fault, times: left === Infinity ? "always" : left })),
    ]);
    return Object.fromEntries(rest) as FaultPlan;
  }

  /** The next fault of this call, if there is one. */
  meet(call: Call): MetFault | undefined {
    const queue = this.#queues.get(call.operation) ?? [];
    const met = queue.find(({ fault }) => isMatch(fault.match ?? {}, call));
    if (met === undefined) return undefined;
    const use = (): void => {
      met.left -= 1;
      if (met.left > 0) return;
      const rest = (this.#queues.get(call.operation) ?? []).filter((queued) => queued !== met);
      if (rest.length > 0) this.#queues.set(call.operation, rest);
      else this.#queues.delete(call.operation);
    };
    return { fault: met.fault, use };
  }
}

function isMatch({ task, family, cluster, startedBy }: FaultMatch, call: Call): boolean {
  return (
    (task === undefined || call.tasks.some((named) => isSame(named, task))) &&
    (family === undefined || call.families.includes(family)) &&
    (cluster === undefined || isSame(call.cluster, cluster)) &&
    (startedBy === undefined || call.startedBy === startedBy)
  );
}

/** A name or id is the last part of its ARN. */
function isSame(one: string, other: string): boolean {
  return lastPart(one) === lastPart(other);
}
