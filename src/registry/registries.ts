import { createHash } from "node:crypto";
import { requestHandler, type AwsSettings } from "../aws/connect/client-config";
import type { ImageRepository } from "./image-repository";
import { dockerCredentials } from "./docker-credentials";
import { ecrHost } from "./ecr-host";
import { EcrRegistry } from "./ecr-registry";
import { RegistryError, type ManifestSource } from "./manifest-source";
import { OciRegistry } from "./oci-registry";

/** All registries: each is asked in its own way, and no answer is taken on trust. */
export class Registries implements ManifestSource {
  readonly #ecr: ManifestSource;
  readonly #others: ManifestSource;

  constructor(
    settings: AwsSettings,
    others: ManifestSource = new OciRegistry(dockerCredentials, requestHandler(settings)),
  ) {
    this.#ecr = new EcrRegistry(settings);
    this.#others = others;
  }

  async manifest(repository: ImageRepository, digest: string): Promise<Buffer> {
    const source = ecrHost(repository.registry) ? this.#ecr : this.#others;
    const bytes = await source.manifest(repository, digest);
    // A digest is the hash of what it names, so that a wrong or forged answer shows.
    const actual = `sha256:${createHash("sha256").update(bytes).digest("hex")}`;
    if (actual === digest) return bytes;
    throw new RegistryError("rejected", `it answered other bytes, whose digest is ${actual}`);
  }
}
