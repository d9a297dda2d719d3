import type { RunPorts } from "../../src/run/run-ports";
import type { EcsGateway } from "../../src/ecs/ecs-gateway";
import { TaskWatcher } from "../../src/watch/task-watcher";
import { randomOf } from "../../test/simulation/random-of";
import { VirtualEcs } from "../../test/simulation/virtual-ecs";
import { ProcessClock, VirtualTime } from "../../test/simulation/virtual-time";

/** How long ECS takes to answer in virtual time, in milliseconds. */
export const ANSWER_MS = 50;

/** The simulated ECS of the crash tests, in virtual time: what takes minutes takes none, with the code that is shipped. */
export interface VirtualStage {
  readonly time: VirtualTime;
  readonly ecs: VirtualEcs;
  readonly ports: RunPorts;
  readonly random: () => number;
  /** When each call of a verb was made. */
  readonly calls: Record<keyof EcsGateway, number[]>;
}

export function virtualStage(seed: number): VirtualStage {
  const random = randomOf(seed);
  const time = new VirtualTime();
  const ecs = new VirtualEcs(time, random);
  const clock = new ProcessClock(time);
  const { gateway, calls } = counted(ecs, clock);
  const watcher = new TaskWatcher(gateway, "prod", clock, random);
  const ports: RunPorts = {
    ecs: gateway,
    logs: {
      lastLines: () => Promise.resolve([]),
      linesFrom: () => Promise.resolve({ lines: [], next: undefined }),
    },
    clock,
    random,
    watcher: () => watcher,
    status: () => undefined,
    info: () => Promise.resolve(),
    warn: () => Promise.resolve(),
  };
  return { time, ecs, ports, random, calls };
}

function counted(
  ecs: EcsGateway,
  clock: ProcessClock,
): { gateway: EcsGateway; calls: VirtualStage["calls"] } {
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
  const ask = async <T>(verb: keyof EcsGateway, send: () => Promise<T>): Promise<T> => {
    calls[verb].push(clock.nowMs());
    await clock.sleep(ANSWER_MS / 2);
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
  return { gateway, calls };
}
