import type { PulumiResult } from "./pulumi-run";

/** Minutes, because a machine that cannot download the CLI builds it. */
const INSTALL_TIMEOUT_MS = 30 * 60_000;

/**
 * For `before(requirePulumi)`: makes sure of a real CLI, so that no test's own time goes into getting one.
 * Where none can be had, the tests are skipped and the reason is printed; under `CI` that is a failure.
 */
export async function requirePulumi(this: Mocha.Context): Promise<void> {
  this.timeout(INSTALL_TIMEOUT_MS);
  const { ensurePulumi } = await import("../../scripts/tools/pulumi-cli.mts");
  try {
    await ensurePulumi({ log: console.log });
  } catch (error) {
    if (process.env.CI !== undefined) throw error;
    console.log(`Skipped: ${error instanceof Error ? error.message : String(error)}`);
    this.skip();
  }
}

/** Whether the engine of the tests is of this version or newer. */
export async function isEngineAtLeast(version: string): Promise<boolean> {
  const { ensurePulumi } = await import("../../scripts/tools/pulumi-cli.mts");
  const { isAtLeast } = await import("../../scripts/tools/pulumi-cli/versions.mts");
  return isAtLeast((await ensurePulumi({ log: console.log })).version, version);
}

/** For `before(requireEngine("3.274.0"))`, after `requirePulumi`: skips the tests of what an older engine does otherwise. */
export function requireEngine(version: string): (this: Mocha.Context) => Promise<void> {
  return async function (this: Mocha.Context) {
    if (await isEngineAtLeast(version)) return;
    console.log(`Skipped: this is what Pulumi ${version} and newer do`);
    this.skip();
  };
}

/** What a program is told by a language host that was built before it passed on what it does not know. */
const NO_HOOKS = /unknown method Register(Error|Resource)Hook/;

/** For the first `up` of a program with hooks: skips what such a language host cannot show. */
export async function requireHooks(test: Mocha.Context, { stdout }: PulumiResult): Promise<void> {
  if (!NO_HOOKS.test(stdout)) return;
  const { ensurePulumi } = await import("../../scripts/tools/pulumi-cli.mts");
  const { bin } = await ensurePulumi({ log: console.log });
  console.log(`Skipped: the language host is too old for hooks. Remove ${bin}, and it is got anew.`);
  test.skip();
}
