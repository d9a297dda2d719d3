import { randomBytes } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { hexOf, parseDigest, type Digest } from "../../images/digest";
import type { ResolvedImage } from "../../images/image-content";
import { parseImageReference, splitRepository } from "../../images/image-reference";
import { ImagePlaces } from "../../images/folders/image-places";
import { OciLayouts } from "../../images/folders/oci-layouts";
import { isLoopback } from "../../images/registry-auth";
import type { ContainerRuntime, ContainerSpec, RuntimeContainer, RuntimeImage } from "../container-runtime";
import { createArguments, splitEnvironment } from "./create-arguments";
import { writeDockerArchive } from "./docker-archive";
import type { EngineCli } from "./engine-cli";
import { EngineContainer } from "./engine-container";
import type { ImageFinder } from "../process/process-runtime";

export interface EngineRuntimeOptions {
  readonly cli: EngineCli;
  readonly layouts: OciLayouts;
  readonly images: ImageFinder;
  /** For what is handed over to the engine. */
  readonly folder: string;
}

/** Runs real containers, by the command line of a container engine. */
export class EngineRuntime implements ContainerRuntime {
  readonly #options: EngineRuntimeOptions;
  /** Runtime id → what removes the container, and waits for a removal that has begun. */
  readonly #containers = new Map<string, () => Promise<void>>();
  /** Those that have not ended: they use an image, and may bring a container. */
  readonly #creations = new Set<Promise<RuntimeContainer>>();
  /** Digest → tag of an image that was handed over. */
  readonly #loaded = new Map<Digest, Promise<string>>();
  /** Id of an image that was built here → its digest. */
  readonly #digests = new Map<string, Promise<Digest | undefined>>();
  /** All tags that go again with this runtime. */
  readonly #tags = new Set<string>();
  #isClosed = false;

  constructor(options: EngineRuntimeOptions) {
    this.#options = options;
  }

