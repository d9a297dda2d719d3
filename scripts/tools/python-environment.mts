/** Python packages that others' judgement comes from: installed once, in virtual environments in the user's cache. */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

/** Where this repository keeps what it has installed or built, outside the checkout. */
const cacheFolder = join(process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache"), "pulumi-ecs-task");

/** The folder of a virtual environment that has exactly these packages; half-made ones are made anew. */
export function pythonEnvironment(requirements: string): string {
  const version = createHash("sha256").update(readFileSync(requirements)).digest("hex").slice(0, 12);
  const folder = join(cacheFolder, `conformance-${version}`);
  const complete = join(folder, "complete");
  if (existsSync(complete)) return folder;
  console.log(`Installing Python packages in ${folder} …`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(cacheFolder, { recursive: true });
  must("python3", ["-m", "venv", folder]);
  must(join(folder, "bin", "pip"), ["install", "--quiet", "--disable-pip-version-check", "-r", requirements]);
  writeFileSync(complete, "");
  return folder;
}

function must(command: string, args: readonly string[]): void {
  const { status, error } = spawnSync(command, args, { stdio: ["ignore", "inherit", "inherit"] });
  if (status !== 0)
    throw new Error(
      `${command} ${args.join(" ")} failed: ${error?.message ?? `exit code ${status ?? "none"}`}`,
    );
}
