import type { TaskDefinition } from "@aws-sdk/client-ecs";
import { checkDefinition } from "../../inputs/check/check-definition";
import { checkRegion } from "../../inputs/check/check-place";
import { asksForRun, diffInputs } from "../../inputs/diff-inputs";
import type { InputFailure } from "../../inputs/check/shape";
import { ACCESS_INPUTS } from "../../inputs/inputs-and-effects";
import type { TaskInputs } from "../../inputs/task-inputs";
import { containsUnknown } from "../../inputs/unknown";
import { warnOfDefinition } from "../../inputs/check/warn-of-definition";
import { answerAbout, type Connect } from "./definition-answers";

/** What a preview can say of a run besides what the inputs themselves say. */
export interface Findings {
  readonly failures: readonly InputFailure[];
  /** What may be right by the time of the update, or is nobody's mistake. */
  readonly warnings: readonly string[];
  /** The task definition, where it was asked for and answered. */
  readonly definition?: TaskDefinition;
}

/** Where ECS is asked. */
interface Destination {
  /** The region, when it is known without asking the AWS SDK. */
  readonly configured?: string | undefined;
  readonly connect: Connect;
}

const NOTHING: Findings = { failures: [], warnings: [] };

/**
 * What is wrong with inputs for the task definition they name and for the region in which ECS is asked, when these can
 * be known; otherwise nothing, and ECS says it later. A launch is judged where one may happen only: nobody launches a task of
 * a revision that was deregistered since, because a timeout changed. Asked only when something changed, so that an unchanged
 * stack costs no call.
 *
 * @param olds - the inputs that were checked before; none for a new resource.
 */
export async function preflight(
  olds: TaskInputs | undefined,
  news: TaskInputs,
  { configured, connect }: Destination,
): Promise<Findings> {
  const changes = olds && diffInputs(olds, news);
  if (changes?.length === 0) return NOTHING;
  if (ACCESS_INPUTS.some((name) => containsUnknown(news[name]))) return NOTHING;
  const taskDefinition = containsUnknown(news.taskDefinition) ? undefined : news.taskDefinition;
  const isEnough = taskDefinition === undefined && configured !== undefined;
  const answer = isEnough ? {} : await answerAbout(taskDefinition, news, connect);
  const { region: asking = configured, definition, warning } = answer;
  // An input `region` was compared with the ARNs before.
  const places =
    news.region === undefined && asking !== undefined
      ? checkRegion({ ...news }, asking, `the stack or the environment says ${asking}`)
      : [];
  const launches = changes === undefined || asksForRun(changes);
  return {
    failures: [...places, ...(definition ? checkDefinition(news, definition, launches) : [])],
    warnings: [
      ...(warning === undefined ? [] : [warning]),
      ...(definition ? warnOfDefinition(news, definition) : []),
    ],
    ...(definition ? { definition } : {}),
  };
}
