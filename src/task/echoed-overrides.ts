import type { Task } from "@aws-sdk/client-ecs";
import type { TaskOverrides } from "./task-inputs";

/** The overrides of a task, which DescribeTasks gives in the API's form, with an entry for each container. */
export function overridesOf({ overrides }: Task): TaskOverrides | undefined {
  if (!overrides) return undefined;
  const { ephemeralStorage, ...rest } = overrides;
  const own = { ...rest, ephemeralStorage: ephemeralStorage && { sizeInGib: ephemeralStorage.sizeInGiB } };
  const isNothing = (value: unknown) => Array.isArray(value) && value.length === 0;
  return JSON.parse(
    JSON.stringify(own, (_key, value: unknown) => (isNothing(value) ? undefined : value)),
  ) as TaskOverrides;
}
