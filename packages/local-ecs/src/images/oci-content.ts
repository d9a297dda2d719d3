import { isObject } from "../values/is-object";
import { parseDigest, type Digest } from "./digest";

/**
 * The files of an OCI image layout, as far as they are read and written here.
 * @see https://github.com/opencontainers/image-spec (v1.1)
 */
export const mediaTypes = {
  index: "application/vnd.oci.image.index.v1+json",
  manifest: "application/vnd.oci.image.manifest.v1+json",
  config: "application/vnd.oci.image.config.v1+json",
  layer: "application/vnd.oci.image.layer.v1.tar+gzip",
} as const;

/** The annotation by which a layout names an image. */
export const REF_NAME_ANNOTATION = "org.opencontainers.image.ref.name";

/** By which containerd, BuildKit and `docker save` do: with the whole name, where the other one has the tag alone. */
export const CONTAINERD_NAME_ANNOTATION = "io.containerd.image.name";

export interface Descriptor {
  readonly mediaType: string;
  readonly digest: Digest;
  readonly size: number;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly platform?: { readonly architecture: string; readonly os: string };
}

/** One that nobody has checked yet: others write of an image what they like. */
export type WrittenDescriptor = Readonly<Partial<Record<keyof Descriptor, unknown>>>;

export interface ImageIndex {
  /** Not all of them are used; one that is none is only wrong for whoever wants it. */
  readonly manifests: readonly WrittenDescriptor[];
}

export interface ImageManifest {
  readonly config: Descriptor;
  readonly layers: readonly Descriptor[];
}

/** What an image says about the containers made of it. */
export interface ImageConfig {
  /** `NAME=value`. */
  readonly Env?: readonly string[];
  /** What every container of it runs. */
  readonly Entrypoint?: readonly string[];
  /** Its arguments, in whose place a command comes. */
  readonly Cmd?: readonly string[];
  /** Where it runs. */
  readonly WorkingDir?: string;
  /** `user` or `user:group`. */
  readonly User?: string;
  /** The signal that asks it to end. @defaultValue SIGTERM */
  readonly StopSignal?: string;
  /** From names to values. */
  readonly Labels?: Readonly<Record<string, string>>;
}

/** Also true for the list of Docker's own format, which registries still serve. */
export function isIndex({ mediaType }: Descriptor): boolean {
  return (
    mediaType === mediaTypes.index ||
    mediaType === "application/vnd.docker.distribution.manifest.list.v2+json"
  );
}

/** @param where - the file it is in, for the error. @throws Error when it is none, or its digest is none. */
export function parseDescriptor(given: unknown, where: string): Descriptor {
  const descriptor = isObject(given) ? given : {};
  const digest = parseDigest(descriptor.digest, where);
  const {
    mediaType = mediaTypes.manifest,
    size = 0,
    annotations,
    platform,
  } = descriptor as Partial<Descriptor>;
  return {
    mediaType,
    digest,
    size,
    ...(isObject(annotations) ? { annotations } : {}),
    ...(isObject(platform) ? { platform } : {}),
  };
}

/** @throws Error when this is no index of images. */
export function parseIndex(given: unknown, where: string): ImageIndex {
  const manifests = isObject(given) ? given.manifests : undefined;
  if (!Array.isArray(manifests))
    throw new Error(`${where} is no index of images: it has no list "manifests"`);
  return { manifests: manifests.filter(isObject) };
}

/** @throws Error when this is no manifest, or a digest in it is none. */
export function parseManifest(given: unknown, where: string): ImageManifest {
  const { config, layers } = isObject(given) ? given : {};
  if (!isObject(config) || !Array.isArray(layers))
    throw new Error(`${where} is no manifest of an image: it has no "config" or no list "layers"`);
  return {
    config: parseDescriptor(config, where),
    layers: layers.map((layer: unknown) => parseDescriptor(layer, where)),
  };
}
