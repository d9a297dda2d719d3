import { clusterName, familyOf, parseArn } from "../../aws/arn";
import type { TaskState } from "../task-state";

/** Where the tasks of a run are: what ListTasks has to be asked to find them. Recorded with every launch. */
export interface Place {
  readonly region: string;
  /** Name or ARN, as it was asked for. */
  readonly cluster: string;
  readonly family: string;
}

/** The place that inputs name. */
export function placeOf(
  { cluster, taskDefinition }: { readonly cluster: string; readonly taskDefinition: string },
  region: string,
): Place {
  return { region, cluster, family: familyOf(taskDefinition) };
}

/**
 * The place of a recorded run, also of one of which no task is known.
 *
 * @param presentRegion - where the region was not recorded (0.1.0, without a task): the one that is asked now.
 */
export function recordedPlace(recorded: TaskState, presentRegion: string): Place {
  const { place, taskArn, clusterArn, taskDefinitionArn, cluster = "default", taskDefinition } = recorded;
  if (place) return place;
  const region = parseArn(taskArn ?? "")?.region ?? recorded.region ?? presentRegion;
  return placeOf(
    { cluster: clusterArn ?? cluster, taskDefinition: taskDefinitionArn ?? taskDefinition },
    region,
  );
}

/** Each place once, however it is named. */
export function distinctPlaces(places: readonly Place[]): readonly Place[] {
  const keyOf = ({ region, cluster, family }: Place) => `${region} ${clusterName(cluster)} ${family}`;
  return [...new Map(places.map((place) => [keyOf(place), place])).values()];
}

/** Whether two places are in one cluster, however it is named. */
export function isSameCluster(one: Place, other: Place): boolean {
  return one.region === other.region && clusterName(one.cluster) === clusterName(other.cluster);
}

/** `cluster prod in eu-central-1` */
export function placeText({ cluster, region }: Place): string {
  return `cluster ${clusterName(cluster)} in ${region}`;
}
