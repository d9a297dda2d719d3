import { join } from "node:path";
import { hexOf, type Digest } from "../digest";

/** Where a layout has the content with this digest. */
export function blobPath(folder: string, digest: Digest): string {
  return join(folder, "blobs", "sha256", hexOf(digest));
}
