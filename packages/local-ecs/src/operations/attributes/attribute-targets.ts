import type { Attribute } from "@aws-sdk/client-ecs";
import { AwsError } from "../../server/aws-error";
import { required, structure, text } from "../../server/shape";
import type { ClusterRecord } from "../../state/clusters/clusters";
import type { ContainerInstanceRecord } from "../../state/container-instances/container-instances";
import type { OperationContext } from "../operation-context";

/** An attribute of a request. @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Attribute.html (read 2026-11) */
export const attribute = structure({
  name: required(text({ max: 128, pattern: /^[\w./\\-]+$/ }), "Attribute name cannot be blank."),
  value: text({ max: 128, pattern: /^[\w.@:/\\-]([\w.@:/\\ -]*[\w.@:/\\-])?$/ }),
  targetType: text({ oneOf: ["container-instance"] }),
  targetId: required(text(), "Attribute targetId cannot be blank."),
});

/** A container instance that is registered, by its id or ARN. @throws TargetNotFoundException */
export function targetOf(
  { containerInstances }: OperationContext,
  cluster: ClusterRecord,
  targetId: string,
): ContainerInstanceRecord {
  const record = containerInstances.find(cluster, targetId);
  if (record && record.instance.status !== "INACTIVE") return record;
  throw new AwsError("TargetNotFoundException", `The referenced target ${targetId} was not found.`);
}

/** Whether somebody gave it: those of the agent and of ECS itself begin with `ecs.` or `com.amazonaws.`. */
export function isCustom({ name = "" }: Attribute): boolean {
  return !/^(ecs\.|com\.amazonaws\.)/.test(name);
}

/** An attribute as answers show it. */
export function shown({ name, value }: Attribute, { instance }: ContainerInstanceRecord): Attribute {
  return {
    name,
    ...(value === undefined ? {} : { value }),
    targetType: "container-instance",
    targetId: instance.containerInstanceArn,
  };
}
