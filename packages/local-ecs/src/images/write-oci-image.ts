import { randomUUID } from "node:crypto";
import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { chmod, mkdir, mkdtemp, readFile, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, posix } from "node:path";
import { gunzipSync } from "node:zlib";
import * as tar from "tar";
import { isObject } from "../values/is-object";
import {
  mediaTypes,
  parseIndex,
  REF_NAME_ANNOTATION,
  type Descriptor,
  type ImageConfig,
} from "./oci-content";
import { blobPath } from "./folders/blob-path";
import { sha256 } from "./sha256";

/** All times in an image, so that equal files make equal digests. */
const fixedTime = new Date(0);

/** Absolute path in the image → content; with `mode` where 0644 will not do. */
export type ImageFiles = Readonly<Record<string, string | Uint8Array | ImageFile>>;

/** A file with permissions of its own. @public */
export interface ImageFile {
  /** What is in it. */
  readonly content: string | Uint8Array;
  /** Permissions, e.g. `0o755` for a script that is run by its name. */
  readonly mode: number;
}

/** What image to write, and where. @public */
export interface WriteOciImageOptions {
  /** Folder of the OCI image layout: made when missing; other images in it stay. */
  readonly layout: string;
  /** The full reference by which task definitions name the image: `shop/migrate:1`. It moves here from an older image. */
  readonly reference: string;
  /** The files of the image, or of its layers from the lowest to the highest. */
  readonly files: ImageFiles | readonly ImageFiles[];
  /** Entry point, command, environment, … in the words of the OCI image configuration. */
  readonly config?: ImageConfig;
  /** @defaultValue "amd64" */
  readonly architecture?: string;
}

/** The image that was written. @public */
export interface WrittenImage {
  /** sha256 of the manifest's bytes: what ECS reports as `imageDigest`. */
  readonly digest: string;
}

/**
 * Builds an OCI image without a container engine: gzipped tar layers, config, manifest, `index.json`. The same input
 * gives the same digest, on one version of Node.
 * @see https://github.com/opencontainers/image-spec/blob/v1.1.0/image-layout.md
 */
export async function writeOciImage(options: WriteOciImageOptions): Promise<WrittenImage> {
  const { layout, reference, files, config = {}, architecture = "amd64" } = options;
  await mkdir(join(layout, "blobs", "sha256"), { recursive: true });
  const layers: Descriptor[] = [];
  const diffIds: string[] = [];
  for (const layer of isLayers(files) ? files : [files]) {
    const bytes = await pack(layer);
    diffIds.push(sha256(gunzipSync(bytes)));
    layers.push(await writeBlob(layout, mediaTypes.layer, bytes));
  }
  const configuration = await writeJson(layout, mediaTypes.config, {
    created: fixedTime.toISOString(),
    architecture,
    os: "linux",
    config,
    rootfs: { type: "layers", diff_ids: diffIds },
  });
  const manifest = await writeJson(layout, mediaTypes.manifest, {
    schemaVersion: 2,
    mediaType: mediaTypes.manifest,
    config: configuration,
    layers,
  });
  addToIndex(layout, reference, { ...manifest, platform: { architecture, os: "linux" } });
  return { digest: manifest.digest };
}

function isLayers(files: ImageFiles | readonly ImageFiles[]): files is readonly ImageFiles[] {
  return Array.isArray(files);
}

/** Packs from real files, since that is what the tar package does best; nothing of this machine gets into the tar. */
async function pack(files: ImageFiles): Promise<Buffer> {
  const folder = await mkdtemp(join(tmpdir(), "oci-layer-"));
  try {
    const content = join(folder, "content");
    const file = join(folder, "layer.tar.gz");
    await mkdir(content);
    const modes = new Map<string, number>();
    for (const [path, given] of Object.entries(files)) {
      const { content: bytes, mode } = isFile(given) ? given : { content: given, mode: 0o644 };
      const relative = posix.normalize(`/${path}`).slice(1);
      for (let parent = posix.dirname(relative); parent !== "."; parent = posix.dirname(parent))
        modes.set(parent, 0o755);
      modes.set(relative, mode);
      await mkdir(dirname(join(content, relative)), { recursive: true });
      await writeFile(join(content, relative), bytes);
    }
    // Set outright: what was created has the modes that this user's umask allows.
    for (const [path, mode] of modes) await chmod(join(content, path), mode);
    await tar.create(
      { file, cwd: content, gzip: true, portable: true, noDirRecurse: true, mtime: fixedTime },
      modes.size === 0 ? ["."] : [...modes.keys()].sort(),
    );
    return await readFile(file);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function isFile(given: string | Uint8Array | ImageFile): given is ImageFile {
  return typeof given === "object" && "content" in given;
}

function writeJson(layout: string, mediaType: string, content: object): Promise<Descriptor> {
  return writeBlob(layout, mediaType, Buffer.from(JSON.stringify(content)));
}

async function writeBlob(layout: string, mediaType: string, bytes: Uint8Array): Promise<Descriptor> {
  const digest = sha256(bytes);
  const path = blobPath(layout, digest);
  // Renamed into place: another image may share it, and a task may be unpacking that just now.
  const part = `${path}.${randomUUID()}`;
  await writeFile(part, bytes);
  await rename(part, path);
  return { mediaType, digest, size: bytes.length };
}

/** In one go, so that images written at the same time do not lose each other. */
function addToIndex(layout: string, reference: string, image: Descriptor): void {
  const path = join(layout, "index.json");
  const { manifests } = existsSync(path)
    ? parseIndex(JSON.parse(readFileSync(path, "utf8")), path)
    : { manifests: [] };
  // An older image of that name keeps its place, so that it is still found by its digest.
  const others = manifests.map((entry) => {
    const { annotations, ...rest } = entry;
    return isObject(annotations) && annotations[REF_NAME_ANNOTATION] === reference ? rest : entry;
  });
  const index = {
    schemaVersion: 2,
    mediaType: mediaTypes.index,
    manifests: [
      ...others.filter(({ digest, ...rest }) => digest !== image.digest || "annotations" in rest),
      { ...image, annotations: { [REF_NAME_ANNOTATION]: reference } },
    ],
  };
  writeFileSync(join(layout, "oci-layout"), JSON.stringify({ imageLayoutVersion: "1.0.0" }));
  // Renamed into place: a reader sees the old index or the new one, never a part.
  const part = `${path}.${randomUUID()}`;
  writeFileSync(part, JSON.stringify(index, undefined, 2));
  renameSync(part, path);
}
