import { TaskWatcher } from "../../src/watch/task-watcher";
import type { RunPorts } from "../../src/run/run-ports";
import type { EcsGateway } from "../../src/ecs/ecs-gateway";
import { ManualClock } from "./manual-clock";

/** What a run talks to, with time that moves by itself and nobody listening but the test. */
export function scriptedPorts(ecs: EcsGateway, cluster = "prod"): RunPorts & { readonly warnings: string[] } {
  const clock = new ManualClock();
  const random = () => 0.5;
  const warnings: string[] = [];
  const watcher = new TaskWatcher(ecs, cluster, clock, random);
  return {
    ecs,
    logs: {
      lastLines: () => Promise.resolve([]),
      linesFrom: () => Promise.resolve({ lines: [], next: undefined }),
    },
    clock,
    random,
    watcher: () => watcher,
    status: () => undefined,
    info: () => Promise.resolve(),
    warn: (text) => {
      warnings.push(text);
      return Promise.resolve();
    },
    warnings,
  };
}
