import type { TaskDefinition } from "@aws-sdk/client-ecs";
import { EcsApiError } from "../../aws/ecs-gateway";
import { EcsTaskError } from "../../errors";
import { taskDefinitionName } from "../../aws/arn";
import { canonicalJson } from "../../text/canonical-json";
import type { TaskInputs } from "../../inputs/task-inputs";
import { PREVIEW_ANSWER_MS, PREVIEW_SILENCE_MS } from "../../time-limits";
import type { Connection } from "../connections";

/** What ECS said of a task definition, as far as it said anything. */
export interface Answer {
  readonly definition?: TaskDefinition;
  /** The region in which it was asked. */
  readonly region?: string;
  /** What speaks against a run and may be right by then. */
  readonly warning?: string;
}

const answers = new Map<string, Promise<Answer>>();

/** How long was waited in vain since the last answer, in milliseconds. */
let silentMs = 0;

/** Connects where ECS is asked. */
export type Connect = () => Promise<Pick<Connection, "ecs" | "region">>;

/**
 * What ECS says of a task definition, asked once in a process, and for three seconds at most: a preview must work without a
 * network, and without the permission to look.
 *
 * @param taskDefinition - `undefined`: only the region is asked for.
 * @param access - the inputs that say where ECS is asked, and as whom.
 */
export function answerAbout(
  taskDefinition: string | undefined,
  { region, endpoint, profile, assumeRole }: TaskInputs,
  connect: Connect,
): Promise<Answer> {
  const key = canonicalJson({ region, endpoint, profile, assumeRole, taskDefinition });
  const asked = answers.get(key) ?? ask(taskDefinition, connect);
  answers.set(key, asked);
  return asked;
}

async function ask(taskDefinition: string | undefined, connect: Connect): Promise<Answer> {
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
