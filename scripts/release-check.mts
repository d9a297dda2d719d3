/**
 * Says whether this checkout is the release that a tag names: the version of both packages, its section in their
 * CHANGELOG.md, and no fragment left that should be in it. Usage: release-check.mts v0.1.0
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const root = join(import.meta.dirname, "..");
const read = (file: string): string => readFileSync(join(root, file), "utf8");

const tag = process.argv[2] ?? "";
const folders = ["", "packages/local-ecs/"];
const locked = JSON.parse(read("package-lock.json")) as { packages: Record<string, { version: string }> };
const left = readdirSync(join(root, ".changeset")).filter(
  (file) => file.endsWith(".md") && file !== "README.md",
);

const problems = [
  ...folders.flatMap(problemsOf),
  left.length === 0 ? "" : `These fragments are in no release yet: ${left.join(", ")}.`,
].filter((problem) => problem !== "");

for (const problem of problems) console.error(problem);
if (problems.length > 0)
  console.error("Run `npm run release:prepare`, commit what it made, and tag that commit.");
process.exitCode = problems.length > 0 ? 1 : 0;

/** What is wrong with a package, which its folder names. */
function problemsOf(folder: string): readonly string[] {
  const { version } = JSON.parse(read(`${folder}package.json`)) as { version: string };
  const lockedVersion = locked.packages[folder.replace(/\/$/, "")]?.version;
  return [
    tag === `v${version}`
      ? ""
      : `The tag is "${tag}", but the version in ${folder}package.json is ${version}.`,
    lockedVersion === version
      ? ""
      : `package-lock.json has the version ${lockedVersion ?? "none"}, ${folder}package.json ${version}.`,
    read(`${folder}CHANGELOG.md`).includes(`\n## ${version}\n`)
      ? ""
      : `${folder}CHANGELOG.md has no section "## ${version}".`,
  ];
}
