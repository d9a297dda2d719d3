import { clusterName, containerInstanceId, familyOf, taskDefinitionName } from "../../aws/arn";
import { canonicalJson } from "../../text/canonical-json";
import { shortHash } from "../../text/short-hash";
import { RUN_INPUTS } from "../../inputs/inputs-and-effects";
import type { NormalInputs } from "../../inputs/normalise-inputs";

/** Which run of which resource this is. */
export interface RunIdentity {
  /** Who: twelve characters that follow from the resource's URN and stay for its whole life. */
  readonly identity: string;
  /** A nonce made by create: tells this resource from one destroyed earlier under the same name. */
  readonly life: string;
  /** Which run: 1 for the first, one more for each re-run. */
  readonly generation: number;
}

/** The identity of a resource: a digest of its URN, short enough for `startedBy`. */
export function identityOf(resourceUrn: string): string {
  return shortHash(resourceUrn, 12);
}

/**
 * The `startedBy` of every task of a run: `pulumi-<identity>-<generation>-<digest of the run inputs>`, at most
 * 36 characters, which is what StartTask allows (RunTask: 128).
 *
 * It needs no permission beyond RunTask's, and DescribeTasks returns it. Values of environment variables are
 * left out of the digest, because a plain hash of a weak secret can be guessed. The life is part of it from the
 * second generation on: the first has to be found again when the record of its life was lost.
 *
 * With an `idempotencyKey` it is `pulumi-<identity>-k-<digest of the key and of what counts with a key>`. A
 * `startedBy` of the user's own takes its place, and then nothing but the clientToken finds a task again.
 *
 * It is a contract between releases, as the clientToken is: test/golden/markers.json holds both.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_StartTask.html
 */
export function startedByMarker(run: RunIdentity, inputs: NormalInputs): string {
  if (inputs.startedBy !== undefined) return inputs.startedBy;
  const prefix = markerPrefix(run.identity);
  const { idempotencyKey } = inputs;
  if (idempotencyKey !== undefined)
    return `${prefix}k-${shortHash(canonicalJson({ idempotencyKey, ...whatCounts(inputs) }), 10)}`;
  const life = run.generation > 1 ? run.life : "";
  return `${prefix}${run.generation}-${shortHash(canonicalJson({ life, ...whatCounts(inputs) }), 10)}`;
}

/** What the `startedBy` of all runs of a resource begins with. */
export function markerPrefix(identity: string): string {
  return `pulumi-${identity}-`;
}

/** Which launch of a run this is. */
export interface LaunchTry {
  readonly run: RunIdentity;
  /** 0, and one more for each answer that started fewer tasks than asked for: such an answer is replayed for its token. */
  readonly attempt: number;
  /** Takes the place of the run: whoever launches with this key in this resource means the same launch. */
  readonly idempotencyKey?: string | undefined;
  /**
   * With a `startedBy` of the user's own: what counts and is no part of the request, which ECS could compare. A marker of
   * ours is part of the request and covers it.
   */
  readonly unsaid?: Readonly<Record<string, unknown>> | undefined;
}

/**
 * The idempotency token of a launch: the same for the same run and try however often it is sent, so that an
 * answer that was lost does not start a second task.
 *
 * It says nothing of the request, because ECS compares that itself: with the same request it answers the tasks that
 * this token has started, with another one a ConflictException that names them.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/ECS_Idempotency.html
 */
export function clientToken({ run, attempt, idempotencyKey, unsaid }: LaunchTry): string {
  const { identity, life, generation } = run;
  const what = idempotencyKey === undefined ? { life, generation, unsaid } : { identity, idempotencyKey };
  return shortHash(canonicalJson({ ...what, attempt }), 40);
}

/**
 * The inputs that make a run this run and no other, in a form in which what is equal in meaning is equal, and without
 * the values of environment variables. With an `idempotencyKey` it is the key that says which version runs.
 */
function whatCounts(inputs: NormalInputs): Readonly<Record<string, unknown>> {
  const { idempotencyKey, cluster, taskDefinition, containerInstances } = inputs;
  const containerOverrides = inputs.overrides?.containerOverrides?.map((container) => ({
    ...container,
    environment: container.environment?.map(({ name }) => name),
  }));
  const given = Object.fromEntries(RUN_INPUTS.map((name) => [name, inputs[name]]));
  const version =
    idempotencyKey === undefined
      ? { taskDefinition: taskDefinitionName(taskDefinition) }
      : { taskDefinition: familyOf(taskDefinition), triggers: undefined, expectedImageDigests: undefined };
  return {
    ...given,
    ...version,
    idempotencyKey,
    cluster: clusterName(cluster),
    containerInstances: containerInstances?.map(containerInstanceId).sort(),
    overrides: inputs.overrides && { ...inputs.overrides, containerOverrides },
  };
}
