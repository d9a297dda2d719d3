import { integer, structure, text } from "../../server/shape";
import { operation } from "../operation";
import { candidatesIn } from "../../state/placement/candidates";
import { page } from "../page";
import { readQuery } from "../read-cluster-query";

/** @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ListContainerInstances.html */
export const listContainerInstances = operation({
  name: "ListContainerInstances",
  request: structure({
    cluster: text(),
    filter: text(),
    status: text({ oneOf: ["ACTIVE", "DRAINING", "REGISTERING", "DEREGISTERING", "REGISTRATION_FAILED"] }),
    maxResults: integer({ min: 1, max: 100 }),
    nextToken: text(),
  }),
  handle({ cluster: reference, filter, status, ...paging }, context) {
    const matches = filter === undefined ? () => true : readQuery(filter);
    const arns = candidatesIn(context.clusters.getActive(reference), context)
      .filter(({ subject }) => matches(subject))
      .map(({ containerInstanceArn }) => containerInstanceArn)
      .filter(
        (arn) => status === undefined || context.containerInstances.get(arn)?.instance.status === status,
      );
    const { items, nextToken } = page(arns, paging);
    return { containerInstanceArns: items, ...nextToken };
  },
});
