import assert from "node:assert/strict";
import { execFile, spawnSync } from "node:child_process";
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { inc, prerelease } from "semver";
import { parse } from "yaml";

const repository = join(__dirname, "../..");
const PACKAGES = ["pulumi-ecs-task", "local-ecs"];
const FOLDERS = ["", "packages/local-ecs/"];
const kinds = ["major", "minor", "patch"] as const;

interface Fragment {
  readonly file: string;
  readonly kind: unknown;
  readonly packages: readonly string[];
  readonly sentence: string;
}

describe("the changelog", function () {
  this.timeout(60_000);

  it("has fragments that name one package, say how big the change is, and are one sentence", async () => {
    for (const { file, kind, packages, sentence } of await fragments()) {
      assert.ok(
        packages.length === 1 && PACKAGES.includes(packages[0]!),
        `${file}: front matter is "pulumi-ecs-task": minor, or "local-ecs": minor`,
      );
      assert.ok(
        kinds.some((one) => one === kind),
        `${file}: one of ${kinds.join(", ")}`,
      );
      assert.match(sentence, /^[A-Z`][^\n]{10,400}$/, `${file}: one paragraph that begins with a capital`);
      assert.doesNotMatch(sentence, /[.!?]\s+[A-Z]/, `${file}: one sentence`);
    }
  });

  it("is made of the fragments, with the version that the biggest of them asks for", async () => {
    await using copy = await copyOfReleaseFiles();
    await writeFile(join(copy.folder, ".changeset/of-this-test.md"), fragmentText("patch", "Mend this test"));
    const ours = { kind: "patch", packages: ["pulumi-ecs-task"], sentence: "Mend this test" };
    const expected = [...(await fragments()), ours];
    const { version: before } = await packageJson(repository);
    assert.equal(prerelease(before), null);

    await promisify(execFile)(
      process.execPath,
      [join(repository, "node_modules/@changesets/cli/bin.js"), "version"],
      {
        cwd: copy.folder,
      },
    );

    const version = inc(
      before,
      kinds.find((kind) => expected.some((one) => one.kind === kind))!,
    )!;
    // Both packages are released together.
    for (const [nth, folder] of FOLDERS.entries()) {
      assert.equal((await packageJson(join(copy.folder, folder))).version, version);
      const changelog = await readFile(join(copy.folder, folder, "CHANGELOG.md"), "utf8");
      assert.ok(changelog.startsWith(`# Changelog\n\n## ${version}\n`), changelog);
      for (const { sentence } of expected.filter(({ packages }) => packages[0] === PACKAGES[nth]))
        assert.ok(changelog.includes(`\n- ${sentence.replace(/\.?$/, ".")}\n`), sentence);
    }
    assert.deepEqual(await fragmentFiles(copy.folder), []);
  });

  it("stops a release whose tag, version, changelog and fragments do not agree", async () => {
    await using copy = await copyOfReleaseFiles();
    await writeFile(join(copy.folder, ".changeset/of-this-test.md"), fragmentText("patch", "Mend this test"));
    await writeFile(join(copy.folder, "package.json"), '{ "version": "7.1.0" }');

    const { code, stderr } = releaseCheck(copy.folder, "v7.2.0");

    assert.equal(code, 1);
    assert.match(stderr, /The tag is "v7\.2\.0", but the version in package\.json is 7\.1\.0\./);
    assert.match(stderr, /package-lock\.json has the version \d+\.\d+\.\d+, package\.json 7\.1\.0\./);
    assert.match(stderr, /CHANGELOG\.md has no section "## 7\.1\.0"\./);
    assert.match(stderr, /The tag is "v7\.2\.0", but the version in packages\/local-ecs\/package\.json is /);
    assert.match(stderr, /in no release yet: .*of-this-test\.md/);
  });

  it("lets a release through when they agree", async () => {
    await using copy = await copyOfReleaseFiles();
    for (const file of await fragmentFiles(copy.folder)) await rm(join(copy.folder, ".changeset", file));
    const version = "7.1.0";
    for (const folder of FOLDERS) {
      await writeFile(join(copy.folder, folder, "package.json"), JSON.stringify({ version }));
      await writeFile(join(copy.folder, folder, "CHANGELOG.md"), `# Changelog\n\n## ${version}\n`);
    }
    const packages = { "": { version }, "packages/local-ecs": { version } };
    await writeFile(join(copy.folder, "package-lock.json"), JSON.stringify({ packages }));

    assert.deepEqual(releaseCheck(copy.folder, "v7.1.0"), { code: 0, stderr: "" });
  });
});

async function fragments(): Promise<readonly Fragment[]> {
  return Promise.all(
    (await fragmentFiles(repository)).map(async (file) => {
      const [, frontMatter = "", sentence = ""] =
        /^---\n(.*?)\n---\n(.*)$/s.exec(await readFile(join(repository, ".changeset", file), "utf8")) ?? [];
      const releases = (parse(frontMatter) ?? {}) as Record<string, unknown>;
      return {
        file,
        packages: Object.keys(releases),
        kind: Object.values(releases)[0],
        sentence: sentence.trim(),
      };
    }),
  );
}

async function fragmentFiles(root: string): Promise<readonly string[]> {
  const files = await readdir(join(root, ".changeset"));
  return files.filter((file) => file.endsWith(".md") && file !== "README.md");
}

function fragmentText(kind: string, sentence: string): string {
  return `---\n"pulumi-ecs-task": ${kind}\n---\n\n${sentence}\n`;
}

async function packageJson(root: string): Promise<{ readonly version: string }> {
  return JSON.parse(await readFile(join(root, "package.json"), "utf8")) as { version: string };
}

function releaseCheck(root: string, tag: string): { readonly code: number | null; readonly stderr: string } {
  const script = join(root, "scripts/release-check.mts");
  const { status, stderr } = spawnSync(process.execPath, [script, tag], { encoding: "utf8" });
  return { code: status, stderr };
}

async function copyOfReleaseFiles(): Promise<AsyncDisposable & { readonly folder: string }> {
  const folder = await mkdtemp(join(tmpdir(), "changelog-"));
  for (const file of [
    ".changeset",
    "CHANGELOG.md",
    "package.json",
    "package-lock.json",
    "packages/local-ecs/CHANGELOG.md",
    "packages/local-ecs/package.json",
    "scripts/release-check.mts",
  ])
    await cp(join(repository, file), join(folder, file), { recursive: true });
  return { folder, [Symbol.asyncDispose]: () => rm(folder, { recursive: true }) };
}
