import { quoted } from "../values/quoted";

declare const brand: unique symbol;

/**
 * `sha256:` and 64 lower-case hexadecimal digits. `parseDigest` alone makes one, so that no path is ever built of a text
 * that says something else.
 */
export type Digest = string & { readonly [brand]: "Digest" };

/**
 * Reads a digest that somebody else wrote.
 * @param where - what names it: a file, a place in a registry.
 * @throws Error that says where the digest is and what is there instead.
 */
export function parseDigest(given: unknown, where: string): Digest {
  if (isDigest(given)) return given;
  throw new Error(
    given === undefined
      ? `${where} has no digest where one belongs`
      : `${where} names ${quoted(given)}, which is no digest: that is sha256: and 64 digits of 0-9 and a-f`,
  );
}

function isDigest(given: unknown): given is Digest {
  return typeof given === "string" && /^sha256:[0-9a-f]{64}$/.test(given);
}

/** The 64 digits alone: the name of a file. */
export function hexOf(digest: Digest): string {
  return digest.slice("sha256:".length);
}
