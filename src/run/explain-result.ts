import type { CauseCode } from "../errors";
import { expectationOf } from "../outcome/expectation";
import { reasonsText } from "../outcome/explain/group-reasons";
import { settle, type Deeds, type GaveUp, type Goal, type Verdict } from "../outcome/settle";
import { explainRun } from "../outcome/explain/explain-run";
import type { RunPorts } from "./ports/run-ports";
import { readDefinition } from "./read-definition";
import { failed, runState, type Failure, type RunFacts, type RunResult } from "./run-result";

/** What we did to a run and why, where its failure is our doing. */
export interface Cause extends Pick<Failure, "summary" | "remedy"> {
  readonly code: CauseCode;
  /** Where the tasks that we stopped had been seen before, and who waited for whom. */
  readonly lastSeen: string;
  /** The tasks that we stopped. */
  readonly taskArns: readonly string[];
}

/** What is asked of a run. */
export function goalOf({ order, essentialContainers, dependencies }: RunFacts): Goal {
  const { normal, wanted } = order;
  const expectation = { ...expectationOf(normal, essentialContainers), dependencies };
  return { waitFor: normal.waitFor, wanted, expectation };
}

/** What the tasks of a run have come to, as they were last seen. */
export function verdictOf(facts: RunFacts, gaveUp?: GaveUp, deeds: Deeds = {}): Verdict {
  const { tasks, shortfall } = facts;
  return settle(goalOf(facts), gaveUp ? { tasks, gaveUp } : { tasks }, { shortfall, ...deeds });
}

type Failed = Extract<Verdict, { phase: "FAILED" }>;

/** Why a run failed, in one line. What we did stands for how the tasks ended to which we did it. */
export function failureOf({ reasons, shortfall }: Failed, taskCount: number, cause?: Cause): string {
  const own = reasons.filter(({ taskArn }) => !cause?.taskArns.includes(taskArn));
  return [shortfall, cause && lowerFirst(cause.summary), reasonsText(own, taskCount)]
    .filter(Boolean)
    .join(", ");
}

/** What is known of a run that is over. */
interface EndedRun extends RunFacts {
  /** What led to its end when it was not the tasks' own doing, e.g. our stopping them after a timeout. */
  readonly cause?: Cause | undefined;
}

/** The report of a run that is settled or has failed, with an explanation of the failure. */
export async function reportEnd(
  ports: RunPorts,
  facts: EndedRun,
  verdict: Extract<Verdict, { phase: "SETTLED" | "FAILED" }>,
): Promise<RunResult> {
  if (verdict.phase === "SETTLED") return { state: runState(facts, verdict) };
  const inShort = failureOf(verdict, facts.tasks.length, facts.cause);
  return failed(facts, verdict, { inShort, ...(await explain(ports, facts, verdict)) });
}

/** The report of a run by what is known of it, where nothing was done about its tasks. */
export async function reportVerdict(ports: RunPorts, facts: RunFacts, verdict: Verdict): Promise<RunResult> {
  if (verdict.phase === "SETTLED") return reportEnd(ports, facts, verdict);
  if (verdict.phase === "FAILED") {
    // A record does not say where the containers write to.
    const definition = await readDefinition(ports, facts.tasks[0]?.taskDefinitionArn);
    return reportEnd(ports, { ...facts, definition }, verdict);
  }
  throw new Error(`a run that has ended was judged to be ${verdict.phase}`);
}

async function explain(
  ports: RunPorts,
  facts: EndedRun,
  { reasons: [first, ...others], shortfall }: Failed,
): Promise<Omit<Failure, "inShort">> {
  if (!first) return incomplete(shortfall);
  const { cause } = facts;
  const outcome = { kind: "FAILED", reasons: [first, ...others] } as const;
  const { diagnosis, logs } = await explainRun(ports, explained(facts), outcome);
  if (!cause) return { ...diagnosis, logs };
  const { code, remedy } = cause;
  const lastSeen = cause.lastSeen ? `, last seen ${cause.lastSeen}` : "";
  const summary = `${cause.summary}${lastSeen}; ${lowerFirst(diagnosis.summary)}`;
  return { ...diagnosis, logs, code, remedy, summary };
}

function incomplete(shortfall = ""): Omit<Failure, "inShort"> {
  return {
    code: "RUN_INCOMPLETE",
    summary: `The run is incomplete: ${shortfall}`,
    remedy:
      "see to it that there is room for all of them (capacity, quotas); then run `pulumi up` again: it starts all of them anew.",
  };
}

function explained({ order, tasks, definition }: RunFacts) {
  return { tasks, definition, showLogs: order.normal.showLogs };
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
