import { execFileSync } from "node:child_process";
import { readdirSync, statSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Finding, Question } from "./frame/finding";
import { megabytes } from "./frame/quantiles";
import { repository } from "./frame/stage";

export const installSize: Question = { name: "install-size", measure };

/** What one would install otherwise, to call ECS from a program. */
const ALTERNATIVES = ["@aws-sdk/client-ecs", "@pulumi/aws"];

async function measure(isQuick: boolean): Promise<Finding> {
  const folder = await mkdtemp(join(tmpdir(), "bench-install-"));
  try {
    npm(repository, "pack", "--silent", "--ignore-scripts", "--pack-destination", folder);
    const tarball = readdirSync(folder).find((name) => name.endsWith(".tgz")) ?? "";
    const sizes = [];
    const wanted = [
      ["this package", join(folder, tarball)],
      ...(isQuick ? [] : ALTERNATIVES.map((name) => [name, name])),
    ];
    for (const [name = "", what = ""] of wanted) sizes.push({ name, ...(await installed(folder, what)) });
    const own = statSync(join(folder, tarball)).size;
    const [ours, sdk, aws] = sizes;
    return {
      title: "What an installation brings",
      method: `\`npm install\` of the packed tarball in an empty folder, without the peer @pulumi/pulumi, which every program has; others likewise, from the registry. The tarball itself has ${megabytes(own)}.`,
      tables: [
        {
          caption: "In node_modules.",
          head: ["package", "packages", "size"],
          rows: sizes.map(({ name, packages, bytes }) => [name, String(packages), megabytes(bytes)]),
        },
      ],
      goals: [],
      headlines: [
        {
          what: "Packages and size of an installation, without @pulumi/pulumi",
          here: ours ? `${ours.packages}, ${megabytes(ours.bytes)}` : "",
          others: [sdk, aws]
            .flatMap((size) => (size ? [`${size.packages}, ${megabytes(size.bytes)} (${size.name})`] : []))
            .join("; "),
          sentence: "The AWS SDK is nearly all of it; a program that has it already shares it.",
        },
      ],
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function installed(folder: string, what: string): Promise<{ packages: number; bytes: number }> {
  const project = await mkdtemp(join(folder, "project-"));
  await writeFile(join(project, "package.json"), '{ "private": true }');
  // The registry's own peers are left out too: @pulumi/pulumi is there anyway.
  npm(
    project,
    "install",
    "--silent",
    "--ignore-scripts",
    "--legacy-peer-deps",
    "--no-audit",
    "--no-fund",
    what,
  );
  const lines = npm(project, "ls", "--all", "--parseable", "--legacy-peer-deps").trim().split("\n").slice(1);
  const isPulumi = (path: string) => path.endsWith(join("node_modules", "@pulumi", "pulumi"));
  if (lines.some(isPulumi)) {
    // A dependency, not a peer: what it brings is not counted either.
    execFileSync("rm", ["-rf", join(project, "node_modules")]);
    const own = npm(project, "view", what, "dist.unpackedSize").trim();
    return { packages: 1, bytes: Number(own) };
  }
  return { packages: new Set(lines).size, bytes: sizeOf(join(project, "node_modules")) };
}

function npm(cwd: string, ...args: string[]): string {
  return execFileSync("npm", args, {
    cwd,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
    maxBuffer: 1e8,
  });
}

function sizeOf(folder: string): number {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((bytes, entry) => bytes + statSync(join(entry.parentPath, entry.name)).size, 0);
}
