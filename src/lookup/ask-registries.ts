import type { ApiErrorKind } from "../aws/ecs-gateway";
import { RegistryError, type ManifestSource } from "../registry/manifest-source";
import { manifestDigestsIn } from "../registry/image-index";
import { repositoryName } from "../registry/image-repository";
import type { IndexCandidate } from "./index-candidates";
import { mapInFlight } from "../aws/pace/map-in-flight";

/** An image that runs, and of which no registry said whether it holds what was looked for. */
export interface UnansweredImage {
  /** The digest that ECS reports. */
  readonly imageDigest: string;
  /** `registry/path`, where one was asked; absent when ECS names no image to go by. */
  readonly repository?: string;
  /** `denied`, `notFound`, `throttled`, `unreachable`, `broken` (no whole answer), `rejected` (a wrong one) or `misconfigured` (nothing can be asked from this machine). */
  readonly reason: ApiErrorKind;
  /** What happened, as a sentence without a full stop. */
  readonly message: string;
}

/** What the registries know. */
export interface RegistryAnswers {
  /** The digests of the indexes that hold the manifest. */
  readonly imageIndexDigests: readonly string[];
  /** The images of which it is not known. */
  readonly unanswered: readonly UnansweredImage[];
}

/** How many images are asked about at once: registries count the requests of an address, Docker Hub by the hour. */
const ASKED_AT_ONCE = 4;

/**
 * Which of these images are indexes that hold a platform's manifest.
 *
 * @param onAnswer - told how many images are done.
 * @throws EcsTaskError when something that asking needs is not installed.
 */
export async function askRegistries(
  { source, onAnswer }: { readonly source: ManifestSource; readonly onAnswer?: (done: number) => void },
  imageDigest: string,
  candidates: readonly IndexCandidate[],
): Promise<RegistryAnswers> {
  let done = 0;
  const answers = await mapInFlight(candidates, ASKED_AT_ONCE, async (candidate) => {
    const answer = await askAbout(source, imageDigest, candidate);
    onAnswer?.((done += 1));
    return answer;
  });
  return {
    imageIndexDigests: answers.flatMap(({ imageIndexDigests }) => imageIndexDigests),
    unanswered: answers.flatMap(({ unanswered }) => unanswered),
  };
}

/** Asks one repository after the other, until one answers. */
async function askAbout(
  source: ManifestSource,
  wanted: string,
  { imageDigest, repositories }: IndexCandidate,
): Promise<RegistryAnswers> {
  const unanswered: UnansweredImage[] = [];
  for (const repository of repositories) {
    try {
      const bytes = await source.manifest(repository, imageDigest);
      const holds = manifestDigestsIn(bytes.toString("utf8")).includes(wanted);
      return { imageIndexDigests: holds ? [imageDigest] : [], unanswered: [] };
    } catch (error) {
      if (!(error instanceof RegistryError)) throw error;
      const { kind: reason, message } = error;
      unanswered.push({ imageDigest, repository: repositoryName(repository), reason, message });
    }
  }
  if (repositories.length > 0) return { imageIndexDigests: [], unanswered };
  const message = "ECS does not name the image by which a registry could be asked";
  return { imageIndexDigests: [], unanswered: [{ imageDigest, reason: "rejected", message }] };
}
