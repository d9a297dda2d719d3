import { integer, structure, text } from "../../server/shape";
import { operation } from "../operation";
import { page } from "../page";

/** The default page: "If this parameter isn't used, then ListServices returns up to 10 results". @see API_ListServices.html */
const DEFAULT_RESULTS = 10;

/** @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ListServices.html */
export const listServices = operation({
  name: "ListServices",
  request: structure({
    cluster: text(),
    launchType: text({ oneOf: ["EC2", "FARGATE", "EXTERNAL", "MANAGED_INSTANCES"] }),
    schedulingStrategy: text({ oneOf: ["REPLICA", "DAEMON"] }),
    resourceManagementType: text({ oneOf: ["CUSTOMER", "ECS"] }),
    maxResults: integer({ min: 1, max: 100 }),
    nextToken: text(),
  }),
  handle(request, { clusters, services }) {
    const { cluster, launchType, schedulingStrategy, resourceManagementType, ...paging } = request;
    const isAnySeeded = schedulingStrategy !== "DAEMON" && resourceManagementType !== "ECS";
    const arns = services
      .in(clusters.getActive(cluster))
      .filter((service) => isAnySeeded && (launchType === undefined || service.launchType === launchType))
      .map(({ serviceArn }) => serviceArn);
    const { items, nextToken } = page(arns, { maxResults: DEFAULT_RESULTS, ...paging });
    return { serviceArns: items, ...nextToken };
  },
});
