/**
 * Lets others judge the local ECS: the AWS CLI and boto3 drive it, and one suite runs against it and against moto.
 * Installs them once, in a virtual environment in the user's cache. Usage: run.mts [judges | local | moto | aws] …
 */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

const here = import.meta.dirname;
const suites = ["judges", "local", "moto"];
const asked = process.argv.slice(2);

const venv = installed(join(here, "requirements.txt"));
const failed = (asked.length > 0 ? asked : suites).filter((suite) => !passes(suite));
if (failed.length > 0) console.error(`Not conformant: ${failed.join(", ")}`);
process.exitCode = failed.length > 0 ? 1 : 0;

function passes(suite: string): boolean {
  console.log(`\n=== ${suite === "judges" ? "AWS CLI and boto3" : `the suite against ${suite}`}`);
  const specs = suite === "judges" ? "judges/*.spec.ts" : "*.spec.ts";
  const target = suite === "judges" ? "local" : suite;
  const mocha = join(here, "../../node_modules/mocha/bin/mocha.js");
  const { status } = spawnSync(process.execPath, [mocha, join(here, specs)], {
    stdio: "inherit",
    env: { ...process.env, TARGET: target, CONFORMANCE_VENV: venv },
  });
  return status === 0;
}

/** The folder of a virtual environment that has exactly these packages; half-made ones are made anew. */
function installed(requirements: string): string {
  const version = createHash("sha256").update(readFileSync(requirements)).digest("hex").slice(0, 12);
  const cache = join(process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache"), "pulumi-ecs-task");
  const folder = join(cache, `conformance-${version}`);
  const complete = join(folder, "complete");
  if (existsSync(complete)) return folder;
  console.log(`Installing the judges in ${folder} …`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(cache, { recursive: true });
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
