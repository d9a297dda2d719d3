import type { Operation } from "./operation";
import { deleteAttributes } from "./attributes/delete-attributes";
import { listAttributes } from "./attributes/list-attributes";
import { putAttributes } from "./attributes/put-attributes";
import { createLogGroup } from "./logs/create-log-group";
import { deleteTaskDefinitions } from "./task-definitions/delete-task-definitions";
import { describeCapacityProviders } from "./clusters/describe-capacity-providers";
import { describeLogGroups } from "./logs/describe-log-groups";
import { filterLogEvents } from "./logs/filter-log-events";
import { listAccountSettings } from "./account/list-account-settings";
import { createCluster } from "./clusters/create-cluster";
import { deleteCluster } from "./clusters/delete-cluster";
import { deregisterContainerInstance } from "./container-instances/deregister-container-instance";
import { deregisterTaskDefinition } from "./task-definitions/deregister-task-definition";
import { describeClusters } from "./clusters/describe-clusters";
import { describeContainerInstances } from "./container-instances/describe-container-instances";
import { describeLogStreams } from "./logs/describe-log-streams";
import { describeServices } from "./services/describe-services";
import { describeTaskDefinition } from "./task-definitions/describe-task-definition";
import { describeTasks } from "./tasks/describe-tasks";
import { discoverPollEndpoint } from "./agent/discover-poll-endpoint";
import { getLogEvents } from "./logs/get-log-events";
import { listClusters } from "./clusters/list-clusters";
import { listContainerInstances } from "./container-instances/list-container-instances";
import { listServices } from "./services/list-services";
import { listTagsForResource } from "./tags/list-tags-for-resource";
import { listTaskDefinitionFamilies } from "./task-definitions/list-task-definition-families";
import { listTaskDefinitions } from "./task-definitions/list-task-definitions";
import { listTasks } from "./tasks/list-tasks";
import { registerContainerInstance } from "./container-instances/register-container-instance";
import { registerTaskDefinition } from "./task-definitions/register-task-definition";
import { runTask } from "./tasks/run-task";
import { startTask } from "./tasks/start-task";
import { stopTask } from "./tasks/stop-task";
import { submitAttachmentStateChanges } from "./agent/submit-attachment-state-changes";
import { submitContainerStateChange } from "./agent/submit-container-state-change";
import { submitTaskStateChange } from "./agent/submit-task-state-change";
import { tagResource } from "./tags/tag-resource";
import { untagResource } from "./tags/untag-resource";
import { updateContainerInstancesState } from "./container-instances/update-container-instances-state";

const ecs: readonly Operation[] = [
  deleteAttributes,
  listAttributes,
  putAttributes,
  createCluster,
  deleteCluster,
  deregisterContainerInstance,
  deleteTaskDefinitions,
  deregisterTaskDefinition,
  describeCapacityProviders,
  describeClusters,
  describeContainerInstances,
  describeServices,
  describeTaskDefinition,
  describeTasks,
  discoverPollEndpoint,
  listAccountSettings,
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

const cloudWatchLogs: readonly Operation[] = [
  createLogGroup,
  describeLogGroups,
  describeLogStreams,
  filterLogEvents,
  getLogEvents,
];

/** Every operation the server knows, by the target a client names in `x-amz-target`. */
export const allOperations: ReadonlyMap<string, Operation> = new Map([
  ...ecs.map((operation) => [`AmazonEC2ContainerServiceV20141113.${operation.name}`, operation] as const),
  ...cloudWatchLogs.map((operation) => [`Logs_20140328.${operation.name}`, operation] as const),
]);
