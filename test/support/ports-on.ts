import { SdkEcsGateway } from "../../src/ecs/sdk-ecs-gateway";
import type { RunPorts } from "../../src/run/run-ports";
import type { Lab } from "./lab";
import { scriptedPorts } from "./scripted-ports";

/** A local ECS over the real SDK, and time that moves by itself: what is waited for takes no time. */
export function portsOn({ local }: Lab): RunPorts {
  const credentials = { accessKeyId: "test", secretAccessKey: "test" };
  const ecs = new SdkEcsGateway({ region: local.region, ecsEndpoint: local.url, credentials });
  return scriptedPorts(ecs, "default");
}
