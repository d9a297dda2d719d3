import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { cpus, totalmem, version as kernel } from "node:os";
import { join } from "node:path";
import { repository } from "./stage";

/** What was compared, on what: a figure without it means nothing. */
export function versions(): readonly (readonly [string, string])[] {
  const pins = readFileSync(join(repository, "packages/local-ecs/test/conformance/requirements.txt"), "utf8");
  const python = pins
    .trim()
    .split("\n")
    .map((line) => line.split("==") as [string, string]);
  return [
    ["this package", `${installed(".")} (${commit()})`],
    ["Node.js", process.version],
    ["@pulumi/pulumi", installed("node_modules/@pulumi/pulumi")],
    ["@aws-sdk/client-ecs", installed("node_modules/@aws-sdk/client-ecs")],
    ...python,
    ["machine", `${cpus().length} × ${cpus()[0]?.model ?? "?"}, ${Math.round(totalmem() / 2 ** 30)} GiB`],
    ["system", kernel()],
  ];
}

function installed(folder: string): string {
  const text = readFileSync(join(repository, folder, "package.json"), "utf8");
  return (JSON.parse(text) as { version: string }).version;
}

function commit(): string {
  return execFileSync("git", ["rev-parse", "--short", "HEAD"], { cwd: repository, encoding: "utf8" }).trim();
}
