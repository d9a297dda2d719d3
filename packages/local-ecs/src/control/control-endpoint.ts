import type { MovableClock } from "../time/clock";
import type { FaultPlan } from "../faults/fault-plan";
import type { FaultQueues } from "../faults/fault-queues";
import { isObject } from "../values/is-object";
import type { Interruption } from "../faults/task-plan";
import { json, type Answer } from "../server/answer";
import type { LocalTasks } from "./local-tasks";

export interface ControlParts {
  readonly faults: FaultQueues;
  readonly tasks: LocalTasks;
  readonly clock: MovableClock;
}

type Request = Readonly<Record<string, unknown>>;
/** What it returns is answered, if it is an object. */
type Action = (request: Request) => unknown;

/** What of a `LocalEcs` other processes may use, over HTTP: `METHOD /_local/…`, JSON both ways. */
export function controlEndpoint(
  parts: ControlParts,
): (method: string, path: string, request: unknown) => Answer {
  const actions = actionsOf(parts);
  return (method, path, request) => {
    const name = `${method} ${path}`;
    const action = Object.hasOwn(actions, name) ? actions[name] : undefined;
    if (action === undefined)
      return json(404, { message: `There is no ${name}; there are: ${Object.keys(actions).join(", ")}.` });
    if (!isObject(request)) return json(400, { message: "The request must be a JSON object." });
    try {
      const result = action(request);
      return json(200, isObject(result) ? result : {});
    } catch (error) {
      return json(400, { message: error instanceof Error ? error.message : String(error) });
    }
  };
}

function actionsOf({ faults, tasks, clock }: ControlParts): Readonly<Record<string, Action>> {
  const plan = (): object => faults.pending();
  const time = (): object => ({ now: new Date(clock.now()).toISOString() });
  return {
    "GET /_local/faults": plan,
    "PUT /_local/faults": (request) => {
      faults.replace(request as FaultPlan);
      return plan();
    },
    "POST /_local/faults": (request) => {
      faults.add(request as FaultPlan);
      return plan();
    },
    "DELETE /_local/faults": () => {
      faults.clear();
      return plan();
    },
    "GET /_local/clock": time,
    "POST /_local/clock": ({ advanceMs }) => {
      if (typeof advanceMs !== "number") throw new Error("advanceMs must be a number of milliseconds.");
      clock.advance(advanceMs);
      return time();
    },
    "POST /_local/tasks/plan": (request) => {
      tasks.plan(request);
    },
    "DELETE /_local/tasks/plan": () => {
      tasks.clearPlans();
    },
    "POST /_local/tasks/release": ({ task }) => {
      tasks.release(named(task));
    },
    "POST /_local/tasks/interrupt": ({ task, ...interruption }) => {
      tasks.interrupt(named(task), interruption as unknown as Interruption);
    },
    "POST /_local/tasks/hide": ({ task }) => {
      tasks.hide(named(task));
    },
    "POST /_local/tasks/show": ({ task }) => {
      tasks.show(named(task));
    },
  };
}

function named(task: unknown): string {
  if (typeof task !== "string") throw new Error("task must be the ARN or the id of a task.");
  return task;
}
