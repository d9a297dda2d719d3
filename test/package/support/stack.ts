import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { command, type CommandResult } from "./command";

/** A stack of the program in `folder`, by the real CLI, its state in a folder of its own. Use with `await using`. */
export interface Stack extends AsyncDisposable {
  pulumi(...words: readonly string[]): Promise<CommandResult>;
}

export async function openStack(
  folder: string,
  config: Readonly<Record<string, string>> = {},
  env: Readonly<Record<string, string>> = {},
): Promise<Stack> {
  const { ensurePulumi } = await import("../../../scripts/tools/pulumi-cli.mts");
  const { createIsolatedEnvironment } =
    await import("../../../scripts/tools/pulumi-cli/isolated-environment.mts");
  const { killProcessesStartedIn } = await import("../../../scripts/tools/pulumi-cli/started-processes.mts");
  const state = await mkdtemp(join(tmpdir(), "stack-"));
  const isolated = await createIsolatedEnvironment(await ensurePulumi({ log: console.log }), state);
  const pulumi = (...words: readonly string[]) =>
    command(["pulumi", "--non-interactive", "--color", "never", ...words], {
      cwd: folder,
      env: { ...isolated, ...env },
    });
  const settings = Object.entries(config).flatMap(([key, value]) => ["--plaintext", `${key}=${value}`]);
  // The folder is kept; the settings of an earlier stack are not.
  await rm(join(folder, "Pulumi.test.yaml"), { force: true });
  for (const words of [
    ["stack", "init", "test"],
    ["config", "set-all", ...settings],
  ]) {
    const { code, said } = await pulumi(...words);
    if (code !== 0) throw new Error(said);
  }
  return {
    pulumi,
    async [Symbol.asyncDispose]() {
      await killProcessesStartedIn(state);
      await rm(state, { recursive: true, force: true });
    },
  };
}