  /** In the image folders, in the registry that the reference names, or else among the engine's own images. */
  async resolve(reference: string): Promise<RuntimeImage> {
    const { layouts, images } = this.#options;
    const inFolder = await layouts.find(reference);
    if (inFolder !== undefined) return this.#image(inFolder.digest, () => this.#load(inFolder));
    const { repository } = parseImageReference(reference);
    const { host } = splitRepository(repository);
    if (host !== undefined) {
      const { digest } = await images.resolve(reference);
      const pinned = `${repository}@${digest}`;
      return this.#image(digest, () => this.#pull(pinned, host));
    }
    const own = await this.#findOwn(reference, repository);
    if (own !== undefined) return this.#image(own.digest, () => Promise.resolve(reference));
    const found = await images.resolve(reference);
    return this.#image(found.digest, () => this.#load(found));
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await Promise.allSettled([...this.#creations, ...this.#loaded.values()]);
    await Promise.all([...this.#containers.values()].map((remove) => remove()));
    for (const tag of this.#tags) await this.#run(["rmi", tag]);
  }

  killAll(): void {
    const { cli } = this.#options;
    if (this.#containers.size > 0) cli.runSync(["rm", "--force", "--volumes", ...this.#containers.keys()]);
    if (this.#tags.size > 0) cli.runSync(["rmi", ...this.#tags]);
  }

  #image(digest: Digest | undefined, fetch: () => Promise<string>): RuntimeImage {
    let name: string | undefined;
    return {
      digest,
      pull: async () => {
        name = await fetch();
      },
      create: async (spec) => {
        const creating = this.#create(name ?? (await fetch()), spec);
        this.#creations.add(creating);
        return creating.finally(() => this.#creations.delete(creating));
      },
    };
  }

  async #create(image: string, spec: ContainerSpec): Promise<RuntimeContainer> {
    const { cli, folder } = this.#options;
    const name = `local-ecs-${randomBytes(8).toString("hex")}`;
    const file = join(folder, `${name}.env`);
    const { lines, others } = splitEnvironment(spec.environment);
    await writeFile(file, `${lines.join("\n")}\n`, { mode: 0o600 });
    const runtimeId = await cli
      .run(createArguments({ image, name }, spec, { file, others }))
      .finally(() => rm(file, { force: true }));
    let removed: Promise<void> | undefined;
    const remove = (): Promise<void> =>
      (removed ??= this.#run(["rm", "--force", "--volumes", runtimeId]).then(() => {
        this.#containers.delete(runtimeId);
      }));
    this.#containers.set(runtimeId, remove);
    if (this.#isClosed) {
      await remove();
      throw new Error("the local ECS is being closed");
    }
    const format = "--format={{.Config.StopSignal}}";
    const stopSignal = await cli.run(["inspect", "--type=container", format, runtimeId]);
    return new EngineContainer({ cli, runtimeId, stopSignal: stopSignal || "SIGTERM", remove });
  }

  /** Once per image; a try that failed is forgotten. */
  #load(image: ResolvedImage): Promise<string> {
    const { digest } = image;
    const before = this.#loaded.get(digest);
    if (before !== undefined) return before;
    const { cli, folder } = this.#options;
    const load = async (): Promise<string> => {
      const tag = `local-ecs/${randomBytes(8).toString("hex")}:${hexOf(digest).slice(-12)}`;
      const file = join(folder, `sha256-${hexOf(digest)}.tar`);
      this.#tags.add(tag);
      await writeDockerArchive(await image.fetch(), tag, file);
      await cli.run(["load", "--input", file]).finally(() => rm(file, { force: true }));
      return tag;
    };
    const loading = load().catch((error: unknown) => {
      this.#loaded.delete(digest);
      throw error;
    });
    this.#loaded.set(digest, loading);
    return loading;
  }

  async #pull(pinned: string, host: string): Promise<string> {
    const { cli } = this.#options;
    // Docker takes a registry on this machine for harmless by itself.
    const insecure = cli.program === "podman" && isLoopback(host) ? ["--tls-verify=false"] : [];
    await cli.run(["pull", "--quiet", ...insecure, pinned]);
    return pinned;
  }

  /** An image that the engine has built has no digest; one that it has pulled has that of its pull. */
  async #findOwn(
    reference: string,
    repository: string,
  ): Promise<{ readonly digest: Digest | undefined } | undefined> {
    const format = "--format={{json .RepoDigests}}";
    const answer = await this.#options.cli
      .run(["image", "inspect", format, reference])
      .catch(() => undefined);
    if (answer === undefined) return undefined;
    const digests = (JSON.parse(answer) ?? []) as readonly string[];
    const own = digests.find((known) => known.startsWith(`${repository}@`));
    const where = `what ${this.#options.cli.program} says of the image ${reference}`;
    if (own !== undefined) return { digest: parseDigest(own.split("@")[1], where) };
    return { digest: await this.#digestOfBuilt(reference) };
  }

  /**
   * Of an image that was built here and never pushed: as it is in what `docker save` writes. It is the one that ECS would
   * report if a push left the layers as they are.
   */
  async #digestOfBuilt(reference: string): Promise<Digest | undefined> {
    const id = await this.#options.cli.run(["image", "inspect", "--format={{.Id}}", reference]);
    const reading = this.#digests.get(id) ?? this.#readDigest(reference);
    this.#digests.set(id, reading);
    return reading;
  }

  async #readDigest(reference: string): Promise<Digest | undefined> {
    const { cli, folder } = this.#options;
    const place = await mkdtemp(join(folder, "built-"));
    try {
      const file = join(place, "image.tar");
      await cli.run(["save", "--output", file, reference]);
      const layouts = new OciLayouts(new ImagePlaces([file], join(place, "unpacked")));
      return (await layouts.find(reference))?.digest;
    } finally {
      await rm(place, { recursive: true, force: true });
    }
  }

  async #run(args: readonly string[]): Promise<void> {
    await this.#options.cli.run(args).catch(() => undefined);
  }
}
