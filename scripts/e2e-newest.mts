/**
 * Runs the end-to-end tests with the newest Pulumi CLI that they know, which is downloaded or built first: minutes.
 * With `--if-cached` they only run where it is there already. Further arguments are mocha's, such as one file of tests.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { hasNewest } from "./tools/pulumi-cli.mts";
import { NEWEST } from "./tools/pulumi-cli/versions.mts";

const ALL = ["--ignore", "test/e2e/silence.spec.ts", "test/e2e/**/*.spec.ts"];

const args = process.argv.slice(2);
const specs = args.filter((arg) => arg !== "--if-cached");
if (args.includes("--if-cached") && !(await hasNewest())) {
  process.stdout.write(
    `Skipped: Pulumi ${NEWEST.version} is not there. \`npm run test:e2e:newest\` gets it and runs these tests.\n`,
  );
} else {
  process.stdout.write(`With Pulumi ${NEWEST.version}\n`);
  // Under CI all kills are tried with the other CLI: here a sample of them is enough, and none of the waits.
  const env: NodeJS.ProcessEnv = { ...process.env, PULUMI_TEST_VERSION: "newest" };
  delete env.CI;
  const mocha = spawn(
    process.execPath,
    ["node_modules/mocha/bin/mocha.js", ...(specs.length > 0 ? specs : ALL)],
    { stdio: "inherit", env },
  );
  const [code] = (await once(mocha, "exit")) as [number | null];
  process.exitCode = code ?? 1;
}
