import { output, type Input, type Output } from "@pulumi/pulumi";
import type { GetTaskOptions } from "./ecs-task-args";
import type { LookUpOptions } from "./provider/look-up-connection";
import type { FoundImage, ImageQuestion } from "./run/find-image";

/** Which image to look for, and where. @public */
export interface GetTasksByImageDigestArgs extends ImageQuestion, LookUpOptions {}

/** The tasks that run an image. @public */
export type GetTasksByImageDigestResult = FoundImage;

/**
 * The tasks that run an image, by the digest that ECS reports of their containers.
 *
 * @throws EcsTaskError when a digest is none, no region is known, or `askRegistry` needs `@aws-sdk/client-ecr` and it
 *   is not installed. What a registry does not answer is no error: it stands in `unanswered`.
 * @throws EcsApiError when ECS does not answer, looking is not permitted, or there is no such cluster or service.
 * @public
 */
export async function getTasksByImageDigest(
  args: GetTasksByImageDigestArgs,
): Promise<GetTasksByImageDigestResult> {
  // Loaded at the first call: a program that looks nothing up loads no AWS SDK.
  /* eslint-disable @typescript-eslint/no-require-imports, @typescript-eslint/consistent-type-imports */
  const { surveyConnection } =
    require("./provider/look-up-connection") as typeof import("./provider/look-up-connection");
  const { findImage } = require("./run/find-image") as typeof import("./run/find-image");
  /* eslint-enable */
  return findImage(await surveyConnection(args), args);
}

/** As {@link getTasksByImageDigest}, for arguments that are outputs. @public */
export function getTasksByImageDigestOutput(
  args: {
    imageDigest: Input<string>;
    imageIndexDigest?: Input<string>;
    askRegistry?: Input<boolean>;
    cluster?: Input<string>;
    family?: Input<string>;
    serviceName?: Input<string>;
    desiredStatus?: Input<"RUNNING" | "STOPPED">;
  } & GetTaskOptions,
): Output<GetTasksByImageDigestResult> {
  return output(args).apply((resolved) => getTasksByImageDigest(resolved as GetTasksByImageDigestArgs));
}
