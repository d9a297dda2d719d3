import type { ApiErrorKind } from "../aws/ecs-gateway";
import type { ImageRepository } from "./image-repository";
import { plainLine } from "../text/plain-text";

/** What this package asks of image registries. */
export interface ManifestSource {
  /**
   * The bytes of a manifest or an index.
   *
   * @throws RegistryError when it cannot be had.
   * @throws EcsTaskError when something that asking needs is not installed.
   */
  manifest(repository: ImageRepository, digest: string): Promise<Buffer>;
}

/** Why a registry gave no answer. */
export class RegistryError extends Error {
  override readonly name = "RegistryError";
  readonly kind: ApiErrorKind;

  /** @param message - one sentence, without the image's name. */
  constructor(kind: ApiErrorKind, message: string, options?: { readonly cause?: unknown }) {
    super(plainLine(message), options);
    this.kind = kind;
  }
}
