import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { randomBytes, randomUUID } from "node:crypto";
import { hexOf, type Digest } from "../../images/digest";
import type { ImageContent, ResolvedImage } from "../../images/image-content";
import { unpackLayers } from "../../images/unpack/unpack-layers";
import { combineWithImage } from "../container-config";
import type { ContainerRuntime, ContainerSpec, RuntimeContainer, RuntimeImage } from "../container-runtime";
import { SharedImage } from "./shared-image";
import { ProcessContainer } from "./process-container";

/** Where images come from. */
export interface ImageFinder {
  /** @throws Error that says why the image cannot be found. */
  resolve(reference: string): Promise<ResolvedImage>;
}

interface Unpacked {
  readonly image: SharedImage;
  readonly content: ImageContent;
}

/**
 * Runs containers as plain processes of the current user: the image is unpacked into a folder, and its command runs
 * there. This is no isolation: the process sees this machine's files, network and processes.
 */
export class ProcessRuntime implements ContainerRuntime {
  readonly #images: ImageFinder;
  /** Folder for unpacked images and containers. */
  readonly #folder: string;
  readonly #containers = new Set<ProcessContainer>();
  readonly #closing = new AbortController();
  readonly #unpacked = new Map<Digest, Promise<Unpacked>>();
  /** Looks at whether a container has changed its image. */
  readonly #looks = new Set<Promise<void>>();

  constructor(options: { readonly images: ImageFinder; readonly folder: string }) {
    this.#images = options.images;
    this.#folder = options.folder;
  }

  async resolve(reference: string): Promise<RuntimeImage> {
    const image = await this.#images.resolve(reference);
    return {
      digest: image.digest,
      pull: async () => {
        await this.#unpack(image);
      },
      create: (spec) => this.#create(image, spec),
    };
  }

  async close(): Promise<void> {
    this.#closing.abort(new Error("the local ECS is being closed"));
    this.killAll();
    await Promise.all([...this.#containers].map((container) => container.exited));
    await Promise.allSettled(this.#unpacked.values());
  }

  killAll(): void {
    for (const container of this.#containers) container.kill();
  }

  async #create(image: ResolvedImage, spec: ContainerSpec): Promise<RuntimeContainer> {
    const runtimeId = randomBytes(32).toString("hex");
    const folder = join(this.#folder, "containers", runtimeId);
    const root = join(folder, "rootfs");
    await mkdir(folder, { recursive: true });
    await Promise.all(this.#looks);
    const unpacked = await this.#unpack(image);
    await unpacked.image.layOut(root);
    this.#closing.signal.throwIfAborted();
    const container = new ProcessContainer({
      runtimeId,
      root,
      config: combineWithImage(spec, unpacked.content.config),
      mounts: spec.mounts,
      remove: async () => {
        this.#containers.delete(container);
        await this.#look(image.digest, unpacked);
        await rm(folder, { recursive: true, force: true });
      },
    });
    this.#containers.add(container);
    return container;
  }

  /** An image that a container has changed is unpacked anew for the next one. */
  #look(digest: Digest, { image }: Unpacked): Promise<void> {
    const look = image.hasChanged().then(async (hasChanged) => {
      // Another container may have noticed it before.
      if (hasChanged && (await this.#unpacked.get(digest))?.image === image) this.#unpacked.delete(digest);
    });
    this.#looks.add(look);
    return look.finally(() => this.#looks.delete(look));
  }

  /** Once per image; a try that failed is forgotten. */
  #unpack(image: ResolvedImage): Promise<Unpacked> {
    const { digest } = image;
    const before = this.#unpacked.get(digest);
    if (before !== undefined) return before;
    // A name of its own: the last one may still be in use.
    const root = join(this.#folder, "images", `sha256-${hexOf(digest)}-${randomUUID()}`);
    const { signal } = this.#closing;
    async function unpack(): Promise<Unpacked> {
      const content = await image.fetch(signal);
      await unpackLayers(content.layers, root, signal);
      return { image: await SharedImage.at(root), content };
    }
    const unpacking = unpack().catch(async (error: unknown) => {
      this.#unpacked.delete(digest);
      await rm(root, { recursive: true, force: true });
      throw error;
    });
    this.#unpacked.set(digest, unpacking);
    return unpacking;
  }
}
