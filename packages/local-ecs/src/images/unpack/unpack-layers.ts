import { mkdir } from "node:fs/promises";
import type { Layer } from "../image-content";
import { sha256OfFile } from "../sha256";
import { applyLayer } from "./apply-layer";

/** Lays the layers of an image over each other in `root`. @throws Error that names the layer. */
export async function unpackLayers(
  layers: readonly Layer[],
  root: string,
  signal?: AbortSignal,
): Promise<void> {
  await mkdir(root, { recursive: true });
  for (const { file, digest } of layers) {
    const found = await sha256OfFile(file);
    if (found !== digest)
      throw new Error(`the content of layer ${digest} does not match its digest: it is ${found}`);
    await applyLayer(file, root, signal).catch((error: unknown) => {
      throw new Error(`layer ${digest} cannot be unpacked: ${(error as Error).message}`, { cause: error });
    });
  }
}
