import type {
  Attribute,
  Failure,
  PlacementConstraint,
  PlacementStrategy,
  Resource,
} from "@aws-sdk/client-ecs";
import type { Matches } from "./cluster-query";
import { lackingResource, type Demand } from "./resources";

/** A container instance with what matters to a task that looks for a place. */
export interface Candidate {
  readonly containerInstanceArn: string;
  readonly agentConnected: boolean;
  readonly attributes: readonly Attribute[];
  readonly remaining: readonly Resource[];
  /** Of each task that is on it. */
  readonly taskGroups: readonly string[];
  /** What the instance says of itself to a cluster query. */
  readonly subject: Parameters<Matches>[0];
}

export interface Wish {
  readonly demand: Demand;
  readonly group: string;
  readonly requiredAttributes: readonly Attribute[];
  readonly constraints: readonly PlacementConstraint[];
  readonly strategies: readonly PlacementStrategy[];
  /** Reads a constraint's expression; it was checked before. */
  readonly parse: (expression: string) => Matches;
  /** A number of at least 0 and less than 1. */
  readonly random: () => number;
}

/** The place of one task, or for each instance why it is none. */
export function placeTask(
  candidates: readonly Candidate[],
  wish: Wish,
): { readonly place: Candidate } | { readonly failures: readonly Failure[] } {
  const judged = candidates.map((candidate) => ({ candidate, reason: obstacle(candidate, wish) }));
  const possible = judged.filter(({ reason }) => reason === undefined).map(({ candidate }) => candidate);
  const best = wish.strategies.reduce<readonly Candidate[]>(
    (left, strategy) => narrow(left, strategy, wish),
    possible,
  );
  const place = best[Math.floor(wish.random() * best.length)];
  return place === undefined
    ? { failures: judged.map(({ candidate, reason }) => ({ arn: candidate.containerInstanceArn, reason })) }
    : { place };
}

/**
 * Why the task cannot be on this instance.
 * AGENT, ATTRIBUTE, RESOURCE:*: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/api_failures_messages.html
 * (read 2026-11). The memberOf text: observed, amazon-ecs-agent#3044; RESOURCE:PORTS: observed by several users;
 * the one of distinctInstance is ours, after it.
 */
export function obstacle(
  candidate: Candidate,
  wish: Omit<Wish, "strategies" | "random">,
): string | undefined {
  const { agentConnected, attributes, remaining, taskGroups, subject } = candidate;
  if (!agentConnected) return "AGENT";
  if (wish.requiredAttributes.some(({ name }) => !attributes.some((each) => each.name === name)))
    return "ATTRIBUTE";
  for (const { type, expression = "" } of wish.constraints) {
    if (type === "memberOf" && !wish.parse(expression)(subject))
      return "MemberOf placement constraint unsatisfied.";
    if (type === "distinctInstance" && taskGroups.includes(wish.group))
      return "DistinctInstance placement constraint unsatisfied.";
  }
  const lacking = lackingResource(remaining, wish.demand);
  return lacking === undefined ? undefined : `RESOURCE:${lacking}`;
}

/**
 * The candidates that a strategy holds for equally good and better than the others. Strategies apply one after the other.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-placement-strategies.html (read 2026-11)
 */
function narrow(
  candidates: readonly Candidate[],
  strategy: PlacementStrategy,
  wish: Wish,
): readonly Candidate[] {
  if (strategy.type === "random") return candidates;
  const field = strategy.field ?? "";
  const weights = candidates.map((candidate) =>
    strategy.type === "binpack"
      ? left(candidate, field)
      : crowd(candidate, candidates, { field, group: wish.group }),
  );
  const least = Math.min(...weights);
  return candidates.filter((_candidate, index) => weights[index] === least);
}

function left({ remaining }: Candidate, field: string): number {
  return remaining.find(({ name }) => name === field.toUpperCase())?.integerValue ?? 0;
}

/** How many tasks of the group are on instances that have the same value of the field. */
function crowd(
  candidate: Candidate,
  all: readonly Candidate[],
  { field, group }: { readonly field: string; readonly group: string },
): number {
  const value = (each: Candidate): string =>
    /^(instanceId|host)$/i.test(field) ? each.containerInstanceArn : each.subject(field).join();
  return all
    .filter((each) => value(each) === value(candidate))
    .flatMap(({ taskGroups }) => taskGroups)
    .filter((each) => each === group).length;
}
