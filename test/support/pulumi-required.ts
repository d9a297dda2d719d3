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
