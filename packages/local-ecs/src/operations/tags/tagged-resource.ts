import type { Tag } from "@aws-sdk/client-ecs";
import { AwsError, invalidParameter } from "../../server/aws-error";
import type { OperationContext } from "../operation-context";
import { resourceOf } from "../../state/arn";
import { isStopped } from "../../state/tasks/task-record";

/** Something that has an ARN and tags. */
export interface TaggedResource {
  readonly tags: readonly Tag[];
  retag(tags: readonly Tag[]): void;
}

/**
 * Finds what the tag operations work on.
 * @throws InvalidParameterException when this is no ARN of something with tags, or the task has stopped (that text is
 * what users report); else the error that the caller gives for what is unknown.
 */
export function taggedResource(
  arn: string,
  context: OperationContext,
  unknown: "ResourceNotFoundException" | "InvalidParameterException",
): TaggedResource {
  const kind = resourceOf(arn)?.split("/")[0] ?? "";
  const find = Object.hasOwn(finders, kind) ? finders[kind] : undefined;
  if (find === undefined) throw invalidParameter("The ARN is not valid: it names nothing that has tags.");
  const found = find(arn, context);
  if (found === undefined) throw new AwsError(unknown, "The specified resource was not found.");
  return found;
}

const finders: Readonly<
  Record<string, (arn: string, context: OperationContext) => TaggedResource | undefined>
> = {
  task(arn, { tasks }) {
    const record = tasks.get(arn);
    if (record === undefined) return undefined;
    if (isStopped(record))
      throw invalidParameter("The specified task is stopped. Specify a running task and try again.");
    return { tags: record.tags, retag: (tags) => tasks.put({ ...record, tags }) };
  },
  "task-definition"(arn, { taskDefinitions }) {
    const record = taskDefinitions.find(arn);
    if (record === undefined) return undefined;
    return { tags: record.tags, retag: (tags) => taskDefinitions.replace({ ...record, tags }) };
  },
  cluster(arn, { clusters }) {
    const record = clusters.find(arn);
    if (record === undefined) return undefined;
    const { settings } = record;
    return {
      tags: settings.tags ?? [],
      retag: (tags) => clusters.put({ ...record, settings: { ...settings, tags: [...tags] } }),
    };
  },
  "container-instance"(arn, { containerInstances }) {
    const record = containerInstances.get(arn);
    if (record === undefined) return undefined;
    return { tags: record.tags, retag: (tags) => containerInstances.put({ ...record, tags }) };
  },
  service(arn, { services }) {
    const record = services.get(arn);
    if (record === undefined) return undefined;
    return { tags: record.tags, retag: (tags) => services.put({ ...record, tags }) };
  },
};
