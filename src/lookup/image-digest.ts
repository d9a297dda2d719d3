/** https://github.com/opencontainers/image-spec/blob/v1.1.0/descriptor.md#digests; ECS and its registries use SHA-256. */
const DIGEST = /^(?:.+@)?(sha256:[0-9a-f]{64})$/;

/**
 * The digest in `sha256:…` and in `image@sha256:…`; `undefined` for anything else, a tag or a shortened digest
 * included: digests are only ever compared whole.
 */
export function imageDigestIn(reference: string): string | undefined {
  return DIGEST.exec(reference)?.[1];
}
