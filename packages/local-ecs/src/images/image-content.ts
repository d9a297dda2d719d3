import { arch } from "node:os";
import type { Digest } from "./digest";
import {
  isIndex,
  parseDescriptor,
  parseIndex,
  parseManifest,
  type Descriptor,
  type ImageConfig,
} from "./oci-content";
import { isObject } from "../values/is-object";
import { sha256 } from "./sha256";

/** An image that was found, but not fetched. */
export interface ResolvedImage {
  /** Of what the reference names: for a multi-architecture image the digest of its index. */
  readonly digest: Digest;
  /** Brings everything of it to this machine. */
  fetch(): Promise<ImageContent>;
}

/** An image of one platform, on this machine. */
export interface ImageContent {
  readonly config: ImageConfig;
  readonly configFile: string;
  /** From the lowest to the highest. */
  readonly layers: readonly Layer[];
}

export interface Layer {
  readonly digest: Digest;
  /** A tar, compressed or not. */
  readonly file: string;
}

/** Where the parts of images are: a folder, a registry. */
export interface ContentSource {
  /** What is at fault, when the content is not as it should be: the name of a file, a place in a registry. */
  nameOf(descriptor: Descriptor): string;
  readManifest(descriptor: Descriptor): Promise<Buffer>;
  /** @returns a file of this machine with the content; nobody has verified it yet. */
  fileOf(descriptor: Descriptor): Promise<string>;
  readBlob(descriptor: Descriptor): Promise<Buffer>;
}

/** The image that a manifest describes, or that an index names for this machine. */
export async function fetchImage(source: ContentSource, descriptor: Descriptor): Promise<ImageContent> {
  const found = await platformManifest(source, descriptor);
  const manifest = parseManifest(
    await readJson(found, (one) => source.readManifest(one)),
    source.nameOf(found),
  );
  const { config = {} } = (await readJson(manifest.config, (one) => source.readBlob(one))) as {
    readonly config?: ImageConfig;
  };
  const layers = [];
  for (const layer of manifest.layers)
    layers.push({ digest: layer.digest, file: await source.fileOf(layer) });
  return { config, configFile: await source.fileOf(manifest.config), layers };
}

/** Of an index the manifest for this machine, or the only one there is. */
async function platformManifest(source: ContentSource, descriptor: Descriptor): Promise<Descriptor> {
  if (!isIndex(descriptor)) return descriptor;
  const where = source.nameOf(descriptor);
  const { manifests } = parseIndex(await readJson(descriptor, (one) => source.readManifest(one)), where);
  const architecture = arch() === "x64" ? "amd64" : arch();
  const fitting = manifests.find(
    ({ platform }) => isObject(platform) && platform.architecture === architecture && platform.os === "linux",
  );
  const chosen = fitting ?? (manifests.length === 1 ? manifests[0] : undefined);
  if (chosen === undefined)
    throw new Error(`no matching manifest for linux/${architecture} in the manifest list entries`);
  return platformManifest(source, parseDescriptor(chosen, where));
}

async function readJson(
  descriptor: Descriptor,
  read: (descriptor: Descriptor) => Promise<Buffer>,
): Promise<unknown> {
  const bytes = await read(descriptor);
  if (sha256(bytes) !== descriptor.digest)
    throw new Error(`the content of ${descriptor.digest} does not match its digest`);
  return JSON.parse(bytes.toString("utf8"));
}
