import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { format, resolveConfig } from "prettier";
import type { Finding, Table } from "./finding";
import { repository } from "./stage";
import { versions } from "./versions";

const RESULTS = join(repository, "bench/results.md");
const README = join(repository, "README.md");

/** Writes bench/results.md, and the table in the README that stands between its markers. */
export async function writeReport(findings: readonly Finding[], date: Date): Promise<void> {
  await writeFile(RESULTS, await formatted(results(findings, date)));
  const readme = await readFile(README, "utf8");
  const pattern = /(<!-- performance -->).*(<!-- \/performance -->)/s;
  if (!pattern.test(readme)) throw new Error("README.md has no place for the table of performance.");
  const table = markdown(performance(findings));
  const written = readme.replace(
    pattern,
    (_all, open: string, close: string) => `${open}\n\n${table}\n\n${close}`,
  );
  await writeFile(README, await formatted(written));
}

/** The tables and goals of one question, as text for a terminal and for results.md. */
export function answer({ tables, goals }: Finding): string {
  return [...tables.map((table) => `${table.caption}\n\n${markdown(table)}`), goalList(goals)].join("\n\n");
}

function results(findings: readonly Finding[], date: Date): string {
  const made = versions().map(([name, version]) => `- ${name}: ${version}`);
  return [
    "# Benchmarks",
    "<!-- Written by `npm run bench`; do not edit. -->",
    `Measured on ${date.toISOString().slice(0, 10)} by \`npm run bench\`. Every figure is a count, or a comparison within one run on one machine; seconds of another machine differ.`,
    made.join("\n"),
    ...findings.flatMap((finding) => [`## ${finding.title}`, finding.method, answer(finding)]),
  ].join("\n\n");
}

function goalList(goals: Finding["goals"]): string {
  return goals
    .map(({ goal, measured, isMet, reason }) => {
      const why = !isMet && reason !== undefined ? ` ${reason}` : "";
      return `- ${isMet ? "**met**" : "**not met**"}: ${goal} – ${measured}.${why}`;
    })
    .join("\n");
}

function performance(findings: readonly Finding[]): Table {
  const lines = findings.flatMap(({ headlines }) => headlines);
  return {
    caption: "",
    head: ["what", "this package", "others", "in one sentence"],
    rows: lines.map(({ what, here, others, sentence }) => [what, here, others, sentence]),
  };
}

function markdown({ head, rows }: Table): string {
  return [head, head.map(() => "-"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}

async function formatted(text: string): Promise<string> {
  return format(text, { ...(await resolveConfig(README)), parser: "markdown" });
}
