import type { EcsGateway } from "../../src/aws/ecs-gateway";
import { SdkEcsGateway } from "../../src/aws/sdk-ecs-gateway";
import type { RunPorts } from "../../src/run/ports/run-ports";
import type { Lab } from "./lab";
import { ManualClock } from "./manual-clock";
import { scriptedPorts } from "./scripted-ports";

/** A local ECS over the real SDK, and time that moves by itself while no call is on its way: waiting takes no time. */
export function portsOn({ local }: Lab): RunPorts {
  const credentials = { accessKeyId: "test", secretAccessKey: "test" };
  const ecs = new SdkEcsGateway({ region: local.region, ecsEndpoint: local.url, credentials });
  const clock = new ManualClock();
  const waits = <Call extends unknown[], T>(call: (...all: Call) => Promise<T>) => {
    return (...all: Call): Promise<T> => clock.during(call(...all));
  };
  const gateway: EcsGateway = {
    runTask: waits((...all) => ecs.runTask(...all)),
    startTask: waits((...all) => ecs.startTask(...all)),
    listClusters: waits((...all) => ecs.listClusters(...all)),
    listTasks: waits((...all) => ecs.listTasks(...all)),
    describeTasks: waits((...all) => ecs.describeTasks(...all)),
    stopTask: waits((...all) => ecs.stopTask(...all)),
    describeTaskDefinition: waits((...all) => ecs.describeTaskDefinition(...all)),
    accountId: waits((...all) => ecs.accountId(...all)),
  };
  return scriptedPorts(gateway, "default", clock);
}
