import { startLocalEcs, writeOciImage, type LocalEcsOptions } from "local-ecs";
import { startLabOn, type Lab } from "../../packages/local-ecs/test/support/lab-on";

export { hasStopped, isRunning, type Lab } from "../../packages/local-ecs/test/support/lab-on";

/** A lab on the local ECS as it is built. */
export function startLab(options?: LocalEcsOptions): Promise<Lab> {
  return startLabOn({ startLocalEcs, writeOciImage }, options);
}
