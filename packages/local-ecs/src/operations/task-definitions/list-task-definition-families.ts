import { integer, structure, text } from "../../server/shape";
import { operation } from "../operation";
import { page } from "../page";

/** @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ListTaskDefinitionFamilies.html */
export const listTaskDefinitionFamilies = operation({
  name: "ListTaskDefinitionFamilies",
  request: structure({
    familyPrefix: text(),
    status: text({ oneOf: ["ACTIVE", "INACTIVE", "ALL"] }),
    maxResults: integer({ min: 1, max: 100 }),
    nextToken: text(),
  }),
  handle({ familyPrefix = "", status = "ALL", ...paging }, { taskDefinitions }) {
    const families = taskDefinitions
      .familyNames()
      .filter((family) => family.startsWith(familyPrefix))
      .filter(
        (family) =>
          status === "ALL" || (status === "ACTIVE") === (taskDefinitions.find(family) !== undefined),
      );
    const { items, nextToken } = page(families, paging);
    return { families: items, ...nextToken };
  },
});
