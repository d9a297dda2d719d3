import { isPlainObject } from "../text/canonical-json";

/**
 * The media types of the manifests that registries hold: of one platform's image, and of an index over several.
 *
 * @see https://github.com/opencontainers/image-spec/blob/v1.1.0/media-types.md
 * @see https://distribution.github.io/distribution/spec/manifest-v2-2/
 */
export const MANIFEST_TYPES: readonly string[] = [
  "application/vnd.oci.image.index.v1+json",
  "application/vnd.docker.distribution.manifest.list.v2+json",
  "application/vnd.oci.image.manifest.v1+json",
  "application/vnd.docker.distribution.manifest.v2+json",
];

/** The digests of the manifests that an index lists; none for anything else, the manifest of one platform included. */
export function manifestDigestsIn(manifest: string): readonly string[] {
  const manifests = parsed(manifest).manifests;
  if (!Array.isArray(manifests)) return [];
  return manifests.flatMap((entry: unknown) =>
    isPlainObject(entry) && typeof entry.digest === "string" ? [entry.digest] : [],
  );
}

function parsed(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    return isPlainObject(value) ? value : {};
  } catch {
    return {};
  }
}
