import type { RunPorts } from "../../src/run/ports/run-ports";
import type { EcsGateway } from "../../src/aws/ecs-gateway";
import { ManualClock } from "./manual-clock";
import { quietPorts } from "./quiet-ports";

/** What a run talks to, with time that moves by itself and nobody listening but the test. */
export function scriptedPorts(
  ecs: EcsGateway,
  cluster = "prod",
  clock = new ManualClock(),
): RunPorts & { readonly warnings: string[] } {
  const warnings: string[] = [];
  return {
    ...quietPorts(ecs, clock, () => 0.5, cluster),
    warn: (text) => {
      warnings.push(text);
      return Promise.resolve();
    },
    warnings,
  };
}
