import { isPlainObject } from "../../text/canonical-json";
import type { InputFailure } from "./shape";
import { isGiven, isMissing } from "../unknown";

/**
 * Members of a requirement of a GPU or an accelerator that do not go together.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ResourceRequirement.html
 */
export function checkRequirements({ overrides }: Readonly<Record<string, unknown>>): InputFailure[] {
  const containers = isPlainObject(overrides) ? listOf(overrides.containerOverrides) : [];
  return containers.flatMap((container, index) =>
    listOf(isPlainObject(container) ? container.resourceRequirements : []).flatMap((requirement, at) =>
      (isPlainObject(requirement) ? wrongMembers(requirement) : []).map(({ property, reason }) => ({
        property: `overrides.containerOverrides[${index}].resourceRequirements[${at}].${property}`,
        reason,
      })),
    ),
  );
}

function wrongMembers({ type, value, sharingStrategy }: Record<string, unknown>): InputFailure[] {
  const rules: readonly (readonly [isWrong: boolean, property: string, reason: string])[] = [
    [
      type === "GPU" && isMissing(value) && isMissing(sharingStrategy),
      "value",
      'is required, such as "1"; or set sharingStrategy',
    ],
    [
      type === "GPU" && isGiven(value) && isGiven(sharingStrategy),
      "sharingStrategy",
      "cannot be used together with value; remove one of the two",
    ],
    [
      (type === "NeuronDevice" || type === "InferenceAccelerator") && isGiven(sharingStrategy),
      "sharingStrategy",
      `is for type "GPU" only, and this is "${String(type)}"; remove it`,
    ],
    [
      type === "NeuronDevice" && value !== "ALL" && (isGiven(value) || isMissing(value)),
      "value",
      `${isMissing(value) ? "is required" : `is ${JSON.stringify(value)}`}; must be "ALL" with type "NeuronDevice"`,
    ],
    [
      type === "InferenceAccelerator" && isMissing(value),
      "value",
      "is required: the deviceName of an accelerator in the task definition",
    ],
  ];
  return rules.filter(([isWrong]) => isWrong).map(([, property, reason]) => ({ property, reason }));
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
