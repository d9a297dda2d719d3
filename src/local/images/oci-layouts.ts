import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fetchImage, type ContentSource, type ResolvedImage } from "./image-content";
import { parseImageReference, type ImageReference } from "./image-reference";
import { refNameAnnotation, type Descriptor, type ImageIndex } from "./oci-content";

/** Images in folders that are OCI image layouts, as `skopeo copy … oci:folder:name` writes them. */
export class OciLayouts {
  private readonly folders: readonly string[];

  constructor(folders: readonly string[]) {
    this.folders = folders;
  }

  /** Reads the folders anew each time, so images may be added while the local ECS runs. */
  async find(reference: string): Promise<ResolvedImage | undefined> {
    const wanted = parseImageReference(reference);
    for (const folder of this.folders) {
      const { manifests } = await readIndex(folder);
      const found = manifests.find((descriptor) => isWanted(descriptor, wanted));
      if (found !== undefined)
        return { digest: found.digest, fetch: () => fetchImage(layoutSource(folder), found) };
    }
    return undefined;
  }

  /** @throws Error that says where it was looked for. */
  async resolve(reference: string): Promise<ResolvedImage> {
    const found = await this.find(reference);
    if (found !== undefined) return found;
    throw new Error(
      `manifest unknown: ${reference} is in none of the image folders (${this.folders.join(", ") || "none given"})`,
    );
  }
}

function isWanted({ digest, annotations }: Descriptor, wanted: ImageReference): boolean {
  const name = annotations?.[refNameAnnotation];
  const named = name === undefined ? undefined : parseImageReference(name);
  // An image that has lost its tag to a newer one keeps its digest, and no name.
  if (wanted.digest !== undefined)
    return digest === wanted.digest && (named === undefined || named.repository === wanted.repository);
  return named?.repository === wanted.repository && named.tag === wanted.tag;
}

async function readIndex(folder: string): Promise<ImageIndex> {
  try {
    return JSON.parse(await readFile(join(folder, "index.json"), "utf8")) as ImageIndex;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return { manifests: [] };
    throw new Error(`${join(folder, "index.json")} cannot be read: ${(error as Error).message}`, {
      cause: error,
    });
  }
}

function layoutSource(folder: string): ContentSource {
  const fileOf = ({ digest }: Descriptor): string => blobPath(folder, digest);
  const read = (descriptor: Descriptor): Promise<Buffer> => readFile(fileOf(descriptor));
  return {
    readManifest: read,
    readBlob: read,
    fileOf: (descriptor) => Promise.resolve(fileOf(descriptor)),
  };
}

export function blobPath(folder: string, digest: string): string {
  const [, hex] = /^sha256:([0-9a-f]{64})$/.exec(digest) ?? [];
  if (hex === undefined) throw new Error(`${JSON.stringify(digest)} is no sha256 digest`);
  return join(folder, "blobs", "sha256", hex);
}
