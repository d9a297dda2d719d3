/**
 * Writes what `pulumi preview` says into docs/previews.md: `npm run docs`. The texts are those of
 * test/golden/previews.txt and inside-previews.txt, which tests of the same names compare with the real CLI. They stand
 * between `<!-- preview: <situation> -->` and `<!-- /preview -->`.
 */
import { readFile, writeFile } from "node:fs/promises";
import { resolve } from "node:path";

const repository = resolve(import.meta.dirname, "..");
const goldens = ["previews.txt", "inside-previews.txt"].map((file) =>
  resolve(repository, "test/golden", file),
);
const page = resolve(repository, "docs/previews.md");

/** What the resource is called on the page: in the golden previews it has the name of its situation. */
const RESOURCE = "migrate";

/** By situation, what the preview says. */
export async function previewTexts(): Promise<ReadonlyMap<string, string>> {
  const texts = await Promise.all(goldens.map((golden) => readFile(golden, "utf8")));
  const situations = texts.flatMap((text) => text.split(/^# /m).slice(1));
  return new Map(
    situations.map((text) => {
      const [name = "", ...lines] = text.trimEnd().split("\n");
      const preview = lines
        .join("\n")
        .replaceAll(`ecs:Task ${name} `, `ecs:Task ${RESOURCE} `)
        .replaceAll(`${name}: `, `${RESOURCE}: `);
      return [name, preview];
    }),
  );
}

/** The page as it should be, given how it is. */
export async function withPreviews(text: string): Promise<string> {
  const texts = await previewTexts();
  return text.replaceAll(/<!-- preview: (.+?) -->.*?<!-- \/preview -->/gs, (_all, name: string) => {
    const preview = texts.get(name);
    if (preview === undefined)
      throw new Error(`test/golden has no preview of the situation "${name}", which docs/previews.md shows`);
    return `<!-- preview: ${name} -->\n\n\`\`\`text\n${preview}\n\`\`\`\n\n<!-- /preview -->`;
  });
}

if (process.argv[1] === import.meta.filename) {
  await writeFile(page, await withPreviews(await readFile(page, "utf8")));
}
