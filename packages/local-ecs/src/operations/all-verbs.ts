import type { Verb } from "../server/verb";
import { createCluster } from "./create-cluster";
import { deleteCluster } from "./delete-cluster";
import { deregisterContainerInstance } from "./deregister-container-instance";
import { deregisterTaskDefinition } from "./deregister-task-definition";
import { describeClusters } from "./describe-clusters";
import { describeContainerInstances } from "./describe-container-instances";
import { describeLogStreams } from "./describe-log-streams";
import { describeServices } from "./describe-services";
import { describeTaskDefinition } from "./describe-task-definition";
import { describeTasks } from "./describe-tasks";
import { discoverPollEndpoint } from "./discover-poll-endpoint";
import { getLogEvents } from "./get-log-events";
import { listClusters } from "./list-clusters";
import { listContainerInstances } from "./list-container-instances";
import { listServices } from "./list-services";
import { listTagsForResource } from "./list-tags-for-resource";
import { listTaskDefinitionFamilies } from "./list-task-definition-families";
import { listTaskDefinitions } from "./list-task-definitions";
import { listTasks } from "./list-tasks";
import { registerContainerInstance } from "./register-container-instance";
import { registerTaskDefinition } from "./register-task-definition";
import { runTask } from "./run-task";
import { startTask } from "./start-task";
import { stopTask } from "./stop-task";
import { submitAttachmentStateChanges } from "./submit-attachment-state-changes";
import { submitContainerStateChange } from "./submit-container-state-change";
import { submitTaskStateChange } from "./submit-task-state-change";
import { tagResource } from "./tag-resource";
import { untagResource } from "./untag-resource";
import { updateContainerInstancesState } from "./update-container-instances-state";

const ecs: readonly Verb[] = [
  createCluster,
  deleteCluster,
  deregisterContainerInstance,
  deregisterTaskDefinition,
  describeClusters,
  describeContainerInstances,
  describeServices,
  describeTaskDefinition,
  describeTasks,
  discoverPollEndpoint,
  listClusters,
  listContainerInstances,
  listServices,
  listTagsForResource,
  listTaskDefinitionFamilies,
  listTaskDefinitions,
  listTasks,
  registerContainerInstance,
  registerTaskDefinition,
  runTask,
  startTask,
  stopTask,
  submitAttachmentStateChanges,
  submitContainerStateChange,
  submitTaskStateChange,
  tagResource,
  untagResource,
  updateContainerInstancesState,
];

const cloudWatchLogs: readonly Verb[] = [describeLogStreams, getLogEvents];

/** Every operation the server knows, by the target a client names in `x-amz-target`. */
export const allVerbs: ReadonlyMap<string, Verb> = new Map([
  ...ecs.map((verb) => [`AmazonEC2ContainerServiceV20141113.${verb.name}`, verb] as const),
  ...cloudWatchLogs.map((verb) => [`Logs_20140328.${verb.name}`, verb] as const),
]);
