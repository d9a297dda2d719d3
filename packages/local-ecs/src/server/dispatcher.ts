import type { Failure } from "@aws-sdk/client-ecs";
import type { Clock } from "../time/clock";
import { errorAnswer, json, type Answer } from "./answer";
import { AwsError, awsErrorStatus } from "./aws-error";
import type { Operation } from "../operations/operation";
import type { OperationContext } from "../operations/operation-context";
import { describeCall, type Call } from "../faults/describe-call";
import type { Fault } from "../faults/fault-plan";
import type { Faults, MetFault } from "../faults/fault-queues";
import type { TokenBuckets } from "../faults/token-buckets";

export interface InterferenceOptions {
  readonly faults: Faults;
  /** Absent: calls are not limited. */
  readonly buckets: TokenBuckets | undefined;
  readonly context: OperationContext;
  readonly clock: Clock;
  /** Ends delays when the server is closed. */
  readonly signal: AbortSignal;
}

/** What the call does when nothing is in its way, or only failures that are imposed on it. */
type Act = (imposed?: Pick<OperationContext, "imposedFailures">) => Answer;

/** Calls operations, unless something is planned to be in the way. */
export class Interference {
  readonly #options: InterferenceOptions;

  constructor(options: InterferenceOptions) {
    this.#options = options;
  }

  async call(operation: Operation, request: unknown): Promise<Answer> {
    const { buckets, faults, context } = this.#options;
    if (buckets?.take(operation.name) === false)
      return errorAnswer(new AwsError("ThrottlingException", "Rate exceeded"));
    const act: Act = (imposed) => handle(operation, request, { ...context, ...imposed });
    const met = faults.meet(this.#describe(operation, request));
    return met === undefined ? act() : this.#interfere(met, act);
  }

  async #interfere(met: MetFault, act: Act): Promise<Answer> {
    const { clock, signal } = this.#options;
    const seen = { isUsed: false };
    function use(): void {
      seen.isUsed = true;
      met.use();
    }
    const answer = spoil({ ...met, use }, act);
    if (!seen.isUsed) return answer;
    const { delayMs = 0, pace } = met.fault;
    if (delayMs > 0) await clock.sleep(delayMs, signal);
    const slow = pace === undefined ? undefined : `sent by ${pace === "half" ? "half" : "drips"}`;
    const note = [answer.note, slow, "by fault plan"].filter(Boolean).join(", ");
    return { ...answer, note, ...(pace === undefined ? {} : { pace }) };
  }

  #describe(operation: Operation, request: unknown): Call {
    const { clusters, tasks } = this.#options.context;
    return describeCall(operation.name, request, (reference, task) => {
      const cluster = clusters.find(reference);
      return cluster && tasks.find(cluster, task)?.definition.family;
    });
  }
}

function handle(operation: Operation, request: unknown, context: OperationContext): Answer {
  try {
    return json(200, operation.handle(request, context));
  } catch (error) {
    return errorAnswer(error);
  }
}

function spoil(met: MetFault, act: Act): Answer {
  const { fault } = met;
  const { failures } = fault;
  if (failures !== undefined) return act({ imposedFailures: imposing(failures, met) });
  met.use();
  const isReplaced = fault.error !== undefined || fault.body !== undefined;
  const lost = fault.drop ?? fault.hang;
  const acts = lost === undefined ? !isReplaced || fault.acts === true : lost === "after";
  const answer = acts ? act() : undefined;
  return replacement(fault) ?? answer ?? { kind: "cut" };
}

/** The fault is used by a call that some of its failures concern. */
function imposing(failures: readonly Failure[], met: MetFault): OperationContext["imposedFailures"] {
  return (concerns) => {
    const concerned = failures.filter(concerns);
    if (concerned.length > 0) met.use();
    return concerned;
  };
}

function replacement({ drop, hang, error, message, body, status }: Fault): Answer | undefined {
  if (drop !== undefined) return { kind: "cut", note: `cut ${drop} it acted` };
  if (hang !== undefined) return { kind: "silence", note: `left without an answer ${hang} it acted` };
  if (body !== undefined) return { kind: "text", status: status ?? 200, text: body };
  if (error === undefined) return undefined;
  const known = Object.hasOwn(awsErrorStatus, error)
    ? awsErrorStatus[error as keyof typeof awsErrorStatus]
    : 400;
  return {
    kind: "json",
    status: status ?? known,
    body: { __type: error, message: message ?? "A fault plan of the local ECS asked for this error." },
    note: error,
  };
}
