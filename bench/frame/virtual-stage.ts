import type { RunPorts } from "../../src/run/ports/run-ports";
import { EcsApiError, type EcsGateway } from "../../src/aws/ecs-gateway";
import { PacedEcsGateway } from "../../src/aws/pace/paced-ecs-gateway";
import { randomOf } from "../../test/simulation/random-of";
import { VirtualCloud } from "../../test/simulation/ecs/virtual-cloud";
import { ProcessClock, VirtualTime } from "../../test/simulation/virtual-time";
import { quietPorts } from "../../test/support/quiet-ports";

/** How long ECS takes to answer in virtual time, in milliseconds. */
export const ANSWER_MS = 50;

/** The simulated ECS of the crash tests, in virtual time: what takes minutes takes none, with the code that is shipped. */
export interface VirtualStage {
  readonly time: VirtualTime;
  readonly ecs: VirtualCloud;
  readonly ports: RunPorts;
  readonly random: () => number;
  /** When each call of an operation was made. */
  readonly calls: Record<keyof EcsGateway, number[]>;
  /** How many calls of an operation were refused because there were too many. */
  readonly throttled: ReadonlyMap<string, number>;
}

/** Whether a call may be made. */
interface Limit {
  take(operation: string): boolean;
}

const UNLIMITED: Limit = { take: () => true };

export function virtualStage(
  seed: number,
  limitWith: (clock: { now(): number; sleep: ProcessClock["sleep"] }) => Limit = () => UNLIMITED,
): VirtualStage {
  const random = randomOf(seed);
  const time = new VirtualTime();
  const ecs = new VirtualCloud(time, random);
  const clock = new ProcessClock(time);
  const limit = limitWith({ now: () => time.nowMs(), sleep: (ms, signal) => clock.sleep(ms, signal) });
  const { gateway: wire, calls, throttled } = counted(ecs.region("eu-central-1"), clock, limit);
  const gateway = new PacedEcsGateway(wire, clock);
  const ports = quietPorts(gateway, clock, random);
  return { time, ecs, ports, random, calls, throttled };
}

function counted(
  ecs: EcsGateway,
  clock: ProcessClock,
  limit: Limit,
): { gateway: EcsGateway; calls: VirtualStage["calls"]; throttled: Map<string, number> } {
  const throttled = new Map<string, number>();
  const calls: VirtualStage["calls"] = {
    runTask: [],
    startTask: [],
    listClusters: [],
    listTasks: [],
    describeTasks: [],
    stopTask: [],
    describeTaskDefinition: [],
    accountId: [],
  };
  const ask = async <T>(operation: keyof EcsGateway, send: () => Promise<T>): Promise<T> => {
    calls[operation].push(clock.nowMs());
    await clock.sleep(ANSWER_MS / 2);
    if (!limit.take(operation.charAt(0).toUpperCase() + operation.slice(1))) {
      throttled.set(operation, (throttled.get(operation) ?? 0) + 1);
      throw new EcsApiError({
        operation,
        kind: "throttled",
        code: "ThrottlingException",
        message: "Rate exceeded",
      });
    }
    const answer = await send();
    await clock.sleep(ANSWER_MS / 2);
    return answer;
  };
  const gateway: EcsGateway = {
    runTask: (...order) => ask("runTask", () => ecs.runTask(...order)),
    startTask: (...order) => ask("startTask", () => ecs.startTask(...order)),
    listClusters: () => ask("listClusters", () => ecs.listClusters()),
    listTasks: (...query) => ask("listTasks", () => ecs.listTasks(...query)),
    describeTasks: (...query) => ask("describeTasks", () => ecs.describeTasks(...query)),
    stopTask: (...order) => ask("stopTask", () => ecs.stopTask(...order)),
    describeTaskDefinition: (name) => ask("describeTaskDefinition", () => ecs.describeTaskDefinition(name)),
    accountId: (cluster) => ask("accountId", () => ecs.accountId(cluster)),
  };
  return { gateway, calls, throttled };
}
