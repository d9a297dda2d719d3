import type { Operation } from "../operations/operation";
import type { OperationContext } from "../operations/operation-context";
import { applyFault, type RunOperation } from "../faults/apply-fault";
import { describeCall, type Call } from "../faults/describe-call";
import type { FaultQueues, MetFault } from "../faults/fault-queues";
import type { TokenBuckets } from "../faults/token-buckets";
import type { Clock } from "../time/clock";
import { errorAnswer, json, type Answer } from "./answer";
import { AwsError } from "./aws-error";

export interface DispatcherOptions {
  readonly faults: FaultQueues;
  /** Absent: calls are not limited. */
  readonly buckets: TokenBuckets | undefined;
  readonly context: OperationContext;
  readonly clock: Clock;
  /** Ends delays when the server is closed. */
  readonly signal: AbortSignal;
}

/** Runs the operation that a client called, unless the call is throttled or meets a planned fault. */
export class Dispatcher {
  readonly #options: DispatcherOptions;

  constructor(options: DispatcherOptions) {
    this.#options = options;
  }

  async call(operation: Operation, request: unknown): Promise<Answer> {
    const { buckets, faults, context } = this.#options;
    if (buckets?.take(operation.name) === false)
      return errorAnswer(new AwsError("ThrottlingException", "Rate exceeded"));
    const run: RunOperation = (imposed) => runOperation(operation, request, { ...context, ...imposed });
    const met = faults.meet(this.#describe(operation, request));
    return met === undefined ? run() : this.#answerWithFault(met, run);
  }

  async #answerWithFault(met: MetFault, run: RunOperation): Promise<Answer> {
    const { clock, signal } = this.#options;
    const seen = { isUsed: false };
    function use(): void {
      seen.isUsed = true;
      met.use();
    }
    const answer = applyFault({ ...met, use }, run);
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

function runOperation(operation: Operation, request: unknown, context: OperationContext): Answer {
  try {
    return json(200, operation.handle(request, context));
  } catch (error) {
    return errorAnswer(error);
  }
}
