import type { Failure } from "@aws-sdk/client-ecs";
import type { Clock } from "../clock";
import { errorAnswer, json, type Answer } from "../server/answer";
import { AwsError, awsErrorStatus } from "../server/aws-error";
import type { Backend, Verb } from "../server/verb";
import { describeCall, type Call } from "./call";
import type { Fault } from "./fault";
import type { Faults, MetFault } from "./faults";
import type { TokenBuckets } from "./token-buckets";

export interface InterferenceOptions {
  readonly faults: Faults;
  /** Absent: calls are not limited. */
  readonly buckets: TokenBuckets | undefined;
  readonly backend: Backend;
  readonly clock: Clock;
  /** Ends delays when the server is closed. */
  readonly signal: AbortSignal;
}

/** Calls verbs, unless something is planned to be in the way. */
export class Interference {
  private readonly options: InterferenceOptions;

  constructor(options: InterferenceOptions) {
    this.options = options;
  }

  async call(verb: Verb, request: unknown): Promise<Answer> {
    const { buckets, faults, backend, clock, signal } = this.options;
    if (buckets?.take(verb.name) === false)
      return errorAnswer(new AwsError("ThrottlingException", "Rate exceeded"));
    const met = faults.meet(this.describe(verb, request));
    if (met === undefined) return act(verb, request, backend);
    const seen = { isUsed: false };
    const use = (): void => {
      seen.isUsed = true;
      met.use();
    };
    const answer = spoil({ ...met, use }, verb, request, backend);
    if (!seen.isUsed) return answer;
    const { delayMs = 0, pace } = met.fault;
    if (delayMs > 0) await clock.sleep(delayMs, signal);
    const slow = pace === undefined ? undefined : `sent by ${pace === "half" ? "half" : "drips"}`;
    const note = [answer.note, slow, "by fault plan"].filter(Boolean).join(", ");
    return { ...answer, note, ...(pace === undefined ? {} : { pace }) };
  }

  private describe(verb: Verb, request: unknown): Call {
    const { clusters, tasks } = this.options.backend;
    return describeCall(verb.name, request, (reference, task) => {
      const cluster = clusters.find(reference);
      return cluster && tasks.find(cluster, task)?.definition.family;
    });
  }
}

function act(verb: Verb, request: unknown, backend: Backend): Answer {
  try {
    return json(200, verb.handle(request, backend));
  } catch (error) {
    return errorAnswer(error);
  }
}

function spoil(met: MetFault, verb: Verb, request: unknown, backend: Backend): Answer {
  const { fault } = met;
  const { failures } = fault;
  if (failures !== undefined) {
    const imposedFailures = (concerns: (failure: Failure) => boolean): readonly Failure[] => {
      const concerned = failures.filter(concerns);
      if (concerned.length > 0) met.use();
      return concerned;
    };
    return act(verb, request, { ...backend, imposedFailures });
  }
  met.use();
  const isReplaced = fault.error !== undefined || fault.body !== undefined;
  const lost = fault.drop ?? fault.hang;
  const acts = lost === undefined ? !isReplaced || fault.acts === true : lost === "after";
  const answer = acts ? act(verb, request, backend) : undefined;
  return replacement(fault) ?? answer ?? { kind: "cut" };
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
