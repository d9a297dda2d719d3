import type { LocalTasks } from "../control/local-tasks";
import type { FoundImage } from "../images/folders/oci-layouts";
import type { FaultPlan } from "../faults/fault-plan";
import type { SeedService } from "../control/seed-service";

/** The faults that are still to come. @public */
export interface LocalFaults {
  /** Puts faults behind those that are there. @throws Error that says what of the plan makes no sense. */
  add(plan: FaultPlan): void;
  /** Forgets all faults that are still to come. */
  clear(): void;
  /** What has not happened yet; a test that ends with `{}` knows that every fault was met. */
  pending(): FaultPlan;
}

/** A running local ECS. @public */
export interface LocalEcs {
  /** Endpoint of ECS and of CloudWatch Logs: `http://127.0.0.1:<port>`. */
  readonly url: string;
  /** The region it says it is. */
  readonly region: string;
  /** The account in its ARNs. */
  readonly accountId: string;
  /** What goes wrong with which calls. */
  readonly faults: LocalFaults;
  /** What you can do to tasks. */
  readonly tasks: LocalTasks;
  /** The local ECS's time: this machine's, and by how much it was moved. */
  now(): Date;
  /** The images in the folders and archives that it was started with. The log says which archives are none of images. */
  images(): Promise<readonly FoundImage[]>;
  /** Moves the local ECS's time forward by some milliseconds: what is remembered for an hour is then forgotten. */
  advanceClock(ms: number): void;
  /**
   * Puts a service into a cluster, which DescribeServices and ListServices show, and starts its tasks, as the service
   * scheduler would. There is no scheduler: a task that ends is not replaced.
   * @returns the service's ARN.
   * @throws Error when cluster or task definition are unknown, or the tasks cannot be started.
   */
  seedService(service: SeedService): string;
  /**
   * Connects a container instance's agent, or loses it: then RunTask and StartTask answer with the failure `AGENT`.
   * Tasks that run there go on.
   * @throws Error when there is no such container instance.
   */
  setAgentConnected(containerInstanceArn: string, isConnected: boolean): void;
  /**
   * Settles when it has been closed. Rejects when it had to close by itself, because a change could not be written to the
   * state folder; what was answered before is there at the next start.
   */
  readonly ended: Promise<void>;
  /** Ends every container, the server, and removes all files. May be called twice. */
  close(): Promise<void>;
  /** Closes it, for `await using`. */
  [Symbol.asyncDispose](): Promise<void>;
}
