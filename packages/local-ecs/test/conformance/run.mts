/**
 * Lets others judge the local ECS: the AWS CLI and boto3 drive it, and one suite runs against it and against moto.
 * Installs them once, in a virtual environment in the user's cache. Usage: run.mts [judges | local | moto | aws] …
 */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { pythonEnvironment } from "../../scripts/python-environment.mts";

const here = import.meta.dirname;
const suites = ["judges", "local", "moto"];
const asked = process.argv.slice(2);

const venv = pythonEnvironment(join(here, "requirements.txt"));
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
