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
  fetch(signal?: AbortSignal): Promise<ImageContent>;
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
  readManifest(descriptor: Descriptor, signal?: AbortSignal): Promise<Buffer>;
  /** @returns a file of this machine with the content; nobody has verified it yet. */
  fileOf(descriptor: Descriptor, signal?: AbortSignal): Promise<string>;
  readBlob(descriptor: Descriptor, signal?: AbortSignal): Promise<Buffer>;
}

/** An image in its source. */
interface Wanted {
  readonly source: ContentSource;
  readonly signal?: AbortSignal | undefined;
}

/** The image that a manifest describes, or that an index names for this machine. */
export async function fetchImage(wanted: Wanted, descriptor: Descriptor): Promise<ImageContent> {
  const { source, signal } = wanted;
  const found = await platformManifest(wanted, descriptor);
  const manifest = parseManifest(await readManifest(wanted, found), source.nameOf(found));
  const { config } = jsonOf(manifest.config, await source.readBlob(manifest.config, signal)) as {
    readonly config?: ImageConfig | null;
  };
  const layers = [];
  for (const layer of manifest.layers)
    layers.push({ digest: layer.digest, file: await source.fileOf(layer, signal) });
  return { config: config ?? {}, configFile: await source.fileOf(manifest.config, signal), layers };
}

/** Of an index the manifest for this machine, or the only one there is. */
async function platformManifest(wanted: Wanted, descriptor: Descriptor): Promise<Descriptor> {
  if (!isIndex(descriptor)) return descriptor;
  const where = wanted.source.nameOf(descriptor);
  const { manifests } = parseIndex(await readManifest(wanted, descriptor), where);
  const architecture = arch() === "x64" ? "amd64" : arch();
  const fitting = manifests.find(
    ({ platform }) => isObject(platform) && platform.architecture === architecture && platform.os === "linux",
  );
  const chosen = fitting ?? (manifests.length === 1 ? manifests[0] : undefined);
  if (chosen === undefined)
    throw new Error(`no matching manifest for linux/${architecture} in the manifest list entries`);
  return platformManifest(wanted, parseDescriptor(chosen, where));
}

async function readManifest({ source, signal }: Wanted, descriptor: Descriptor): Promise<unknown> {
  return jsonOf(descriptor, await source.readManifest(descriptor, signal));
}

function jsonOf({ digest }: Descriptor, bytes: Buffer): unknown {
  if (sha256(bytes) !== digest) throw new Error(`the content of ${digest} does not match its digest`);
  return JSON.parse(bytes.toString("utf8"));
}
