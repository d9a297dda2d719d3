import type { EcsGateway } from "../aws/ecs-gateway";
import type { ManifestSource } from "../registry/manifest-source";
import { matchDigests, type DigestMatches } from "./container-image";
import { indexCandidates } from "./index-candidates";
import { askRegistries, type RegistryAnswers } from "./ask-registries";
import { requireImageDigest } from "./require-image-digest";
import { surveyImages, type ImageSurvey, type SurveyProgress, type SurveyScope } from "./survey-images";

/** Which image is looked for, and where. */
export interface ImageQuestion extends SurveyScope {
  /** `sha256:` and 64 hexadecimal digits, or an image with it: `repository@sha256:…`. Compared exactly. */
  readonly imageDigest: string;
  /**
   * The digest of the index of a multi-architecture image, where `imageDigest` is that of one platform's manifest:
   * ECS reports the index when the task definition names a tag or the index. A task that reports the index matches,
   * whichever of its platforms it runs.
   */
  readonly imageIndexDigest?: string | undefined;
  /**
   * Whether the registries of the images that run may be asked which of them are indexes that hold `imageDigest`:
   * one request for each digest that runs. When `imageDigest` names a repository, only that one is asked.
   *
   * Amazon ECR is asked with the AWS credentials and needs the package `@aws-sdk/client-ecr`; all other registries
   * anonymously, or with what `docker login` has stored.
   *
   * @defaultValue false
   */
  readonly askRegistry?: boolean | undefined;
}

/** Where it runs. */
export interface FoundImage extends DigestMatches, Pick<ImageSurvey, "missingTaskArns">, RegistryAnswers {
  /** The digest that was looked for. */
  readonly imageDigest: string;
}

/** How far it is. */
export interface FindProgress extends SurveyProgress {
  /** Of how many images a registry has been asked; absent before any is. */
  readonly askedImages?: number;
}

/** What is asked. */
export interface FindPorts {
  /** Should be patient with throttling: a survey of many tasks is many calls. */
  readonly ecs: EcsGateway;
  readonly registries: ManifestSource;
}

/**
 * The containers that run an image, and those that may.
 *
 * @throws EcsTaskError when a digest is none, or asking a registry needs something that is not installed.
 * @throws EcsApiError when ECS does not answer, looking is not permitted, or the cluster or service is not there.
 */
export async function findImage(
  { ecs, registries }: FindPorts,
  question: ImageQuestion,
  onProgress: (progress: FindProgress) => void = () => undefined,
): Promise<FoundImage> {
  const imageDigest = requireImageDigest("imageDigest", question.imageDigest);
  const { imageIndexDigest: index, askRegistry = false } = question;
  const given = index === undefined ? [] : [requireImageDigest("imageIndexDigest", index)];
  let progress: SurveyProgress = { clusters: 0, tasks: 0, describedTasks: 0 };
  const { containers, missingTaskArns } = await surveyImages(ecs, question, (now) => {
    onProgress((progress = now));
  });
  const [, repository] = /^(.+)@/.exec(question.imageDigest) ?? [];
  const candidates = askRegistry ? indexCandidates(containers, [imageDigest, ...given], repository) : [];
  function onAnswer(askedImages: number): void {
    onProgress({ ...progress, askedImages });
  }
  const answers = await askRegistries({ source: registries, onAnswer }, imageDigest, candidates);
  const imageIndexDigests = [...given, ...answers.imageIndexDigests];
  const matches = matchDigests(containers, [imageDigest, ...imageIndexDigests]);
  return { imageDigest, imageIndexDigests, ...matches, missingTaskArns, unanswered: answers.unanswered };
}
