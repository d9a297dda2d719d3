import { integer, structure, text } from "../../server/shape";
import { operation } from "../operation";
import { page } from "../page";

/** @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ListClusters.html */
export const listClusters = operation({
  name: "ListClusters",
  request: structure({ maxResults: integer({ min: 1, max: 100 }), nextToken: text() }),
  handle(request, { clusters }) {
    const { items, nextToken } = page(
      clusters.active().map(({ clusterArn }) => clusterArn),
      request,
    );
    return { clusterArns: items, ...nextToken };
  },
});
