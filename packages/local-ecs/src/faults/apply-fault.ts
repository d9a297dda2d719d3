import type { Failure } from "@aws-sdk/client-ecs";
import type { OperationContext } from "../operations/operation-context";
import type { Answer } from "../server/answer";
import { awsErrorStatus } from "../server/aws-error";
import type { Fault } from "./fault-plan";
import type { MetFault } from "./fault-queues";

/** Runs the operation, with failures that are imposed on it if there are some. */
export type RunOperation = (imposed?: Pick<OperationContext, "imposedFailures">) => Answer;

/** Runs the operation where the fault lets it act. @returns what the client gets. */
export function applyFault(met: MetFault, run: RunOperation): Answer {
  const { fault } = met;
  const { failures } = fault;
  if (failures !== undefined) return run({ imposedFailures: imposing(failures, met) });
  met.use();
  const isReplaced = fault.error !== undefined || fault.body !== undefined;
  const lost = fault.drop ?? fault.hang;
  const acts = lost === undefined ? !isReplaced || fault.acts === true : lost === "after";
  const answer = acts ? run() : undefined;
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
