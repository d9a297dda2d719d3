import { existsSync } from "node:fs";
import { link, mkdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { isObject } from "../../values/is-object";
import { mediaTypes, REF_NAME_ANNOTATION, type Descriptor } from "../oci-content";
import { sha256, sha256OfFile } from "../sha256";
import { applyLayer } from "../unpack/apply-layer";
import { placeInRoot } from "../unpack/inside-root";
import { blobPath } from "./blob-path";

/**
 * Unpacks an archive of images into a folder that is an OCI image layout then: one of a layout, as BuildKit, Podman and
 * Skopeo write it, or one of `docker save`, which before Docker 25 has a form of its own.
 *
 * @throws Error that names the archive, when it is neither.
 */
export async function unpackArchive(archive: string, folder: string, signal?: AbortSignal): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
    await applyLayer(archive, folder, signal);
    if (existsSync(join(folder, "index.json"))) return;
    await convert(folder);
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    const why = (error as Error).message;
    throw new Error(`${archive} is no archive of images: ${why}`, { cause: error });
  }
}

/** One image of `manifest.json`. @see https://github.com/moby/docker-image-spec/blob/main/v1.2.md#combined-image-json--filesystem-changeset-format */
interface SavedImage {
  readonly Config: string;
  readonly RepoTags?: readonly string[] | null;
  readonly Layers: readonly string[];
}

/**
 * Turns what `docker save` wrote into a layout. It says nothing of the manifest that a push would make, because that
 * compresses the layers: the manifest that is made here has them as they are, and so its digest is our own.
 */
async function convert(folder: string): Promise<void> {
  const manifests = [];
  for (const image of await savedImages(folder)) {
    const config = await takeBlob(folder, image.Config, mediaTypes.config);
    const layers = [];
    for (const layer of image.Layers) layers.push(await takeBlob(folder, layer, UNCOMPRESSED));
    const manifest = await writeManifest(folder, { config, layers });
    const names = image.RepoTags?.length ? image.RepoTags : [undefined];
    for (const name of names)
      manifests.push(
        name === undefined ? manifest : { ...manifest, annotations: { [REF_NAME_ANNOTATION]: name } },
      );
  }
  await writeFile(join(folder, "index.json"), JSON.stringify({ schemaVersion: 2, manifests }));
}

const UNCOMPRESSED = "application/vnd.oci.image.layer.v1.tar";

async function savedImages(folder: string): Promise<readonly SavedImage[]> {
  const file = join(folder, "manifest.json");
  if (!existsSync(file)) throw new Error("it has neither index.json nor manifest.json");
  const images: unknown = JSON.parse(await readFile(file, "utf8"));
  if (!Array.isArray(images) || !images.every(isSavedImage))
    throw new Error("its manifest.json is no list of images with Config and Layers");
  return images;
}

function isSavedImage(given: unknown): given is SavedImage {
  if (!isObject(given)) return false;
  const { Config: config, Layers: layers, RepoTags: tags = null } = given;
  return typeof config === "string" && isTexts(layers) && (tags === null || isTexts(tags));
}

function isTexts(given: unknown): boolean {
  return Array.isArray(given) && given.every((each) => typeof each === "string");
}

/** Puts a file of the archive where a layout has it. Several images can have the same one, also by a link. */
async function takeBlob(folder: string, path: string, mediaType: string): Promise<Descriptor> {
  const file = placeInRoot(folder, path);
  const digest = await sha256OfFile(file);
  const { size } = await stat(file);
  const blob = blobPath(folder, digest);
  await mkdir(dirname(blob), { recursive: true });
  // Linked, not moved: another image may name the file too.
  await link(file, blob).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  });
  return { mediaType, digest, size };
}

async function writeManifest(
  folder: string,
  { config, layers }: Readonly<{ config: Descriptor; layers: readonly Descriptor[] }>,
): Promise<Descriptor> {
  const mediaType = mediaTypes.manifest;
  const bytes = Buffer.from(JSON.stringify({ schemaVersion: 2, mediaType, config, layers }));
  const digest = sha256(bytes);
  await writeFile(blobPath(folder, digest), bytes);
  return { mediaType, digest, size: bytes.length };
}
