import { clientToken, markerPrefix, startedByMarker, type RunIdentity } from "./started-by-and-client-token";
import { normaliseInputs, type NormalInputs } from "../../inputs/normalise-inputs";
import { placeOf, recordedPlace, type Place } from "./place";
import type { TaskInputs } from "../../inputs/task-inputs";
import { runIdentity, type TaskState } from "../task-state";

/** What is asked for: made once from the inputs, and used by everything that launches, follows, judges and reports. */
export interface Order {
  /** The inputs as they were written, which is how they are recorded. */
  readonly written: TaskInputs;
  /** The inputs by their meaning. */
  readonly normal: NormalInputs;
  readonly run: RunIdentity;
  readonly place: Place;
  /** The `startedBy` of the run's tasks. */
  readonly marker: string;
  /**
   * The `startedBy` by which a task is known to be of this run. That is the marker, unless the user's own takes its place: it
   * says nothing of what else was asked for, so that only tasks of the recorded run are known by it.
   */
  readonly proof: string;
  /** How many tasks the run consists of. */
  readonly wanted: number;
  /** The clientToken of a try of this run. */
  readonly token: (attempt: number) => string;
}

/** An order for a new run. @param region - where it is asked for. */
export function orderOf(written: TaskInputs, run: RunIdentity, region: string): Order {
  const normal = normaliseInputs(written);
  const marker = startedByMarker(run, normal);
  const { startedBy, ...others } = normal;
  const proof = startedBy === undefined ? marker : startedByMarker(run, others);
  return makeOrder({ written, normal, run, place: placeOf(normal, region), marker, proof });
}

/**
 * The order of a recorded run, under the inputs as they are now. Its marker and its place are the recorded ones: what a
 * release has started, the next one finds.
 */
export function recordedOrder(recorded: TaskState, written: TaskInputs, presentRegion: string): Order {
  const normal = normaliseInputs(written);
  const run = runIdentity(recorded);
  const { marker } = recorded;
  const place = recordedPlace(recorded, presentRegion);
  return makeOrder({ written, normal, run, place, marker, proof: marker });
}

/** Whether a marker is one that this package made. */
function isOurs(marker: string, { identity }: RunIdentity): boolean {
  return marker.startsWith(markerPrefix(identity));
}

function makeOrder(known: Omit<Order, "wanted" | "token">): Order {
  const { normal, run, marker } = known;
  const { idempotencyKey, triggers, expectedImageDigests } = normal;
  const isSaid = isOurs(marker, run) || (triggers === undefined && expectedImageDigests === undefined);
  const unsaid = isSaid ? undefined : { triggers, expectedImageDigests };
  return {
    ...known,
    wanted: normal.containerInstances?.length ?? normal.count,
    token: (attempt) => clientToken({ run, attempt, idempotencyKey, unsaid }),
  };
}
