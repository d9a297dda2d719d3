import { parseArn, type Arn } from "../../aws/arn";
import type { InputFailure } from "./shape";
import { isGiven } from "../unknown";

type Inputs = Readonly<Record<string, unknown>>;

/**
 * What is wrong about the place of what the inputs name: ECS starts a task in the region and account of its cluster,
 * of a task definition and on container instances that are there too.
 */
export function checkPlace(inputs: Inputs): InputFailure[] {
  const [first, ...others] = arnsOf(inputs);
  if (first === undefined) return [];
  const differing = others.flatMap(({ property, arn }) =>
    PARTS.filter(([part]) => arn[part] !== first.arn[part])
      .slice(0, 1)
      .map(([part, what]) => ({
        property,
        reason: `is in ${what} ${arn[part]}, but ${first.property} is in ${first.arn[part]}; both must be in the same ${what}`,
      })),
  );
  if (!isGiven(inputs.region)) return differing;
  return [
    ...differing,
    ...checkRegion(inputs, String(inputs.region), `region is "${String(inputs.region)}"`),
  ];
}

/**
 * What is of another region than the one in which ECS is asked.
 *
 * @param why - which region that is, and who says so.
 */
export function checkRegion(inputs: Inputs, region: string, why: string): InputFailure[] {
  return arnsOf(inputs)
    .filter(({ arn }) => arn.region !== region)
    .map(({ property, arn }) => ({
      property,
      reason: `is in region ${arn.region}, but ${why}; set region: "${arn.region}", or use one that is in ${region}`,
    }));
}

const PARTS: readonly (readonly [part: keyof Arn, what: string])[] = [
  ["partition", "partition"],
  ["region", "region"],
  ["accountId", "account"],
];

interface NamedArn {
  readonly property: string;
  readonly arn: Arn;
}

/** The ARNs that the inputs name, as far as preview knows them. The cluster comes first: it is where a task runs. */
function arnsOf({ cluster, taskDefinition, containerInstances }: Inputs): NamedArn[] {
  const instances: readonly unknown[] = Array.isArray(containerInstances) ? containerInstances : [];
  const named: (readonly [property: string, value: unknown])[] = [
    ["cluster", cluster],
    ["taskDefinition", taskDefinition],
    ...instances.map((instance, index) => [`containerInstances[${index}]`, instance] as const),
  ];
  return named.flatMap(([property, value]) => {
    const arn = typeof value === "string" ? parseArn(value) : undefined;
    return arn?.region ? [{ property, arn }] : [];
  });
}
