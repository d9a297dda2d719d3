/**
 * Asks for each page of another site that the documentation links to: `npm run links`. It needs the internet, so it is
 * no test; pages move without anything having changed here.
 */
import { execFileSync } from "node:child_process";
import { readFile } from "node:fs/promises";
import { resolve } from "node:path";

const repository = resolve(import.meta.dirname, "..");
const TIMEOUT_MS = 20_000;

const listed = execFileSync("git", ["ls-files", "*.md", "src/**/*.ts", "packages/*/src/**/*.ts"], {
  cwd: repository,
  encoding: "utf8",
});
const pages = new Map<string, string>();
for (const file of listed.trim().split("\n")) {
  const text = await readFile(resolve(repository, file), "utf8");
  for (const [page] of text.matchAll(
    /https:\/\/(docs\.aws\.amazon\.com|www\.pulumi\.com|docs\.github\.com)[^\s)>"'`,;$]*/g,
  ))
    pages.set(page.replace(/#.*|[.:]$/, ""), file);
}

let broken = 0;
for (const [page, file] of pages) {
  const answer = await fetch(page, { signal: AbortSignal.timeout(TIMEOUT_MS) }).then(
    ({ status }) => String(status),
    (error: unknown) => String(error),
  );
  if (answer === "200") continue;
  broken += 1;
  console.log(`${file}: ${page}: ${answer}`);
}
console.log(`${String(pages.size)} pages asked for, ${String(broken)} not found`);
if (broken > 0) process.exitCode = 1;
