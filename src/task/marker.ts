import { canonicalJson } from "./canonical-json";
import { digest } from "./digest";
import { environmentList, type NormalInputs } from "./normalise-inputs";
import { runTaskRequest, type RunTaskParameters } from "./run-task-request";

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
  return digest(resourceUrn, 12);
}

/**
 * The `startedBy` of every task of a run: `pulumi-<identity>-<generation>-<digest of the run inputs>`, at most
 * 36 characters, which is what StartTask allows (RunTask: 128).
 *
 * It needs no permission beyond RunTask's, and DescribeTasks returns it. Values of environment variables are
 * left out of the digest, because a plain hash of a weak secret can be guessed. The life is part of it from
 * the second generation on: the first has to be found again when the record of its life was lost.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_StartTask.html
 */
export function startedByMarker(run: RunIdentity, inputs: NormalInputs): string {
  const life = run.generation > 1 ? run.life : "";
  const text = canonicalJson({ life, request: runTaskRequest(withoutEnvironmentValues(inputs), "") });
  return `${markerPrefix(run.identity)}${run.generation}-${digest(text, 10)}`;
}

/** What the `startedBy` of all runs of a resource begins with. */
export function markerPrefix(identity: string): string {
  return `pulumi-${identity}-`;
}

/**
 * The idempotency token of a launch: the same for the same run and try however often it is sent, so that an
 * answer that was lost does not start a second task.
 *
 * @param launchTry - 0, and one more each time ECS answered with failures only: such an answer is replayed for
 *   its token, so that only a new token can start the task.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/ECS_Idempotency.html
 */
export function clientToken(run: RunIdentity, launchTry: number, request: RunTaskParameters): string {
  return digest(canonicalJson({ ...run, launchTry, request }), 40);
}

function withoutEnvironmentValues(inputs: NormalInputs): NormalInputs {
  const containerOverrides = inputs.overrides?.containerOverrides?.map((container) => ({
    ...container,
    environment: environmentList(container.environment)?.map(({ name }) => ({ name, value: "" })),
  }));
  return inputs.overrides ? { ...inputs, overrides: { ...inputs.overrides, containerOverrides } } : inputs;
}
