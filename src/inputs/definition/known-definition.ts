import { isPlainObject } from "../../text/canonical-json";
import { containsUnknown } from "../unknown";
import { taskRuns, type ContainerRuns, type WhatRuns } from "./what-runs";

/**
 * The input by which a program tells the provider what it knows of a task definition whose ARN is not known yet. check
 * takes it out again, so that it is recorded nowhere. A stack's output of the whole resource leaves names with `__` out.
 */
export const KNOWN_DEFINITION = "__definition";

/** What a program knows of a task definition. */
export interface KnownDefinition {
  /** Under which the fingerprints were made, at random. */
  readonly salt: string;
  readonly runs: WhatRuns;
}

/** Reads the input as it arrives: parts that preview does not know yet included, or nothing at all. */
export function readKnownDefinition(value: unknown): KnownDefinition | undefined {
  if (!isPlainObject(value)) return undefined;
  const { salt, containers, ...members } = value;
  if (typeof salt !== "string" || !isPlainObject(containers) || containsUnknown([salt, containers]))
    return undefined;
  const all = Object.entries(containers).map(([name, each]) => [name, containerOf(each)] as const);
  return { salt, runs: { containers: Object.fromEntries(all), ...taskRuns(members) } };
}

function containerOf(value: unknown): ContainerRuns {
  const { image, environment, secrets, ...others } = isPlainObject(value) ? value : {};
  return {
    ...onlyTexts(others),
    image: String(image),
    environment: onlyTexts(environment),
    secrets: onlyTexts(secrets),
  };
}

function onlyTexts(value: unknown): Record<string, string> {
  const members = isPlainObject(value) ? Object.entries(value) : [];
  return Object.fromEntries(
    members.filter((entry): entry is [string, string] => typeof entry[1] === "string"),
  );
}
