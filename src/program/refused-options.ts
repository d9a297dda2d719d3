import { RunError, type CustomResourceOptions, type ProviderResource } from "@pulumi/pulumi";
import { ACCESS_INPUTS } from "../inputs/inputs-and-effects";
import type { EcsTaskArgs } from "./ecs-task-args";
import { isLater } from "./later";

/** @throws RunError for what no arguments are, as JavaScript lets them be. */
export function refuseArguments(name: string, args: unknown): void {
  const what = whatInstead(args);
  if (what === undefined) return;
  throw new RunError(
    `EcsTask "${name}" was given ${what} as its arguments. Pass an object that has at least a task definition: new EcsTask("${name}", { taskDefinition }).`,
  );
}

function whatInstead(args: unknown): string | undefined {
  if (args === undefined || args === null) return "nothing";
  if (isLater(args)) return "an Output or a Promise";
  if (Array.isArray(args)) return "a list";
  return typeof args === "object" ? undefined : `a ${typeof args}`;
}

/**
 * Refuses options that do something else than they seem to: the engine asks an explicit provider for a resource that
 * it does not know, and ignores one of a parent, so that a migration would run in another region or account.
 *
 * @throws RunError that says what to write instead.
 */
export function refuseOptions(name: string, args: EcsTaskArgs, opts: CustomResourceOptions): void {
  const { import: imported, provider, parent } = opts;
  if (imported !== undefined) {
    throw new RunError(
      `EcsTask "${name}" cannot be imported: its task would have run already. Remove the option "import". To read a task that ran, use EcsTask.get("${name}", taskArn).`,
    );
  }
  const instead = `It runs in Pulumi's own provider for dynamic resources. Say where by its inputs region, profile or assumeRole: new EcsTask("${name}", { region: "eu-central-1", … })`;
  for (const [option, value] of [
    ["provider", provider],
    ["providers", (opts as { providers?: unknown }).providers],
  ] as const) {
    if (!isEmpty(value)) {
      throw new RunError(
        `EcsTask "${name}" cannot use the option "${option}". ${instead}, and remove the option.`,
      );
    }
  }
  const inherited: ProviderResource | undefined = parent?.getProvider("aws:index:Provider");
  if (inherited === undefined || ACCESS_INPUTS.some((name) => !isEmpty(args[name]))) return;
  throw new RunError(
    `EcsTask "${name}" cannot use the explicit AWS provider of its parent, and would run in the region and account of the stack. ${instead}.`,
  );
}

/** The options as they are passed on. Empty `providers`, which components pass down, Pulumi refuses for a resource like this one. */
export function ownOptions(opts: CustomResourceOptions): CustomResourceOptions {
  const own = { ...opts } as CustomResourceOptions & { providers?: unknown };
  delete own.providers;
  // A replacement (`--replace`, a taint) must not run beside the task it replaces. Not by `mergeOptions`, which drops the
  // hook onError before @pulumi/pulumi 3.245.
  return { ...own, deleteBeforeReplace: own.deleteBeforeReplace ?? true };
}

function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null) return true;
  if (typeof value !== "object" || isLater(value)) return false;
  return Object.keys(value).length === 0;
}
