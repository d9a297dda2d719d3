import type { Attachment, Task, TaskOverride } from "@aws-sdk/client-ecs";
import type { RunTaskParameters } from "../../../src/inputs/run-task-request";
import type { TaskPlan } from "./task-plan";

/** The network interface of a task, which tells its subnet, and its volume. */
export function attachmentsOf(
  { networkConfiguration }: RunTaskParameters,
  { hasVolume = false }: TaskPlan,
): Attachment[] {
  const [subnet] = networkConfiguration?.awsvpcConfiguration?.subnets ?? [];
  const details = [{ name: "subnetId", value: subnet }];
  return [
    ...(subnet === undefined ? [] : [{ type: "ElasticNetworkInterface", status: "ATTACHED", details }]),
    ...(hasVolume ? [{ type: "AmazonElasticBlockStorage", status: "ATTACHED" }] : []),
  ];
}

/**
 * The overrides as DescribeTasks gives them back: an entry for each container, a list of accelerators that is empty,
 * and environment variables in another order.
 *
 * Source: recorded answers of AWS, e.g. the CLI's example of `describe-tasks`.
 */
export function echoOf(
  overrides: TaskOverride | undefined,
  containers: readonly string[],
): Task["overrides"] {
  const { containerOverrides = [], ...rest } = overrides ?? {};
  return {
    inferenceAcceleratorOverrides: [],
    ...rest,
    containerOverrides: containers.map((name) => {
      const { environment, ...own } = containerOverrides.find((each) => each.name === name) ?? { name };
      return environment ? { ...own, environment: [...environment].reverse() } : own;
    }),
  };
}
