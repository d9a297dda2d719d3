import { launchTypeOf } from "../../state/clusters/launch-type";
import type { Launch, LaunchRule } from "./launch";
import { only } from "../rule";
import { api, deployed } from "../sources";

const ERROR = "InvalidParameterException";

export const launchNetworkRules: readonly LaunchRule[] = [
  {
    refused: "a network configuration without awsvpc",
    error: ERROR,
    message: ({ request: { networkConfiguration }, definition }) =>
      networkConfiguration?.awsvpcConfiguration !== undefined && definition.networkMode !== "awsvpc"
        ? "Network Configuration is not valid for the given networkMode of this task definition."
        : undefined,
    source: deployed("service-network-config-mode"),
  },
  ...only<Launch>(
    ({ definition }) => definition.networkMode === "awsvpc",
    [
      {
        refused: "awsvpc without a network configuration",
        error: ERROR,
        message: ({ request: { networkConfiguration } }) =>
          networkConfiguration?.awsvpcConfiguration === undefined
            ? "Network Configuration must be provided when networkMode 'awsvpc' is specified."
            : undefined,
        source: "https://github.com/getmoto/moto/blob/5.2.5/moto/ecs/models.py",
      },
      {
        refused: "awsvpc without subnets",
        error: ERROR,
        message: ({ request: { networkConfiguration } }) =>
          (networkConfiguration?.awsvpcConfiguration?.subnets ?? []).length === 0
            ? "subnets can not be empty."
            : undefined,
        source: "https://github.com/getmoto/moto/blob/5.2.5/moto/ecs/models.py",
      },
      {
        refused: "a public address on EC2",
        error: ERROR,
        message: ({ request, cluster }) =>
          request.networkConfiguration?.awsvpcConfiguration?.assignPublicIp === "ENABLED" &&
          launchTypeOf(request, cluster) === "EC2"
            ? "Assign public IP is not supported for this launch type."
            : undefined,
        source: `${api("AwsVpcConfiguration")}; its text is observed in several places`,
      },
    ],
  ),
];
