import { list, required, structure, text } from "../../server/shape";
import { changedInstance } from "../../state/container-instances/container-instances";
import { operation } from "../operation";
import { attribute, isCustom, shown, targetOf } from "./attribute-targets";

/**
 * Whether the value that is given has to be that of the attribute is not documented: "specify the attribute name and target
 * ID, but don't specify the value". It is not compared.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeleteAttributes.html (read 2026-11)
 */
export const deleteAttributes = operation({
  name: "DeleteAttributes",
  request: structure({ cluster: text(), attributes: required(list(attribute, { max: 10 })) }),
  handle({ cluster: reference, attributes }, context) {
    const cluster = context.clusters.getActive(reference);
    // All of them are looked for before anything is deleted.
    for (const { targetId } of attributes) targetOf(context, cluster, targetId);
    const deleted = attributes.flatMap(({ name, targetId }) => {
      const record = targetOf(context, cluster, targetId);
      const found = record.instance.attributes.find((each) => each.name === name && isCustom(each));
      if (found === undefined) return [];
      const rest = record.instance.attributes.filter((each) => each !== found);
      context.containerInstances.put(changedInstance(record, { attributes: rest }));
      return [shown(found, record)];
    });
    return { attributes: deleted };
  },
});
