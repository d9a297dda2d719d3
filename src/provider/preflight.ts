import type { TaskDefinition } from "@aws-sdk/client-ecs";
import { EcsApiError } from "../aws/ecs-gateway";
import { EcsTaskError } from "../errors";
import { taskDefinitionName } from "../aws/arn";
import { canonicalJson } from "../text/canonical-json";
import { checkDefinition } from "../inputs/check/check-definition";
import { checkRegion } from "../inputs/check/check-place";
import { asksForRun, diffInputs } from "../inputs/diff-inputs";
import type { InputFailure } from "../inputs/check/shape";
import { ACCESS_INPUTS } from "../inputs/inputs-and-effects";
import type { TaskInputs } from "../inputs/task-inputs";
import { containsUnknown } from "../inputs/unknown";
import { warnOfDefinition } from "../inputs/check/warn-of-definition";
import { PREVIEW_ANSWER_MS, PREVIEW_SILENCE_MS } from "../time-limits";
import type { Connection } from "./connections";

/** What ECS said of a task definition, as far as it said anything. */
interface Answer {
  readonly definition?: TaskDefinition;
  /** The region in which it was asked. */
  readonly region?: string;
  /** What speaks against a run and may be right by then. */
  readonly warning?: string;
}

const answers = new Map<string, Promise<Answer>>();

/** How long was waited in vain since the last answer, in milliseconds. */
let silentMs = 0;

/** What a preview can say of a run besides what the inputs themselves say. */
export interface Findings {
  readonly failures: readonly InputFailure[];
  /** What may be right by the time of the update, or is nobody's mistake. */
  readonly warnings: readonly string[];
}

/** Where ECS is asked. */
interface Destination {
  /** The region, when it is known without asking the AWS SDK. */
  readonly configured?: string | undefined;
  readonly connect: () => Promise<Pick<Connection, "ecs" | "region">>;
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
  const { region, endpoint, profile, assumeRole } = news;
  const taskDefinition = containsUnknown(news.taskDefinition) ? undefined : news.taskDefinition;
  const key = canonicalJson({ region, endpoint, profile, assumeRole, taskDefinition });
  const isEnough = taskDefinition === undefined && configured !== undefined;
  const asked = answers.get(key) ?? (isEnough ? Promise.resolve<Answer>({}) : ask(taskDefinition, connect));
  answers.set(key, asked);
  const { region: asking = configured, definition, warning } = await asked;
  // An input `region` was compared with the ARNs before.
  const places =
    region === undefined && asking !== undefined
      ? checkRegion({ ...news }, asking, `the stack or the environment says ${asking}`)
      : [];
  const launches = changes === undefined || asksForRun(changes);
  return {
    failures: [...places, ...(definition ? checkDefinition(news, definition, launches) : [])],
    warnings: [
      ...(warning === undefined ? [] : [warning]),
      ...(definition ? warnOfDefinition(news, definition) : []),
    ],
  };
}

async function ask(taskDefinition: string | undefined, connect: Destination["connect"]): Promise<Answer> {
  let region: string | undefined;
  const answer = connect()
    .then((connection) => {
      ({ region } = connection);
      return taskDefinition === undefined ? undefined : connection.ecs.describeTaskDefinition(taskDefinition);
    })
    .then((definition): Answer => {
      silentMs = 0;
      return definition === undefined ? {} : { definition };
    })
    .catch((error: unknown): Answer => warningOf(error, taskDefinition, region));
  const patienceMs = Math.max(0, Math.min(PREVIEW_ANSWER_MS, PREVIEW_SILENCE_MS - silentMs));
  let timer: NodeJS.Timeout | undefined;
  const outOfPatience = new Promise<Answer>((resolve) => {
    timer = setTimeout(() => {
      silentMs += patienceMs;
      resolve({});
    }, patienceMs);
  });
  const first = await Promise.race([answer, outOfPatience]);
  clearTimeout(timer);
  return region === undefined ? first : { ...first, region };
}

/** "ClientException: Unable to describe task definition." Observed with ECS; only ECS's own word counts. */
const NO_SUCH_DEFINITION = /Unable to describe task definition/i;

function warningOf(error: unknown, taskDefinition = "", region = "this region"): Answer {
  if (error instanceof EcsTaskError && error.code === "NO_REGION") return { warning: error.message };
  if (error instanceof EcsApiError && error.kind === "rejected" && NO_SUCH_DEFINITION.test(error.message)) {
    const name = taskDefinitionName(taskDefinition);
    return {
      warning: `ECS has no task definition ${name} in ${region}. Unless it is registered before the update, no task can run. Check its name and the region, or pass the aws.ecs.TaskDefinition itself.`,
    };
  }
  return {};
}
