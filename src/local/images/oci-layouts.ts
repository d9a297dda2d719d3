import { readFile } from "node:fs/promises";
import { arch } from "node:os";
import { join } from "node:path";
import { parseImageReference, type ImageReference } from "./image-reference";
import {
  isIndex,
  refNameAnnotation,
  type Descriptor,
  type ImageConfig,
  type ImageIndex,
  type ImageManifest,
} from "./oci-content";
import { sha256 } from "./sha256";

/** An image that was found, but not unpacked. */
export interface ResolvedImage {
  /** Of what the reference names: for a multi-architecture image the digest of its index. */
  readonly digest: string;
  readonly config: ImageConfig;
  readonly layers: readonly Layer[];
}

export interface Layer {
  readonly digest: string;
  /** A tar, compressed or not. */
  readonly file: string;
}

/** Images in folders that are OCI image layouts, as `skopeo copy … oci:folder:name` writes them. */
export class OciLayouts {
  private readonly folders: readonly string[];

  constructor(folders: readonly string[]) {
    this.folders = folders;
  }

  /** Reads the folders anew each time, so images may be added while the local ECS runs. */
  async resolve(reference: string): Promise<ResolvedImage> {
    const wanted = parseImageReference(reference);
    for (const folder of this.folders) {
      const { manifests } = await readIndex(folder);
      const found = manifests.find((descriptor) => isWanted(descriptor, wanted));
      if (found !== undefined) return open(folder, found);
    }
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

async function open(folder: string, descriptor: Descriptor): Promise<ResolvedImage> {
  const manifest = (await readJson(folder, await platformManifest(folder, descriptor))) as ImageManifest;
  const { config = {} } = (await readJson(folder, manifest.config)) as { readonly config?: ImageConfig };
  const layers = manifest.layers.map(({ digest }) => ({ digest, file: blobPath(folder, digest) }));
  return { digest: descriptor.digest, config, layers };
}

/** Of an index the manifest for this machine, or the only one there is. */
async function platformManifest(folder: string, descriptor: Descriptor): Promise<Descriptor> {
  if (!isIndex(descriptor)) return descriptor;
  const { manifests } = (await readJson(folder, descriptor)) as ImageIndex;
  const architecture = arch() === "x64" ? "amd64" : arch();
  const fitting = manifests.find(
    ({ platform }) => platform?.architecture === architecture && platform.os === "linux",
  );
  const chosen = fitting ?? (manifests.length === 1 ? manifests[0] : undefined);
  if (chosen === undefined)
    throw new Error(`no matching manifest for linux/${architecture} in the manifest list entries`);
  return platformManifest(folder, chosen);
}

async function readJson(folder: string, { digest }: Descriptor): Promise<unknown> {
  const bytes = await readFile(blobPath(folder, digest));
  if (sha256(bytes) !== digest) throw new Error(`the content of ${digest} does not match its digest`);
  return JSON.parse(bytes.toString("utf8"));
}

export function blobPath(folder: string, digest: string): string {
  const [, hex] = /^sha256:([0-9a-f]{64})$/.exec(digest) ?? [];
  if (hex === undefined) throw new Error(`${JSON.stringify(digest)} is no sha256 digest`);
  return join(folder, "blobs", "sha256", hex);
}
