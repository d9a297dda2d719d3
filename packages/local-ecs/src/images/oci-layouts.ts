import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { isObject } from "../values/is-object";
import { hexOf, type Digest } from "./digest";
import { fetchImage, type ContentSource, type ResolvedImage } from "./image-content";
import { parseImageName, parseImageReference, type ImageReference } from "./image-reference";
import {
  parseDescriptor,
  parseIndex,
  REF_NAME_ANNOTATION,
  type Descriptor,
  type ImageIndex,
  type WrittenDescriptor,
} from "./oci-content";

/** Images in folders that are OCI image layouts, as `skopeo copy … oci:folder:name` writes them. */
export class OciLayouts {
  readonly #folders: readonly string[];

  constructor(folders: readonly string[]) {
    this.#folders = folders;
  }

  /** Reads the folders anew each time, so images may be added while the local ECS runs. */
  async find(reference: string): Promise<ResolvedImage | undefined> {
    const wanted = parseImageReference(reference);
    for (const folder of this.#folders) {
      const { manifests } = await readIndex(folder);
      const written = manifests.find((descriptor) => isWanted(descriptor, wanted));
      if (written === undefined) continue;
      const found = parseDescriptor(written, indexOf(folder));
      return { digest: found.digest, fetch: () => fetchImage(layoutSource(folder), found) };
    }
    return undefined;
  }

  /** @throws Error that says where it was looked for. */
  async resolve(reference: string): Promise<ResolvedImage> {
    const found = await this.find(reference);
    if (found !== undefined) return found;
    throw new Error(
      `manifest unknown: ${reference} is in none of the image folders (${this.#folders.join(", ") || "none given"})`,
    );
  }
}

function isWanted({ digest, annotations }: WrittenDescriptor, wanted: ImageReference): boolean {
  const name = isObject(annotations) ? annotations[REF_NAME_ANNOTATION] : undefined;
  const named = typeof name === "string" ? parseImageName(name) : undefined;
  // An image that has lost its tag to a newer one keeps its digest, and no name.
  if (wanted.digest !== undefined)
    return digest === wanted.digest && (named === undefined || named.repository === wanted.repository);
  return named?.repository === wanted.repository && named.tag === wanted.tag;
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

/** Where a layout has the content with this digest. */
export function blobPath(folder: string, digest: Digest): string {
  return join(folder, "blobs", "sha256", hexOf(digest));
}
