import { output, type Input, type Output } from "@pulumi/pulumi";
import type { GetTaskOptions } from "./ecs-task-args";
import { surveyFor } from "./get-running-images";
import type { LookUpOptions } from "./provider/look-up-connection";
import { requireImageDigest } from "./run/require-image-digest";
import type { ImageSurvey, SurveyScope } from "./run/survey-images";
import { matchDigests, type DigestMatches } from "./task/container-image";

/** Which image to look for, and where. @public */
export interface GetTasksByImageDigestArgs extends SurveyScope, LookUpOptions {
  /** `sha256:` and 64 hexadecimal digits, or an image with it: `repository@sha256:…`. Compared exactly. */
  readonly imageDigest: string;
  /**
   * The digest of the index of a multi-architecture image, where `imageDigest` is that of one platform's manifest:
   * ECS reports the index when the task definition names a tag or the index. A task that reports the index matches,
   * whichever of its platforms it runs.
   */
  readonly imageIndexDigest?: string | undefined;
}

/** The tasks that run an image. @public */
export interface GetTasksByImageDigestResult extends DigestMatches, Pick<ImageSurvey, "missingTaskArns"> {
  /** The digest that was looked for. */
  readonly imageDigest: string;
}

/**
 * The tasks that run an image, by the digest that ECS reports of their containers.
 *
 * @throws EcsTaskError when a digest is none, or no region is known.
 * @throws EcsApiError when ECS does not answer, looking is not permitted, or there is no such cluster or service.
 * @public
 */
export async function getTasksByImageDigest(
  args: GetTasksByImageDigestArgs,
): Promise<GetTasksByImageDigestResult> {
  const { cluster, family, serviceName, desiredStatus, imageIndexDigest } = args;
  const imageDigest = requireImageDigest("imageDigest", args.imageDigest);
  const index =
    imageIndexDigest === undefined ? [] : [requireImageDigest("imageIndexDigest", imageIndexDigest)];
  const survey = await surveyFor(args, { cluster, family, serviceName, desiredStatus });
  const matches = matchDigests(survey.containers, [imageDigest, ...index]);
  return { imageDigest, ...matches, missingTaskArns: survey.missingTaskArns };
}

/** As {@link getTasksByImageDigest}, for arguments that are outputs. @public */
export function getTasksByImageDigestOutput(
  args: {
    imageDigest: Input<string>;
    imageIndexDigest?: Input<string>;
    cluster?: Input<string>;
    family?: Input<string>;
    serviceName?: Input<string>;
    desiredStatus?: Input<"RUNNING" | "STOPPED">;
  } & GetTaskOptions,
): Output<GetTasksByImageDigestResult> {
  return output(args).apply((resolved) => getTasksByImageDigest(resolved as GetTasksByImageDigestArgs));
}
