import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";

const repository = resolve(__dirname, "../..");

/** A document of the repository. */
export interface Document {
  /** Its path from the repository's root. */
  readonly path: string;
  readonly text: string;
}

/** A fenced block of a document. */
export interface CodeBlock {
  readonly language: string;
  readonly code: string;
  /** The line of the document on which its code begins, counted from 1. */
  readonly line: number;
}

/** All Markdown that is in git, or is about to be; reports of the API are made by a tool, and are none. */
export function documents(): readonly Document[] {
  const list = ["ls-files", "--cached", "--others", "--exclude-standard", "*.md", ":!*.api.md"];
  const paths = execFileSync("git", list, { cwd: repository, encoding: "utf8" }).trim().split("\n");
  return [...new Set(paths)].map((path) => ({ path, text: readFileSync(join(repository, path), "utf8") }));
}

export function codeBlocks({ text }: Document): readonly CodeBlock[] {
  return [...text.matchAll(/^```(\w+)\n(.*?)^```$/gms)].map(({ 1: language = "", 2: code = "", index }) => ({
    language,
    code,
    line: text.slice(0, index).split("\n").length + 1,
  }));
}

/** The targets of a document's links and pictures, without those in code. */
export function linksOf({ text }: Document): readonly string[] {
  const prose = text.replaceAll(/^```.*?^```$/gms, "").replaceAll(/`[^`\n]*`/g, "code");
  const inline = [...prose.matchAll(/\]\(<?([^)\s>]+)>?(?: "[^"]*")?\)/g)];
  const references = [...prose.matchAll(/^\[[^\]]+\]: (\S+)/gm)];
  return [...inline, ...references].map(([, target = ""]) => target);
}

/** What a heading is called in an address, as GitHub forms it; the same heading again has a number. */
export function anchorsOf({ text }: Document): ReadonlySet<string> {
  const anchors = new Set<string>();
  for (const [, heading = ""] of text.replaceAll(/^```.*?^```$/gms, "").matchAll(/^#+ +(.+)$/gm)) {
    const words = heading.replaceAll(/\[([^\]]*)\]\([^)]*\)/g, "$1").toLowerCase();
    const anchor = words
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, "")
      .trim()
      .replaceAll(" ", "-");
    let number = 0;
    while (anchors.has(number === 0 ? anchor : `${anchor}-${number}`)) number += 1;
    anchors.add(number === 0 ? anchor : `${anchor}-${number}`);
  }
  return anchors;
}
