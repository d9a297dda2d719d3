import type { Attribute } from "@aws-sdk/client-ecs";
import { AwsError } from "../../server/aws-error";
import { list, required, structure, text } from "../../server/shape";
import {
  changedInstance,
  type ContainerInstanceRecord,
} from "../../state/container-instances/container-instances";
import { operation } from "../operation";
import { attribute, isCustom, shown, targetOf } from "./attribute-targets";

/** "You can specify up to 10 custom attributes for each resource." */
const MOST = 10;

/** @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_PutAttributes.html (read 2026-11) */
export const putAttributes = operation({
  name: "PutAttributes",
  request: structure({ cluster: text(), attributes: required(list(attribute, { max: MOST })) }),
  handle({ cluster: reference, attributes }, context) {
    const cluster = context.clusters.getActive(reference);
    const put = attributes.map(({ targetId, name, value }) => ({
      record: targetOf(context, cluster, targetId),
      given: value === undefined ? { name } : { name, value },
    }));
    const changed = new Map<ContainerInstanceRecord, Attribute[]>();
    for (const { record, given } of put) {
      const known = changed.get(record) ?? record.instance.attributes;
      changed.set(record, [...known.filter(({ name }) => name !== given.name), given]);
    }
    for (const [{ instance }, all] of changed)
      if (all.filter(isCustom).length > MOST)
        throw new AwsError(
          "AttributeLimitExceededException",
          `${instance.containerInstanceArn} may have at most ${MOST} custom attributes.`,
        );
    for (const [record, all] of changed)
      context.containerInstances.put(changedInstance(record, { attributes: all }));
    return { attributes: put.map(({ record, given }) => shown(given, record)) };
  },
});
