import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import { parseDigest, type Digest } from "./digest";

/** The digest of some bytes. */
export function sha256(bytes: Uint8Array): Digest {
  return digestOf(createHash("sha256").update(bytes).digest("hex"));
}

export async function sha256OfFile(path: string): Promise<Digest> {
  const hash = createHash("sha256");
  await pipeline(createReadStream(path), hash);
  return digestOf(hash.digest("hex"));
}

function digestOf(hex: string): Digest {
  return parseDigest(`sha256:${hex}`, "sha256");
}
