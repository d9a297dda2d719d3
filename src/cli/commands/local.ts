import { createRequire } from "node:module";
import { join } from "node:path";

/** What the package local-ecs has for this command. It is no dependency of ours, so its types are not either. */
interface LocalEcsCli {
  readonly localEcsCommand: (args: readonly string[]) => Promise<number>;
}

const ENTRY = "local-ecs/cli";

/** Hands every argument over to the package local-ecs, in this process. @returns the exit code. */
export async function local(args: readonly string[]): Promise<number> {
  const entry = findEntry();
  if (entry === undefined) {
    process.stderr.write(
      "pulumi-ecs-task local: the package local-ecs is not installed. It is the local ECS, a package of its own. Install it in this project: npm install --save-dev local-ecs\n",
    );
    return 1;
  }
  const { localEcsCommand } = createRequire(__filename)(entry) as LocalEcsCli;
  return await localEcsCommand(args);
}

/** The project's own local ECS comes first, then one that is installed where this package is. */
function findEntry(): string | undefined {
  for (const from of [join(process.cwd(), "package.json"), __filename]) {
    try {
      return createRequire(from).resolve(ENTRY);
    } catch (error) {
      // Only that it is not there is expected. A package that is there and cannot be used has to say so itself.
      if ((error as NodeJS.ErrnoException).code !== "MODULE_NOT_FOUND") throw error;
    }
  }
  return undefined;
}
