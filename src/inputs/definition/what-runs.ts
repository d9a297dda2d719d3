import { isPlainObject } from "../../text/canonical-json";
import { containsUnknown, UNKNOWN } from "../unknown";

/**
 * What of a task definition a preview compares: what runs, and with what. What is never shown stands here as a
 * fingerprint: commands, and the values of variables and secrets.
 */
export interface WhatRuns {
  /** By name. */
  readonly containers: Readonly<Record<string, ContainerRuns>>;
  /** In CPU units; `undefined` where there is none, and {@link UNKNOWN} where preview does not know it. All of the task. */
  readonly cpu?: string | undefined;
  /** In MiB. */
  readonly memory?: string | undefined;
  readonly taskRoleArn?: string | undefined;
  readonly executionRoleArn?: string | undefined;
}

/** What of a container is compared. */
export interface ContainerRuns {
  readonly image: string;
  readonly command?: string | undefined;
  readonly entryPoint?: string | undefined;
  /** By name. */
  readonly environment: Readonly<Record<string, string>>;
  /** By name. */
  readonly secrets: Readonly<Record<string, string>>;
  readonly cpu?: string | undefined;
  readonly memory?: string | undefined;
  readonly memoryReservation?: string | undefined;
}

/** The sizes and roles of a task definition, in the order in which they are told. */
export const TASK_MEMBERS = ["cpu", "memory", "taskRoleArn", "executionRoleArn"] as const;

/** Makes of a value that is not shown a text by which it can be compared with another one. */
export type Fingerprint = (value: unknown) => string;

/**
 * Reduces a task definition, as ECS describes it or as a program knows it. Absent and ECS's own default are equal.
 *
 * @param definition - `containerDefinitions` may be JSON, as in `@pulumi/aws`.
 * @returns `undefined` when its containers cannot be read, or preview does not know them.
 */
export function whatRuns(definition: object, fingerprint: Fingerprint): WhatRuns | undefined {
  const members = definition as Readonly<Record<string, unknown>>;
  const containers = containersRun(members.containerDefinitions, fingerprint);
  return containers && { containers, ...taskRuns(members) };
}

/** The sizes and roles of a task definition. */
export function taskRuns({
  cpu,
  memory,
  taskRoleArn,
  executionRoleArn,
}: Readonly<Record<string, unknown>>): Omit<WhatRuns, "containers"> {
  return {
    cpu: units(cpu, "vcpu"),
    memory: units(memory, "gb"),
    taskRoleArn: textOf(taskRoleArn),
    executionRoleArn: textOf(executionRoleArn),
  };
}

/** @returns `undefined` when they cannot be read. */
export function containersRun(
  definitions: unknown,
  fingerprint: Fingerprint,
): WhatRuns["containers"] | undefined {
  const list = typeof definitions === "string" ? parsed(definitions) : definitions;
  if (!Array.isArray(list) || containsUnknown(list) || !list.every(isPlainObject)) return undefined;
  return Object.fromEntries(list.map((each) => [textOf(each.name) ?? "", containerRuns(each, fingerprint)]));
}

function containerRuns(
  {
    image,
    command,
    entryPoint,
    environment,
    secrets,
    cpu,
    memory,
    memoryReservation,
  }: Record<string, unknown>,
  fingerprint: Fingerprint,
): ContainerRuns {
  const words = (value: unknown) =>
    Array.isArray(value) && value.length > 0 ? fingerprint(value) : undefined;
  return {
    image: textOf(image) ?? "",
    command: words(command),
    entryPoint: words(entryPoint),
    environment: byName(environment, ({ value }) => fingerprint(value ?? "")),
    secrets: byName(secrets, ({ valueFrom }) => fingerprint(valueFrom ?? "")),
    cpu: sizeOf(cpu),
    memory: sizeOf(memory),
    memoryReservation: sizeOf(memoryReservation),
  };
}

function byName(list: unknown, read: (item: Record<string, unknown>) => string): Record<string, string> {
  const items = Array.isArray(list) ? list.filter(isPlainObject) : [];
  return Object.fromEntries(items.map((item) => [textOf(item.name) ?? "", read(item)]));
}

/** ECS shows a container without a size as one of 0. */
function sizeOf(value: unknown): string | undefined {
  const text = textOf(value);
  return text === "0" ? undefined : text;
}

/** ECS shows `1 vCPU` as `1024` and `2 GB` as `2048`. @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RegisterTaskDefinition.html */
function units(value: unknown, unit: "vcpu" | "gb"): string | undefined {
  const text = textOf(value);
  const [, amount] = /^([\d.]+) *(?:vcpu|gb)$/i.exec(text ?? "") ?? [];
  const isOfUnit = text?.toLowerCase().endsWith(unit) === true;
  return amount !== undefined && isOfUnit ? String(Number(amount) * 1024) : text;
}

function textOf(value: unknown): string | undefined {
  if (value === UNKNOWN) return UNKNOWN;
  if (typeof value === "number") return String(value);
  return typeof value === "string" && value !== "" ? value : undefined;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
