import type { TaskDefinition } from "@aws-sdk/client-ecs";
import { canonicalJson } from "../task/canonical-json";
import { checkDefinition } from "../task/check-definition";
import { asksForRun, diffInputs } from "../task/diff-inputs";
import type { InputFailure } from "../task/shape";
import type { TaskInputs } from "../task/task-inputs";
import { containsUnknown } from "../task/unknown";
import { warnOfDefinition } from "../task/warn-of-definition";
import type { Connection } from "./connections";

/** How long an answer is waited for, in milliseconds: a preview without a network must not hang. */
const PATIENCE_MS = 3000;

/** How long all answers that do not come are waited for: a preview asks for one task definition after the other. */
const SILENCE_MS = 6000;

const definitions = new Map<string, Promise<TaskDefinition | undefined>>();

/** How long was waited in vain since the last answer, in milliseconds. */
let silentMs = 0;

/** What a task definition tells of the inputs for it. */
export interface Preflight {
  readonly failures: readonly InputFailure[];
  /** What may go wrong although nothing is wrong with the inputs. */
  readonly warnings: readonly string[];
}

const NOTHING: Preflight = { failures: [], warnings: [] };

/**
 * What is wrong with inputs for the task definition they name, when it can be read; otherwise nothing, and ECS
 * says it later. A launch is judged where one may happen only: nobody launches a task of a revision that was deregistered
 * since, because a timeout changed. Asked only when something changed, so that an unchanged stack costs no call.
 *
 * @param olds - the inputs that were checked before; none for a new resource.
 */
export async function preflight(
  olds: TaskInputs | undefined,
  news: TaskInputs,
  connect: () => Promise<Pick<Connection, "ecs">>,
): Promise<Preflight> {
  if (containsUnknown(news.taskDefinition)) return NOTHING;
  const changes = olds && diffInputs(olds, news);
  if (changes?.length === 0) return NOTHING;
  const { region, endpoint, profile, assumeRole, taskDefinition } = news;
  const key = canonicalJson({ region, endpoint, profile, assumeRole, taskDefinition });
  const asked = definitions.get(key) ?? ask(taskDefinition, connect);
  definitions.set(key, asked);
  const definition = await asked;
  if (!definition) return NOTHING;
  const launches = changes === undefined || asksForRun(changes);
  return {
    failures: checkDefinition(news, definition, launches),
    warnings: warnOfDefinition(news, definition),
  };
}

async function ask(
  taskDefinition: string,
  connect: () => Promise<Pick<Connection, "ecs">>,
): Promise<TaskDefinition | undefined> {
  const answer = connect()
    .then(({ ecs }) => ecs.describeTaskDefinition(taskDefinition))
    .then((definition) => {
      silentMs = 0;
      return definition;
    })
    .catch(() => undefined);
  const patienceMs = Math.max(0, Math.min(PATIENCE_MS, SILENCE_MS - silentMs));
  let timer: NodeJS.Timeout | undefined;
  const outOfPatience = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => {
      silentMs += patienceMs;
      resolve(undefined);
    }, patienceMs);
  });
  const definition = await Promise.race([answer, outOfPatience]);
  clearTimeout(timer);
  return definition;
}
