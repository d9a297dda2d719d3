import type { EcsGateway } from "../../aws/ecs-gateway";
import type { LogGateway } from "../../outcome/logs/log-gateway";
import type { Clock } from "../../aws/pace/clock";
import type { Watcher } from "../follow/describe-watched-tasks";
import type { Claims } from "../launch/claims";

/** What a run talks to. */
export interface RunPorts {
  /** The AWS region that `ecs`, `logs` and `watcher` talk to. */
  readonly region: string;
  /** The same for another region, where an earlier run may have left tasks; for the same region these ports. */
  readonly in: (region: string) => Promise<RunPorts>;
  readonly ecs: EcsGateway;
  readonly logs: LogGateway;
  readonly clock: Clock;
  /** From 0 to 1, for jitter. */
  readonly random: () => number;
  /** The one watcher of a cluster. */
  readonly watcher: (cluster: string) => Watcher;
  /**
   * Who started the tasks that were seen in listings, by ARN. It never changes, so that of the tasks of a family
   * each resource asks only for its own, and for those that nobody in this process has seen.
   */
  readonly startedBy: Map<string, string>;
  /** Which resource of this process each task belongs to. */
  readonly claims: Claims;
  /** Aborted when the user cancels: waiting ends, and the task goes on. Many wait for it: it must bear many listeners. */
  readonly signal?: AbortSignal;
  /** Shows a short text on the resource's line until the next one. */
  readonly status: (text: string) => void;
  /** Shows a text that stays. */
  readonly info: (text: string) => Promise<void>;
  readonly warn: (text: string) => Promise<void>;
}
