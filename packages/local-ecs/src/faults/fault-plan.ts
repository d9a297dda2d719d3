import type { Failure } from "@aws-sdk/client-ecs";

/**
 * What goes wrong with one call. Exactly one of `drop`, `hang`, `error`, `body` and `failures` says how, or none of them,
 * where the answer is only late or slow.
 * @public
 */
export interface Fault {
  /**
   * Cuts the connection: `before`, the operation has done nothing; `after`, it has acted, and only its answer is
   * lost.
   */
  readonly drop?: "before" | "after";
  /**
   * Answers nothing, and leaves the connection open until the client or the local ECS closes it: `before`, the
   * operation has done nothing; `after`, it has acted.
   */
  readonly hang?: "before" | "after";
  /** Answers with this error, like `ThrottlingException`, and `message`. */
  readonly error?: string;
  /** @defaultValue says that a fault plan asked for it */
  readonly message?: string;
  /** Answers with this text as it is, like the HTML page of a proxy. */
  readonly body?: string;
  /**
   * HTTP status of `error` or `body`, 200 to 599.
   * @defaultValue for `error` its own where the API declares one, else 400; for `body` 200
   */
  readonly status?: number;
  /**
   * With `error` or `body`: the operation acts, and only its answer is replaced, as when a gateway gives up waiting.
   * @defaultValue false
   */
  readonly acts?: boolean;
  /**
   * What the operation puts into its `failures`, with HTTP status 200. RunTask starts one task less for each, and
   * repeats them for the same clientToken; StartTask starts none on the instance of that `arn`, none at all where it
   * has none; DescribeTasks does not find the task of that `arn`, any task where it has none. Refused for other
   * operations.
   */
  readonly failures?: readonly Failure[];
  /**
   * How long the answer, or the cut, is held back, in milliseconds of the local ECS's clock. What the operation does
   * is done before.
   */
  readonly delayMs?: number;
  /**
   * How the answer arrives, whatever is in it: `half`, its headers and the first half of its body, and then nothing, as
   * with `hang`; `drip`, a byte of its body each second of the local ECS's clock.
   * @defaultValue all at once
   */
  readonly pace?: "half" | "drip";
  /**
   * How many calls meet this fault before the next one of the queue: 1 or more, or `always`.
   * @defaultValue 1
   */
  readonly times?: number | "always";
  /** Only calls that are all of this meet the fault. */
  readonly match?: FaultMatch;
}

/** Which calls meet a fault: those that are all of this. @public */
export interface FaultMatch {
  /** ARN or id of a task that the call names. */
  readonly task?: string;
  /** Family of the task definition that the call names, or of a task that it names. */
  readonly family?: string;
  /** Name or ARN of the call's cluster. */
  readonly cluster?: string;
  /** The `startedBy` of the call. */
  readonly startedBy?: string;
}

/**
 * Faults by operation, each a queue: a call takes the first fault that it matches. Calls of the local ECS's own agent
 * (SubmitTaskStateChange) are calls like any other.
 * @example { RunTask: [{ drop: "after" }], DescribeTasks: [{ error: "ThrottlingException", times: 3 }] }
 * @public
 */
export type FaultPlan = Readonly<Record<string, readonly Fault[]>>;
