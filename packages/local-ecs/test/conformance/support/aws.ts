import { ECSClient } from "@aws-sdk/client-ecs";
import type { Target } from "./target";

/**
 * Amazon ECS itself: region and credentials from the environment, subnets from CONFORMANCE_SUBNETS (comma-separated,
 * with a way to public registries). Starts a few Fargate tasks of a quarter vCPU.
 */
export function startAws(): Promise<Target> {
  const subnets = process.env.CONFORMANCE_SUBNETS?.split(",");
  if (subnets === undefined) throw new Error("TARGET=aws needs CONFORMANCE_SUBNETS.");
  const ecs = new ECSClient({});
  return Promise.resolve({
    ecs,
    fargate: {
      launchType: "FARGATE",
      networkConfiguration: { awsvpcConfiguration: { subnets, assignPublicIp: "ENABLED" } },
    },
    newMachine: () =>
      Promise.reject(new Error("AWS registers only real instances, which sign their document.")),
    close: () => {
      ecs.destroy();
      return Promise.resolve();
    },
  });
}
