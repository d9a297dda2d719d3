import { readFile } from "node:fs/promises";
import { fetchImage, type ResolvedImage } from "./image-content";
import { parseImageReference, splitRepository } from "./image-reference";
import type { OciLayouts } from "./folders/oci-layouts";
import { Registry } from "./registry";
import { credentialsIn } from "./registry-auth";

export interface ImageStoreOptions {
  readonly layouts: OciLayouts;
  /** For what is fetched from registries. */
  readonly folder: string;
  /** A `config.json` of Docker's, with the credentials for registries. */
  readonly dockerConfig?: string | undefined;
}

/** All images there are: those in folders first, then those of the registry that a reference names. */
export class ImageStore {
  readonly #options: ImageStoreOptions;

  constructor(options: ImageStoreOptions) {
    this.#options = options;
  }

  /** @throws Error that says why the image cannot be found. */
  async resolve(reference: string): Promise<ResolvedImage> {
    const { layouts, folder, dockerConfig } = this.#options;
    const wanted = parseImageReference(reference);
    const { host, path } = splitRepository(wanted.repository);
    if (host === undefined) return layouts.resolve(reference);
    const found = await layouts.find(reference);
    if (found !== undefined) return found;
    const credentials =
      dockerConfig === undefined ? undefined : credentialsIn(await readFile(dockerConfig, "utf8"), host);
    const registry = new Registry({ host, path, credentials, folder });
    const descriptor = await registry.resolve(wanted);
    return {
      digest: descriptor.digest,
      fetch: (signal) => fetchImage({ source: registry, signal }, descriptor),
    };
  }
}
