import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Finding, Question } from "./frame/finding";
import { megabytes } from "./frame/quantiles";
import { repository } from "./frame/stage";

export const installSize: Question = { name: "install-size", measure };

async function measure(isQuick: boolean): Promise<Finding> {
  const folder = await mkdtemp(join(tmpdir(), "bench-install-"));
  try {
    npm(repository, "pack", "--silent", "--ignore-scripts", "--pack-destination", folder);
    const tarball = readdirSync(folder).find((name) => name.endsWith(".tgz")) ?? "";
    const ours = await installed(folder, join(folder, tarball));
    const sdk = isQuick ? ours : await installed(folder, "@aws-sdk/client-ecs");
    const aws = { packages: 1, bytes: sizeOf(join(repository, "node_modules/@pulumi/aws")) };
    const sizes = [
      { name: "this package", ...ours },
      { name: "@aws-sdk/client-ecs", ...sdk },
      { name: "@pulumi/aws, itself alone", ...aws },
    ];
    const own = statSync(join(folder, tarball)).size;
    return {
      title: "What an installation brings",
      method: `\`npm install\` of the packed tarball in an empty folder, without the peer @pulumi/pulumi, which every program has; \`@aws-sdk/client-ecs\` likewise, from the registry. \`@pulumi/aws\` is what a program that makes its cluster has anyway. The tarball itself has ${megabytes(own)}.`,
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
          here: `${ours.packages}, ${megabytes(ours.bytes)}`,
          others: `${sdk.packages}, ${megabytes(sdk.bytes)} (@aws-sdk/client-ecs alone); ${megabytes(aws.bytes)} (@pulumi/aws)`,
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
  const lock = readFileSync(join(project, "node_modules/.package-lock.json"), "utf8");
  const { packages } = JSON.parse(lock) as { packages: object };
  return { packages: Object.keys(packages).length, bytes: sizeOf(join(project, "node_modules")) };
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
