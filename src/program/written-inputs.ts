import { types } from "node:util";
import { asset, isUnknown, Resource, type Input, type Output } from "@pulumi/pulumi";
import type { ArnInput, EcsTaskArgs } from "./ecs-task-args";
import { isLater, later } from "./later";
import { ACCESS_INPUTS, INPUTS } from "../inputs/inputs-and-effects";
import { refusedValue } from "../inputs/check/refused-value";

/**
 * The inputs as they are registered: a resource in the place of its ARN gives its ARN, and what Pulumi would lose on
 * its way to the provider says so itself, for check to refuse it with its path.
 */
export function writtenInputs(args: EcsTaskArgs): Record<string, unknown> {
  const inputs = Object.entries(args).map(([name, value]: [string, unknown]): [string, unknown] => {
    const meant = ARNS.has(name) ? arnOf(value as ArnInput) : value;
    const isComparedOnly = name === "triggers";
    return [
      name,
      asSent(meant, { isComparedOnly, isOptional: isComparedOnly || isOptional(name), around: [] }),
    ];
  });
  return Object.fromEntries(inputs);
}

const ARNS: ReadonlySet<string> = new Set(["taskDefinition", "cluster"]);

/**
 * Whether an Output of the input may turn out to have no value. `undefined` that stands in the program is a choice; one
 * that an Output turned out to be is a mistake: what runs, where it runs or what counts as success would be another than
 * the one that was written. Only what is done about the run has defaults that harm nobody.
 */
function isOptional(name: string): boolean {
  const input = Object.hasOwn(INPUTS, name) ? INPUTS[name as keyof typeof INPUTS] : undefined;
  return input?.effect === "update" && !ACCESS_INPUTS.some((each) => each === name);
}

/** The ARN that is meant: of a resource or anything else with an `arn`, however many Outputs and Promises are around it. */
function arnOf(value: ArnInput | undefined | null): Input<string> | undefined | null {
  if (isLater(value)) return later(value, (inner) => arnOf(inner as ArnInput)) as Output<string>;
  if (typeof value !== "object" || value === null) return value;
  if ("arn" in value) return arnOf(value.arn);
  if (!Resource.isInstance(value)) return value;
  const what = "taskDefinition" in value ? "its taskDefinition" : "one that has, or an ARN";
  return refusedValue(`is a resource (${className(value)}) that has no arn; pass ${what}`);
}

const NOTHING =
  "is given, but has no value: the Output it comes from is undefined (such as an output that another stack does not have). Correct it, or leave the input out";

interface Place {
  /** Whether a value serves only to be compared with that of the last run. */
  readonly isComparedOnly: boolean;
  /** Whether an Output may turn out to have no value. */
  readonly isOptional: boolean;
  /** The lists and objects around the value, to notice one that contains itself. */
  readonly around: readonly unknown[];
}

/** The value as it can be sent, with a reason in the place of each that cannot. Outputs stay Outputs. */
function asSent(value: unknown, place: Place): unknown {
  if (isLater(value)) return later(value, (inner) => asSent(inner ?? missing(place), place));
  const reason = whyNotSent(value) ?? (place.isComparedOnly ? whyNotCompared(value, place) : undefined);
  if (reason !== undefined) return refusedValue(reason);
  if (typeof value !== "object" || value === null || !isPlain(value)) return value;
  if (place.around.includes(value)) return refusedValue("contains itself; pass plain values");
  const inside = { ...place, around: [...place.around, value] };
  const member = (each: unknown) => asSent(each, inside);
  // By index: a list with holes has nothing to map there.
  if (Array.isArray(value)) return Array.from(value, member);
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, member(each)]));
}

/** What stands in the place of a value that an Output does not have. */
function missing({ isOptional }: Place): string | undefined {
  return isOptional ? undefined : refusedValue(NOTHING);
}

/** Why Pulumi would lose the value, or send something else. */
function whyNotSent(value: unknown): string | undefined {
  if (typeof value === "function") return "is a function; pass the value that it returns";
  if (typeof value === "symbol") return "is a symbol; pass a string";
  if (typeof value === "bigint") return "is a bigint; pass it as a string";
  if (typeof value !== "object" || value === null || isPlain(value) || isOfPulumi(value)) return undefined;
  return instanceReason(value);
}

function instanceReason(value: object): string {
  if (types.isDate(value)) return "is a Date; pass date.toISOString()";
  if (types.isMap(value)) return "is a Map; pass Object.fromEntries(map)";
  if (types.isSet(value)) return "is a Set; pass [...set]";
  if (ArrayBuffer.isView(value) || types.isAnyArrayBuffer(value)) return "is binary data; pass a hash of it";
  const name = className(value);
  const what = name === "Object" ? "an object with a prototype of its own" : `an instance of ${name}`;
  return `is ${what}; pass a string, a number, a list or a plain object`;
}

/** Why a value that arrives would never show that something changed. */
function whyNotCompared(value: unknown, { around }: Place): string | undefined {
  if (value === undefined && around.length > 0)
    return "is undefined, so it can never change; pass a value, or remove it";
  if (Resource.isInstance(value)) {
    const output = ["taskArn", "arn", "urn"].find((name) => name in value) ?? "urn";
    return `is a resource (${className(value)}), and its identity does not change; pass an output of it that does, such as its ${output}`;
  }
  if (isAsset(value)) return "is an asset or archive; pass a hash of its content";
  if (typeof value === "number" && !Number.isFinite(value)) return `is ${value}; pass a finite number`;
  return undefined;
}

/** A list, or an object of no class, also one of another realm, as those of test runners. */
function isPlain(value: object): boolean {
  if (Array.isArray(value)) return true;
  const prototype = Object.getPrototypeOf(value) as object | null;
  return (
    prototype === null || (Object.getPrototypeOf(prototype) === null && Object.hasOwn(prototype, "toString"))
  );
}

function isOfPulumi(value: unknown): boolean {
  return Resource.isInstance(value) || isAsset(value) || isUnknown(value);
}

function isAsset(value: unknown): boolean {
  return asset.Asset.isInstance(value) || asset.Archive.isInstance(value);
}

function className(value: object): string {
  const { constructor } = value as { constructor?: { name?: string } };
  return constructor?.name ?? "a class";
}
