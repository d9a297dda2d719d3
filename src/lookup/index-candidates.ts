import type { ContainerImage } from "./container-image";
import { isNamed, repositoryName, repositoryOf, type ImageRepository } from "../registry/image-repository";

/** An image that runs and may be the index over the platform's manifest that is looked for. */
export interface IndexCandidate {
  readonly imageDigest: string;
  /** Where it can be had: each holds the same bytes, so that one answer is enough. Empty when ECS names no image. */
  readonly repositories: readonly ImageRepository[];
}

/**
 * The images to look into: each digest that runs, but for those that match already.
 *
 * @param matching - the digests that need no asking.
 * @param repository - the only repository to ask, where one is named.
 */
export function indexCandidates(
  containers: readonly ContainerImage[],
  matching: readonly string[],
  repository?: string,
): IndexCandidate[] {
  const found = new Map<string, Map<string, ImageRepository>>();
  for (const { imageDigest, image } of containers) {
    if (imageDigest === undefined || matching.includes(imageDigest)) continue;
    const from = repositoryOf(image ?? "");
    if (from && repository !== undefined && !isNamed(from, repository)) continue;
    const repositories = found.get(imageDigest) ?? new Map<string, ImageRepository>();
    if (from) repositories.set(repositoryName(from), from);
    found.set(imageDigest, repositories);
  }
  return [...found].map(([imageDigest, repositories]) => ({
    imageDigest,
    repositories: [...repositories.values()],
  }));
}
