import { invalidParameter } from "../../server/aws-error";
import { integer, required, structure, text } from "../../server/shape";
import { operation } from "../operation";
import { page } from "../page";
import { shown } from "./attribute-targets";

/** @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ListAttributes.html (read 2026-11) */
export const listAttributes = operation({
  name: "ListAttributes",
  request: structure({
    cluster: text(),
    targetType: required(text({ oneOf: ["container-instance"] }), "TargetType cannot be blank."),
    attributeName: text(),
    attributeValue: text(),
    maxResults: integer({ min: 1, max: 100 }),
    nextToken: text(),
  }),
  handle({ cluster: reference, attributeName, attributeValue, ...paging }, { clusters, containerInstances }) {
    // "You must also specify an attribute name to use this parameter."
    if (attributeValue !== undefined && attributeName === undefined)
      throw invalidParameter("An attributeName is required where an attributeValue is given.");
    const all = new Map(
      containerInstances.in(clusters.getActive(reference)).flatMap((record) =>
        record.instance.attributes
          .filter(({ name }) => attributeName === undefined || name === attributeName)
          .filter(({ value }) => attributeValue === undefined || value === attributeValue)
          .map((each) => [`${record.instance.containerInstanceArn} ${each.name ?? ""}`, shown(each, record)]),
      ),
    );
    const { items, nextToken } = page([...all.keys()], paging);
    return { attributes: items.map((item) => all.get(item)), ...nextToken };
  },
});
