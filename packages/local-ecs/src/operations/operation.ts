import type { Failure } from "@aws-sdk/client-ecs";
import type { ContainerInstances } from "../state/container-instances/container-instances";
import type { Clusters } from "../state/clusters/clusters";
import type { Launches } from "../state/tasks/client-tokens";
import type { Services } from "../state/services/services";
import type { TaskDefinitions } from "../state/task-definitions/task-definitions";
import type { TaskLifecycle } from "../state/tasks/task-lifecycle";
import type { Visibility } from "../state/tasks/visibility";
import type { Tasks } from "../state/tasks/tasks";
import type { LogStore } from "../logs/log-store";
import type { Account } from "../state/arn";
import type { Clock } from "../time/clock";
import { AwsError, type AwsErrorCode } from "../server/aws-error";
import { refuseForeignArns } from "../server/refuse-foreign-arns";
import { ShapeError, type Shape } from "../server/shape";

/** What the operations work on. */
export interface Backend {
  readonly account: Account;
  readonly clock: Clock;
  readonly clusters: Clusters;
  readonly containerInstances: ContainerInstances;
  readonly services: Services;
  /** Whether a new cluster has this machine as container instance. */
  readonly hasDefaultInstance: boolean;
  readonly taskDefinitions: TaskDefinitions;
  readonly tasks: Tasks;
  readonly launches: Launches;
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

/** One operation of the API, ready to be called with what a client sent. */
export interface Operation {
  readonly name: string;
  handle(body: unknown, backend: Backend): object;
}

/**
 * Declares an operation: the shape of its request and what it does with one that has this shape.
 * A handler runs without a pause, so two requests never see each other's half-done work.
 */
export function operation<Request extends object>(declaration: {
  readonly name: string;
  readonly request: Shape<Request>;
  /** The error for a request that breaks a limit; InvalidParameterException unless said otherwise. */
  readonly invalid?: AwsErrorCode;
  readonly handle: (request: Request, backend: Backend) => object;
}): Operation {
  const { name, request, invalid = "InvalidParameterException", handle } = declaration;
  return {
    name,
    handle(body, backend) {
      const read = readRequest(request, body, invalid);
      refuseForeignArns(read, backend.account);
      return handle(read, backend);
    },
  };
}

function readRequest<T>(shape: Shape<T>, body: unknown, invalid: AwsErrorCode): T {
  try {
    return shape.read(body, "");
  } catch (error) {
    if (!(error instanceof ShapeError)) throw error;
    throw new AwsError(error.kind === "type" ? "SerializationException" : invalid, error.message);
  }
}
