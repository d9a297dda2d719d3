/**
 * Lets others judge the local ECS: the AWS CLI and boto3 drive it, and one suite runs against it and against moto.
 * Installs them once, in a virtual environment in the user's cache. Usage:
 * run.mts [--beside-moto <specs of others that need moto>] [judges | local | moto | aws] …
 */
import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { pythonEnvironment } from "../../../../scripts/tools/python-environment.mts";

const here = import.meta.dirname;
const mocha = createRequire(import.meta.url).resolve("mocha/bin/mocha.js");
const suites = ["judges", "local", "moto"];
const { values, positionals: asked } = parseArgs({
  options: { "beside-moto": { type: "string", multiple: true, default: [] } },
  allowPositionals: true,
});

const venv = pythonEnvironment(join(here, "requirements.txt"));
const failed = (asked.length > 0 ? asked : suites).filter((suite) => !passes(suite));
if (failed.length > 0) console.error(`Not conformant: ${failed.join(", ")}`);
process.exitCode = failed.length > 0 ? 1 : 0;

function passes(suite: string): boolean {
  console.log(`\n=== ${suite === "judges" ? "AWS CLI and boto3" : `the suite against ${suite}`}`);
  const specs = join(here, suite === "judges" ? "judges/*.spec.ts" : "*.spec.ts");
  const others = suite === "moto" ? values["beside-moto"] : [];
  const target = suite === "judges" ? "local" : suite;
  const { status } = spawnSync(process.execPath, [mocha, specs, ...others], {
    stdio: "inherit",
    env: { ...process.env, TARGET: target, CONFORMANCE_VENV: venv },
  });
  return status === 0;
}
