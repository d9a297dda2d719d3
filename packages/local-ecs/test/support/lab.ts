import { startLocalEcs, writeOciImage, type LocalEcsOptions } from "../../src/api/index";
import { startLabOn, type Lab } from "./lab-on";

export { hasStopped, isRunning, type Lab } from "./lab-on";

/** A lab on the local ECS of the sources. */
export function startLab(options?: LocalEcsOptions): Promise<Lab> {
  return startLabOn({ startLocalEcs, writeOciImage }, options);
}
