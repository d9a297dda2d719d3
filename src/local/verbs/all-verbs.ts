import type { Verb } from "../http/verb";
import { createCluster } from "./create-cluster";
import { deleteCluster } from "./delete-cluster";
import { deregisterTaskDefinition } from "./deregister-task-definition";
import { describeClusters } from "./describe-clusters";
import { describeLogStreams } from "./describe-log-streams";
import { describeTaskDefinition } from "./describe-task-definition";
import { describeTasks } from "./describe-tasks";
import { discoverPollEndpoint } from "./discover-poll-endpoint";
import { getLogEvents } from "./get-log-events";
import { listClusters } from "./list-clusters";
import { listTasks } from "./list-tasks";
import { registerTaskDefinition } from "./register-task-definition";
import { runTask } from "./run-task";
import { stopTask } from "./stop-task";
import { submitTaskStateChange } from "./submit-task-state-change";

const ecs: readonly Verb[] = [
  createCluster,
  deleteCluster,
  deregisterTaskDefinition,
  describeClusters,
  describeTaskDefinition,
  describeTasks,
  discoverPollEndpoint,
  listClusters,
  listTasks,
  registerTaskDefinition,
  runTask,
  stopTask,
  submitTaskStateChange,
];

const cloudWatchLogs: readonly Verb[] = [describeLogStreams, getLogEvents];

/** Every operation the server knows, by the target a client names in `x-amz-target`. */
export const allVerbs: ReadonlyMap<string, Verb> = new Map([
  ...ecs.map((verb) => [`AmazonEC2ContainerServiceV20141113.${verb.name}`, verb] as const),
  ...cloudWatchLogs.map((verb) => [`Logs_20140328.${verb.name}`, verb] as const),
]);
