import { copyFile, mkdir, rm, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import * as tar from "tar";
import type { ImageContent } from "../../images/image-content";

/**
 * Writes an image as the kind of file that every engine can load, since not every one knows OCI image layouts.
 * @see https://github.com/moby/docker-image-spec/blob/main/spec.md#combined-image-json--filesystem-changeset-format
 */
export async function writeDockerArchive(content: ImageContent, tag: string, file: string): Promise<void> {
  const folder = `${file}.content`;
  try {
    await mkdir(folder, { recursive: true });
    const config = `${basename(content.configFile)}.json`;
    await copyFile(content.configFile, join(folder, config));
    const layers = [];
    for (const [index, layer] of content.layers.entries()) {
      const name = `${index}-${basename(layer.file)}.tar`;
      await copyFile(layer.file, join(folder, name));
      layers.push(name);
    }
    await writeFile(
      join(folder, "manifest.json"),
      JSON.stringify([{ Config: config, RepoTags: [tag], Layers: layers }]),
    );
    await tar.create({ file, cwd: folder, portable: true }, [config, ...layers, "manifest.json"]);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
