import { createRequire } from "node:module";
import { join } from "node:path";

/**
 * What to say when Pulumi will not find this package's provider; `undefined` when it will.
 *
 * Pulumi's host runs the stored text in the program's folder, and looks for the package from there, not from where
 * the program's import found it. The two differ when only a package that the program uses depends on this one, and
 * the package manager does not hoist (pnpm). The host then says `Cannot find module`, and no more.
 * Source: `require-from-string`, which `cmd/dynamic-provider/index.ts` of pulumi/pulumi calls; observed with 3.270.0.
 */
export function missingProvider(programFolder: string): string | undefined {
  try {
    createRequire(join(programFolder, "program.js")).resolve("pulumi-ecs-task/provider");
    return undefined;
  } catch {
    return `Pulumi will not find pulumi-ecs-task: it looks for it from ${programFolder}, where it is not installed. Add pulumi-ecs-task to the dependencies of the Pulumi program itself, also when the program uses it only through another package.`;
  }
}

/**
 * Whether this process is the plugin of a component, which Pulumi starts in the folder of the program that uses it.
 *
 * Source: `RunPlugin` in `sdk/nodejs/cmd/pulumi-language-nodejs` and `resource/plugin/plugin.go` of pulumi/pulumi, read
 * with 3.258.
 */
export function isComponentPlugin(argv: readonly string[]): boolean {
  return argv.some((argument) => /[\\/]cmd[\\/]run-plugin([\\/]|$)/.test(argument));
}
