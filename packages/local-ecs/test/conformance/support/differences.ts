/** A case in which moto is known to differ from AWS, and how that shows. */
export interface Difference {
  /** The name of the case. */
  readonly name: string;
  /** What the case says against moto. */
  readonly seen: RegExp;
}

const accepted = /Missing expected rejection/;
const serverError = /^SyntaxError: Unexpected token '<'/;

/** The differences of moto 5.2.5, explained one by one in docs/conformance.md. The local ECS has none. */
export const differences: readonly Difference[] = [
  // Clusters
  { name: "a deleted cluster is INACTIVE, and listed no more", seen: /clusterArns\.includes/ },
  { name: "RunTask refuses a deleted cluster", seen: accepted },
  { name: "DeleteCluster refuses while tasks are active", seen: accepted },
  // Task definitions
  { name: "a family without revision is its latest active one", seen: /\+ .*:2'\n- .*:1'/ },
  {
    name: "ListTaskDefinitions lists active revisions of exactly that family, newest last",
    seen: /strictly deep-equal/,
  },
  { name: "ListTaskDefinitions gives pages of the size asked for", seen: /strictly deep-equal/ },
  {
    name: "ListTaskDefinitionFamilies knows families without an active revision",
    seen: /\+ {3}'families-\w+-gone',\n/,
  },
  { name: "RegisterTaskDefinition refuses Fargate without task size", seen: accepted },
  { name: "RegisterTaskDefinition refuses when no container is essential", seen: accepted },
  // RunTask
  { name: "a task tells how its container ended", seen: /\+ 'RUNNING'\n- 'STOPPED'/ },
  { name: "a container tells the digest of its image", seen: /'no digest'/ },
  { name: "a task that stopped has all its times", seen: /\+ {5}'stoppedAt',\n/ },
  { name: "the answer shows every container, with an ARN of its own", seen: /- {3}'side'\n/ },
  { name: "a task starts as PROVISIONING with desiredStatus RUNNING", seen: /- {3}'PROVISIONING'/ },
  { name: "the same clientToken starts nothing anew", seen: /strictly equal/ },
  { name: "the same clientToken with other parameters is a conflict that names the tasks", seen: accepted },
  { name: "RunTask refuses more than ten tasks", seen: accepted },
  { name: "RunTask refuses a startedBy of more than 128 characters", seen: accepted },
  { name: "RunTask refuses an override of an unknown container", seen: accepted },
  { name: "RunTask refuses an INACTIVE task definition", seen: accepted },
  {
    name: "RunTask refuses EC2 in a cluster without container instances",
    seen: /httpStatusCode: 500|SyntaxError/,
  },
  // Tasks
  { name: "ListTasks lists by family, startedBy and desiredStatus", seen: /strictly deep-equal/ },
  { name: "ListTasks takes startedBy as its only filter", seen: accepted },
  { name: "ListTasks gives pages of the size asked for", seen: /\+ {3}4\n- {3}2,\n/ },
  { name: "DescribeTasks answers MISSING for a task that never was", seen: /- {5}'MISSING'/ },
  { name: "DescribeTasks does not look into other clusters", seen: /\+ \[\n/ },
  { name: "a stopped task tells who stopped it and why", seen: /\+ {3}undefined,\n- {3}'UserInitiated'/ },
  { name: "StopTask has deleted the task's tags", seen: /\+ {5}key: 'who'/ },
  { name: "StopTask says that it does not know a task", seen: /httpStatusCode: 500|SyntaxError/ },
  // Tags
  { name: "propagateTags gives a task the tags of its task definition", seen: /- {5}key: 'one'/ },
  { name: "enableECSManagedTags names the cluster", seen: /- {5}key: 'aws:ecs:clusterName'/ },
  { name: "TagResource refuses keys that AWS keeps for itself", seen: accepted },
  // Container instances
  { name: "a registered instance has the resources it was registered with", seen: /7482 !== 1024/ },
  { name: "RunTask answers RESOURCE:MEMORY where a task does not fit", seen: /- {5}'RESOURCE:MEMORY'/ },
  { name: "distinctInstance puts each task of a group on another instance", seen: /strictly deep-equal/ },
  {
    name: "memberOf places by attribute, and the filter of ListContainerInstances finds by it",
    seen: /strictly deep-equal/,
  },
  {
    name: "StartTask starts on exactly the instances given, and says which are missing",
    seen: serverError,
  },
  { name: "StartTask refuses a startedBy of more than 36 characters", seen: accepted },
  { name: "DescribeContainerInstances answers MISSING for an instance that never was", seen: serverError },
  // What agents send
  { name: "SubmitContainerStateChange shows in DescribeTasks", seen: serverError },
  { name: "SubmitTaskStateChange shows in DescribeTasks", seen: serverError },
];
