import { RunError } from "@pulumi/pulumi";
import type { EcsTask } from "../../src/index";
import { provider } from "../../src/provider/provider";
import { UNKNOWN } from "../../src/inputs/unknown";
import { registered } from "./registered";

/** A task definition that preview does not know yet, so that ECS is not asked for it. */
export const NOT_KNOWN = "not-known-yet";

/** What a user reads who makes this resource: the constructor's error, or what `check` says of what was registered. */
export async function saidOf(make: () => EcsTask): Promise<string[]> {
  let name = "";
  let error: unknown;
  const resources = await registered(() => {
    try {
      const task = make();
      name = "migrate";
      return [task.urn];
    } catch (thrown) {
      error = thrown;
      return [];
    }
  });
  if (error instanceof RunError) return [error.message];
  if (error !== undefined) throw error instanceof Error ? error : new Error("it threw no error");
  const task = resources.find((resource) => resource.name === name);
  const inputs = { ...task?.inputs };
  if (inputs.taskDefinition === NOT_KNOWN) inputs.taskDefinition = UNKNOWN;
  const { failures } = await provider.check({}, inputs);
  return failures.map(({ reason }) => reason);
}
