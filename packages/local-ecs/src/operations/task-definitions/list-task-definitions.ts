import { integer, structure, text } from "../../server/shape";
import { operation } from "../operation";
import { page } from "../page";

/** @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ListTaskDefinitions.html */
export const listTaskDefinitions = operation({
  name: "ListTaskDefinitions",
  request: structure({
    familyPrefix: text(),
    status: text({ oneOf: ["ACTIVE", "INACTIVE", "DELETE_IN_PROGRESS"] }),
    sort: text({ oneOf: ["ASC", "DESC"] }),
    maxResults: integer({ min: 1, max: 100 }),
    nextToken: text(),
  }),
  handle({ familyPrefix, status = "ACTIVE", sort = "ASC", ...paging }, { taskDefinitions }) {
    // Despite its name, the prefix is "the full family name": API_ListTaskDefinitions.html.
    const arns = taskDefinitions
      .familyNames()
      .filter((family) => familyPrefix === undefined || family === familyPrefix)
      .flatMap((family) => taskDefinitions.revisionsOf(family))
      .filter(({ definition }) => definition.status === status)
      .map(({ definition }) => definition.taskDefinitionArn);
    const { items, nextToken } = page(sort === "ASC" ? arns : arns.reverse(), paging);
    return { taskDefinitionArns: items, ...nextToken };
  },
});
