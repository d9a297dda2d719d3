import { EcsTaskError } from "../errors";
import { imageDigestIn } from "./image-digest";

/**
 * The digest that somebody asks for.
 *
 * @param name - what they call it.
 * @throws EcsTaskError when it is none.
 */
export function requireImageDigest(name: string, reference: string): string {
  const digest = imageDigestIn(reference);
  if (digest) return digest;
  throw new EcsTaskError(
    "NO_IMAGE_DIGEST",
    `${name} is "${reference}", which is no image digest. It must be sha256: and 64 hexadecimal digits (0-9, a-f), or an image that ends in @ and these.`,
  );
}
