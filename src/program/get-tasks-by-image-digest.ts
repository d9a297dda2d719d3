import { output, type Input, type Output } from "@pulumi/pulumi";
import type { GetTaskOptions } from "./ecs-task-args";
import { lookUp } from "./look-up";
import type { FoundImage, ImageQuestion } from "../lookup/find-tasks-by-image";
import type { LookUpOptions } from "../inputs/task-inputs";

/** Which image to look for, and where. @public */
export interface GetTasksByImageDigestArgs extends ImageQuestion, LookUpOptions {}

/** The tasks that run an image. @public */
export type GetTasksByImageDigestResult = FoundImage;

/**
 * The tasks that run an image, by the digest that ECS reports of their containers.
 *
 * What a registry does not answer is no error: it stands in `unanswered`.
 *
 * @throws RunError with a `code` when a digest is none, no region is known, ECS does not answer, looking is not
 *   permitted, there is no such cluster or service, or `askRegistry` needs `@aws-sdk/client-ecr` and it is not installed.
 * @public
 */
export async function getTasksByImageDigest(
  args: GetTasksByImageDigestArgs,
): Promise<GetTasksByImageDigestResult> {
  // Loaded at the first call: a program that looks nothing up loads no AWS SDK.
  /* eslint-disable @typescript-eslint/no-require-imports, @typescript-eslint/consistent-type-imports */
  const { surveyConnection } =
    require("../provider/look-up-connection") as typeof import("../provider/look-up-connection");
  const { findImage } =
    require("../lookup/find-tasks-by-image") as typeof import("../lookup/find-tasks-by-image");
  /* eslint-enable */
  return lookUp("getTasksByImageDigest", args, async () => findImage(await surveyConnection(args), args));
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
