import { output, Output } from "@pulumi/pulumi";
import { containersRun, TASK_MEMBERS } from "../inputs/definition/what-runs";
import { UNKNOWN } from "../inputs/unknown";
import { newSalt, saltedFingerprint } from "../text/salted-fingerprint";
import { isLater, later } from "./later";

/** What an `aws.ecs.TaskDefinition` has of what is compared. */
type Definition = Readonly<Partial<Record<"containerDefinitions" | (typeof TASK_MEMBERS)[number], unknown>>>;

/**
 * What the program knows of a task definition, as the input `__definition`: while a preview does not know the ARN of a
 * revision that the same update makes, it often knows what is inside. Each part is known or not by itself. Values of
 * variables, commands and secrets leave the program as fingerprints only.
 *
 * @param taskDefinition - the input: a resource or object with `containerDefinitions`, or the `arn` of such a resource.
 * @returns nothing that can be waited for when it is something else.
 */
export function knownDefinition(taskDefinition: unknown): unknown {
  const definition = definitionOf(taskDefinition);
  if (isLater(definition)) return later(definition, (found) => known(found as Definition | undefined));
  return known(definition as Definition | undefined);
}

function definitionOf(value: unknown): unknown {
  if (hasContainers(value)) return value;
  if (!isLater(value)) return undefined;
  const inside = later(value, (inner) => definitionOf(inner));
  const resources = Output.isInstance(value) ? (value as OfResources).resources?.() : undefined;
  if (resources === undefined) return inside;
  // Not by `apply`, which does not reach an ARN that is not known.
  return later(
    resources,
    (all) => [...(all as ReadonlySet<object>)].find((each) => isArnOf(value, each)) ?? inside,
  );
}

/** Which resources an Output comes from: in every release of `@pulumi/pulumi`, and not among its types. */
interface OfResources {
  readonly resources?: () => Promise<ReadonlySet<object>>;
}

/** With its revision: `arn` in `@pulumi/aws`, `taskDefinitionArn` in `@pulumi/aws-native`. Another one may not change with what is inside. */
function isArnOf(value: unknown, resource: object): boolean {
  const { arn, taskDefinitionArn } = resource as {
    readonly arn?: unknown;
    readonly taskDefinitionArn?: unknown;
  };
  return hasContainers(resource) && (arn === value || taskDefinitionArn === value);
}

function hasContainers(value: unknown): value is Definition {
  return typeof value === "object" && value !== null && !isLater(value) && "containerDefinitions" in value;
}

function known(definition: Definition | undefined): unknown {
  if (definition === undefined) return undefined;
  const salt = newSalt();
  const { containerDefinitions } = definition;
  // A resource has all members; of an object that is made by hand, what it leaves out is not known.
  const members = TASK_MEMBERS.map((name) => [name, name in definition ? definition[name] : UNKNOWN]);
  const containers = (output(containerDefinitions) as Output<unknown>).apply((list) =>
    containersRun(list, saltedFingerprint(salt)),
  );
  return { salt, containers, ...Object.fromEntries(members) };
}
