import { isObject } from "../values/is-object";
import type { FaultPlan } from "./fault-plan";
import {
  isAnyText,
  isEither,
  isFlag,
  isListOf,
  isObjectOf,
  isOneOf,
  isText,
  isWholeNumber,
} from "./strict-object";

export const isTimes = isEither(isWholeNumber(1), isOneOf("always"));

const isFault = isObjectOf({
  drop: isOneOf("before", "after"),
  hang: isOneOf("before", "after"),
  error: isText,
  message: isText,
  body: isAnyText,
  status: isWholeNumber(200, 599),
  acts: isFlag,
  failures: isListOf(isObjectOf({ reason: isText, arn: isText, detail: isText }, "reason")),
  delayMs: isWholeNumber(0),
  pace: isOneOf("half", "drip"),
  times: isTimes,
  match: isObjectOf({ task: isText, family: isText, cluster: isText, startedBy: isText }),
});

const kinds = ["drop", "hang", "error", "body", "failures"] as const;

/** What may stand alone: the answer is the operation's own. */
const manners = ["delayMs", "pace"] as const;

const operationsWithFailures: readonly string[] = ["RunTask", "StartTask", "DescribeTasks"];

/**
 * Reads a plan that may have come as JSON.
 * @param operations - those that can have faults.
 * @throws Error that says what of it makes no sense: a fault that silently never happens would make a test worthless.
 */
export function checkFaultPlan(plan: unknown, operations: ReadonlySet<string>): FaultPlan {
  if (!isObject(plan))
    throw new Error('A fault plan is an object, like { "RunTask": [{ "drop": "after" }] }.');
  for (const [operation, faults] of Object.entries(plan)) {
    if (!operations.has(operation))
      throw new Error(
        `The fault plan names ${JSON.stringify(operation)}, which is no operation of the local ECS.`,
      );
    if (!Array.isArray(faults)) throw new Error(`The faults of ${operation} must be a list.`);
    faults.forEach((fault: unknown, index) => {
      const problem = isFault(fault) ?? contradiction(operation, fault as Readonly<Record<string, unknown>>);
      if (problem !== undefined) throw new Error(`Fault ${index + 1} of ${operation} ${problem}.`);
    });
  }
  return plan as FaultPlan;
}

function contradiction(operation: string, fault: Readonly<Record<string, unknown>>): string | undefined {
  const given = kinds.filter((kind) => fault[kind] !== undefined);
  if (given.length > 1) return `has ${given.join(" and ")}, which exclude each other`;
  if (given.length === 0 && manners.every((manner) => fault[manner] === undefined))
    return `needs one of ${[...kinds, ...manners].join(", ")}`;
  if (fault.hang !== undefined && fault.delayMs !== undefined)
    return "has delayMs, which makes no difference to hang";
  if (fault.pace !== undefined && (fault.drop !== undefined || fault.hang !== undefined || fault.body === ""))
    return "has pace, which belongs to an answer with a body";
  if (fault.failures !== undefined && !operationsWithFailures.includes(operation))
    return `has failures, which only ${operationsWithFailures.join(", ")} have here`;
  const isReplaced = fault.error !== undefined || fault.body !== undefined;
  if (!isReplaced && (fault.status !== undefined || fault.acts !== undefined))
    return "has status or acts, which belong to error and body";
  return fault.message !== undefined && fault.error === undefined
    ? "has a message, which belongs to error"
    : undefined;
}
