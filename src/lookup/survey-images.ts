import { EcsApiError, type EcsGateway } from "../aws/ecs-gateway";
import { taskBatches } from "../aws/task-batches";
import { familyOf } from "../aws/arn";
import { containerImages, inOrder, type ContainerImage } from "./container-image";
import { mapInFlight } from "../aws/pace/map-in-flight";

/** Which tasks to look at. */
export interface SurveyScope {
  /** Name or ARN. @defaultValue all clusters of the account in the region */
  readonly cluster?: string | undefined;
  /** Only tasks of this task definition family. */
  readonly family?: string | undefined;
  /** Only tasks of this service, by name or ARN. */
  readonly serviceName?: string | undefined;
  /**
   * `RUNNING`: tasks that are meant to run, those that still start included. `STOPPED`: tasks that have been told to
   * stop, and those that have stopped, for about an hour.
   *
   * @defaultValue "RUNNING"
   * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ListTasks.html
   */
  readonly desiredStatus?: "RUNNING" | "STOPPED" | undefined;
}

/** What was found. */
export interface ImageSurvey {
  /** By cluster, group, task and container. */
  readonly containers: readonly ContainerImage[];
  /** Tasks that ListTasks named and DescribeTasks did not know: just started, or just forgotten. */
  readonly missingTaskArns: readonly string[];
}

/** How far a survey is. */
export interface SurveyProgress {
  readonly clusters: number;
  readonly tasks: number;
  readonly describedTasks: number;
}

/**
 * How many calls are under way at once. ECS grants an account 20 reading calls a second, with bursts of 100, and
 * deployments need some of them.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/request-throttling.html
 */
const CALLS_IN_FLIGHT = 4;

/**
 * The containers of all tasks in scope, with their images.
 *
 * @param ecs - should be patient with throttling: a survey of many tasks is many calls.
 * @throws EcsApiError when ECS does not answer, looking is not permitted, or the cluster or service that was named
 *   is not there.
 */
export async function surveyImages(
  ecs: EcsGateway,
  scope: SurveyScope,
  onProgress: (progress: SurveyProgress) => void = () => undefined,
): Promise<ImageSurvey> {
  const clusters = scope.cluster === undefined ? await ecs.listClusters() : [scope.cluster];
  const lists = await mapInFlight(clusters, CALLS_IN_FLIGHT, async (cluster) =>
    taskBatches(await taskArnsIn(ecs, cluster, scope)).map((taskArns) => ({ cluster, taskArns })),
  );
  const batches = lists.flat();
  const tasks = batches.reduce((sum, { taskArns }) => sum + taskArns.length, 0);
  let describedTasks = 0;
  onProgress({ clusters: clusters.length, tasks, describedTasks });
  const described = await mapInFlight(batches, CALLS_IN_FLIGHT, async ({ cluster, taskArns }) => {
    const answer = await describe(ecs, { cluster, taskArns }, scope);
    describedTasks += taskArns.length;
    onProgress({ clusters: clusters.length, tasks, describedTasks });
    return answer;
  });
  return {
    containers: inOrder(described.flatMap(({ containers }) => containers)),
    missingTaskArns: described.flatMap(({ missingTaskArns }) => missingTaskArns).sort(),
  };
}

async function taskArnsIn(
  ecs: EcsGateway,
  cluster: string,
  { cluster: named, family, serviceName, desiredStatus = "RUNNING" }: SurveyScope,
): Promise<readonly string[]> {
  // Whether ECS takes both filters together is not documented: the family can be told from the answer.
  const filter = serviceName === undefined ? { family, desiredStatus } : { serviceName, desiredStatus };
  try {
    return await ecs.listTasks(cluster, filter);
  } catch (error) {
    // Among all clusters, one may have gone meanwhile, and not each has the service.
    if (named === undefined && error instanceof EcsApiError && error.kind === "notFound") return [];
    throw error;
  }
}

async function describe(
  ecs: EcsGateway,
  { cluster, taskArns }: { readonly cluster: string; readonly taskArns: readonly string[] },
  { family }: SurveyScope,
): Promise<ImageSurvey> {
  const { tasks, failures } = await ecs.describeTasks(cluster, taskArns);
  const wanted = tasks
    .map(({ record }) => record)
    .filter(({ taskDefinitionArn }) => family === undefined || familyOf(taskDefinitionArn) === family);
  return {
    containers: wanted.flatMap(containerImages),
    missingTaskArns: failures.flatMap(({ arn }) => arn ?? []),
  };
}
