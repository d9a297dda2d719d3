import { output, type Input, type Output } from "@pulumi/pulumi";
import type { GetTaskOptions } from "./ecs-task-args";
import { lookUp } from "./look-up";
import type { ImageSurvey, SurveyScope } from "../lookup/survey-images";
import type { LookUpOptions } from "../inputs/task-inputs";

/** Where to look for running images. @public */
export type GetRunningImagesArgs = Pick<SurveyScope, "cluster"> & LookUpOptions;

/** What runs. @public */
export type GetRunningImagesResult = ImageSurvey;

/**
 * Every container of every task that runs or is about to, with its image and the digest that ECS reports.
 *
 * Asks ListClusters (unless `cluster` is given), ListTasks and, for 100 tasks at a time, DescribeTasks, a few calls at once.
 *
 * @throws RunError with a `code` when no region is known, ECS does not answer, looking is not permitted, or there is
 *   no such cluster.
 * @public
 */
export async function getRunningImages(args: GetRunningImagesArgs = {}): Promise<GetRunningImagesResult> {
  // Loaded at the first call: a program that looks nothing up loads no AWS SDK.
  /* eslint-disable @typescript-eslint/no-require-imports, @typescript-eslint/consistent-type-imports */
  const { surveyConnection } =
    require("../provider/look-up-connection") as typeof import("../provider/look-up-connection");
  const { surveyImages } = require("../lookup/survey-images") as typeof import("../lookup/survey-images");
  /* eslint-enable */
  return lookUp("getRunningImages", args, async () => {
    const { ecs } = await surveyConnection(args);
    return surveyImages(ecs, { cluster: args.cluster });
  });
}

/** As {@link getRunningImages}, for arguments that are outputs. @public */
export function getRunningImagesOutput(
  args: { cluster?: Input<string> } & GetTaskOptions = {},
): Output<GetRunningImagesResult> {
  return output(args).apply((resolved) => getRunningImages(resolved as GetRunningImagesArgs));
}
