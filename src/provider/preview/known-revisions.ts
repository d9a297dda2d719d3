import { parseArn } from "../../aws/arn";
import type { KnownDefinition } from "../../inputs/definition/known-definition";
import { saltedFingerprint } from "../../text/salted-fingerprint";
import { whatRuns, type Fingerprint, type WhatRuns } from "../../inputs/definition/what-runs";
import { diffInputs } from "../../inputs/diff-inputs";
import { ACCESS_INPUTS } from "../../inputs/inputs-and-effects";
import type { TaskInputs } from "../../inputs/task-inputs";
import { containsUnknown } from "../../inputs/unknown";
import type { Revisions } from "../../run/preview-text";
import type { TaskState } from "../../run/task-state";
import { canonicalJson } from "../../text/canonical-json";
import { answerAbout, type Connect } from "./definition-answers";

/**
 * What can be known of the task definitions of the last run and of the next one, where another one is asked for: two
 * questions at most. Of one that the same update makes, the program says what it knows.
 */
export async function knownRevisions(
  recorded: TaskState,
  news: TaskInputs,
  { known, connect }: { readonly known: KnownDefinition | undefined; readonly connect: Connect },
): Promise<Revisions> {
  const isAsked = diffInputs(recorded, news).some(({ property }) => property === "taskDefinition");
  const { taskDefinition } = news;
  const isUnknown = containsUnknown(taskDefinition);
  if (!isAsked || (isUnknown && !known) || ACCESS_INPUTS.some((name) => containsUnknown(news[name])))
    return {};
  const fingerprint = isUnknown && known ? saltedFingerprint(known.salt) : canonicalJson;
  const described = async (name: string) => whatRunsBy(fingerprint, name, { news, connect });
  const [before, after] = await Promise.all([
    described(recorded.taskDefinitionArn ?? recorded.taskDefinition),
    isUnknown ? known?.runs : described(taskDefinition),
  ]);
  return { before, after };
}

/** Not of a revision of another region than that which is asked: ECS would not know it. */
async function whatRunsBy(
  fingerprint: Fingerprint,
  taskDefinition: string,
  { news, connect }: { readonly news: TaskInputs; readonly connect: Connect },
): Promise<WhatRuns | undefined> {
  const region = parseArn(taskDefinition)?.region;
  if (region !== undefined && news.region !== undefined && region !== news.region) return undefined;
  const { definition } = await answerAbout(taskDefinition, news, connect);
  return definition && whatRuns(definition, fingerprint);
}
