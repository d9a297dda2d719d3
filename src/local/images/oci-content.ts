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
export const refNameAnnotation = "org.opencontainers.image.ref.name";

export interface Descriptor {
  readonly mediaType: string;
  readonly digest: string;
  readonly size: number;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly platform?: { readonly architecture: string; readonly os: string };
}

export interface ImageIndex {
  readonly manifests: readonly Descriptor[];
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
