import type { Failure } from "@aws-sdk/client-ecs";
import type { ContainerInstances } from "../state/container-instances/container-instances";
import type { Clusters } from "../state/clusters/clusters";
import type { ClientTokens } from "../state/tasks/client-tokens";
import type { Services } from "../state/services/services";
import type { TaskDefinitions } from "../state/task-definitions/task-definitions";
import type { TaskLifecycle } from "../state/tasks/task-lifecycle";
import type { Visibility } from "../state/tasks/visibility";
import type { Tasks } from "../state/tasks/tasks";
import type { LogStore } from "../logs/log-store";
import type { Account } from "../state/arn";
import type { Clock } from "../time/clock";

/** What an operation can read and change, besides its request. */
export interface OperationContext {
  readonly account: Account;
  readonly clock: Clock;
  readonly clusters: Clusters;
  readonly containerInstances: ContainerInstances;
  readonly services: Services;
  /** Whether a new cluster has this machine as container instance. */
  readonly hasDefaultInstance: boolean;
  readonly taskDefinitions: TaskDefinitions;
  readonly tasks: Tasks;
  readonly clientTokens: ClientTokens;
  readonly lifecycle: TaskLifecycle;
  readonly logs: LogStore;
  readonly visibility: Visibility;
  /**
   * What a fault plan wants this call to answer as `failures`: those that concern it. When there are some, the fault is
   * used up by asking.
   */
  imposedFailures(concerns: (failure: Failure) => boolean): readonly Failure[];
  /** Where the server listens, as `http://127.0.0.1:port`. */
  url(): string;
}
