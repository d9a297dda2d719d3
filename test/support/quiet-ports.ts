import type { EcsGateway } from "../../src/aws/ecs-gateway";
import { Claims } from "../../src/run/launch/claims";
import type { RunPorts } from "../../src/run/ports/run-ports";
import type { Clock } from "../../src/aws/pace/clock";
import { TaskWatcher } from "../../src/run/follow/describe-watched-tasks";

/** What a run talks to: an ECS, a time and a chance of the test's own, no log lines, and nobody who listens. */
export function quietPorts(ecs: EcsGateway, clock: Clock, random: () => number, cluster = "prod"): RunPorts {
  const watcher = new TaskWatcher(cluster, { ecs, clock, random });
  const ports: RunPorts = {
    region: "eu-central-1",
    in: () => Promise.resolve(ports),
    ecs,
    logs: {
      lastLines: () => Promise.resolve([]),
      linesFrom: () => Promise.resolve({ lines: [], next: undefined }),
    },
    clock,
    random,
    watcher: () => watcher,
    startedBy: new Map(),
    claims: new Claims(),
    status: () => undefined,
    info: () => Promise.resolve(),
    warn: () => Promise.resolve(),
  };
  return ports;
}
