import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { isObject } from "../../values/is-object";
import { fetchImage, type ContentSource, type ResolvedImage } from "../image-content";
import {
  familiarName,
  isSameRepository,
  parseImageName,
  parseImageReference,
  type ImageReference,
} from "../image-reference";
import {
  CONTAINERD_NAME_ANNOTATION,
  parseDescriptor,
  parseIndex,
  REF_NAME_ANNOTATION,
  type Descriptor,
  type ImageIndex,
  type WrittenDescriptor,
} from "../oci-content";
import { blobPath } from "./blob-path";
import type { ImagePlaces, Layout } from "./image-places";

/** An image that is in a folder or an archive. @public */
export interface FoundImage {
  /** As a task definition would name it; `undefined` for an image that has only a digest. */
  readonly reference: string | undefined;
  /** What ECS reports for it. */
  readonly digest: string;
  /** The folder or the archive. */
  readonly place: string;
}

/** Images in OCI image layouts: folders, and archives that were unpacked. */
export class OciLayouts {
  readonly #places: ImagePlaces;

  constructor(places: ImagePlaces) {
    this.#places = places;
  }

  /** Looks anew each time, so images may be added while the local ECS runs. */
  async find(reference: string): Promise<ResolvedImage | undefined> {
    const wanted = parseImageReference(reference);
    const { layouts, problems } = await this.#places.layouts();
    for (const { folder } of layouts) {
      const { manifests } = await readIndex(folder);
      const written = manifests.find((descriptor) => isWanted(descriptor, wanted));
      if (written === undefined) continue;
      const found = parseDescriptor(written, indexOf(folder));
      return {
        digest: found.digest,
        fetch: (signal) => fetchImage({ source: layoutSource(folder), signal }, found),
      };
    }
    // It may be in what could not be read.
    const [problem] = problems;
    if (problem !== undefined) throw problem;
    return undefined;
  }

  /** @throws Error that says where it was looked for. */
  async resolve(reference: string): Promise<ResolvedImage> {
    const found = await this.find(reference);
    if (found !== undefined) return found;
    throw new Error(`manifest unknown: ${reference} is in none of the image folders (${this.#places.text})`);
  }

  /** All images there are, and why some cannot be read. */
  async list(): Promise<{ readonly images: readonly FoundImage[]; readonly problems: readonly Error[] }> {
    const { layouts, problems } = await this.#places.layouts();
    const images = await Promise.all(layouts.map((layout) => imagesIn(layout)));
    return { images: images.flat(), problems };
  }
}

async function imagesIn({ folder, place }: Layout): Promise<readonly FoundImage[]> {
  const { manifests } = await readIndex(folder);
  return manifests.map((written) => {
    const { digest } = parseDescriptor(written, indexOf(folder));
    const name = nameOf(written);
    const tag = name?.tag === undefined ? "" : `:${name.tag}`;
    return { reference: name && `${familiarName(name.repository)}${tag}`, digest, place };
  });
}

function isWanted(descriptor: WrittenDescriptor, wanted: ImageReference): boolean {
  const named = nameOf(descriptor);
  const isSame = named !== undefined && isSameRepository(named.repository, wanted.repository);
  // An image that has lost its tag to a newer one keeps its digest, and no name.
  if (wanted.digest !== undefined)
    return descriptor.digest === wanted.digest && (named === undefined || isSame);
  return isSame && named.tag === wanted.tag;
}

/** What an image is called in its layout. */
function nameOf({ annotations }: WrittenDescriptor): ReturnType<typeof parseImageName> | undefined {
  if (!isObject(annotations)) return undefined;
  const name = annotations[CONTAINERD_NAME_ANNOTATION] ?? annotations[REF_NAME_ANNOTATION];
  return typeof name === "string" ? parseImageName(name) : undefined;
}

function indexOf(folder: string): string {
  return join(folder, "index.json");
}

async function readIndex(folder: string): Promise<ImageIndex> {
  const file = indexOf(folder);
  const read = async (): Promise<unknown> => JSON.parse(await readFile(file, "utf8"));
  const content = await read().catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return { manifests: [] };
    throw new Error(`${file} cannot be read: ${(error as Error).message}`, { cause: error });
  });
  return parseIndex(content, file);
}

function layoutSource(folder: string): ContentSource {
  const fileOf = ({ digest }: Descriptor): string => blobPath(folder, digest);
  const read = (descriptor: Descriptor): Promise<Buffer> => readFile(fileOf(descriptor));
  return {
    nameOf: fileOf,
    readManifest: read,
    readBlob: read,
    fileOf: (descriptor) => Promise.resolve(fileOf(descriptor)),
  };
}
