import { structure, text } from "../../server/shape";
import { operation } from "../operation";

/** For the agent. @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DiscoverPollEndpoint.html */
export const discoverPollEndpoint = operation({
  name: "DiscoverPollEndpoint",
  request: structure({ containerInstance: text(), cluster: text() }),
  handle(_request, context) {
    const endpoint = `${context.url()}/`;
    return { endpoint, telemetryEndpoint: endpoint, serviceConnectEndpoint: endpoint };
  },
});
