/**
 * Makes the README's picture of a terminal from a real run: `npm run capture`. What the terminal showed is kept as
 * text in test/golden, without what differs from run to run, so that a test says when the picture is out of date.
 */
import { readFile, writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import { recordSession } from "./capture/record-session.mts";
import { terminalSvg } from "./capture/terminal-svg.mts";

const repository = resolve(import.meta.dirname, "..");
const textFile = resolve(repository, "test/golden/terminal.ansi");
const pictureFile = resolve(repository, "docs/assets/terminal.svg");

/** The picture of what is stored. */
export async function drawStored(): Promise<string> {
  return terminalSvg({
    title: "pulumi preview and pulumi up in a terminal: a migration fails and says why, the next one passes",
    text: await readFile(textFile, "utf8"),
    columns: 104,
  });
}

if (process.argv[1] === import.meta.filename) {
  await writeFile(textFile, await recordSession(console.log));
  await writeFile(pictureFile, await drawStored());
}
