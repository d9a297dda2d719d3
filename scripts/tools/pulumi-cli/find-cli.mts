/** Looks at a Pulumi CLI that may be there already, and says whether it is complete and new enough. */
import { execFile } from "node:child_process";
import { access, constants, realpath } from "node:fs/promises";
import { delimiter, dirname, join } from "node:path";
import { promisify } from "node:util";
import { isAtLeast, OLDEST_VERSION } from "./versions.mts";

export interface FoundCli {
  readonly bin: string;
  readonly version: string;
}

/** Either a CLI that works, or why there is none. */
export type Finding = { readonly cli: FoundCli } | { readonly problem: string };

const windows = process.platform === "win32";
export const executable = (name: string): string => (windows ? `${name}.exe` : name);
/** The plugins that a JavaScript program with dynamic providers needs beside `pulumi`. */
const plugins = [
  executable("pulumi-language-nodejs"),
  `pulumi-resource-pulumi-nodejs${windows ? ".cmd" : ""}`,
];

export async function findOnPath(path = process.env.PATH ?? ""): Promise<Finding> {
  for (const folder of path.split(delimiter)) {
    if (folder !== "" && (await isExecutable(join(folder, executable("pulumi")))))
      return await inspectBin(folder);
  }
  return { problem: "no pulumi on PATH" };
}

/** Checks the CLI in `bin`; package managers put links there, so the plugins may sit beside the link or beside its target. */
export async function inspectBin(bin: string): Promise<Finding> {
  const cli = join(bin, executable("pulumi"));
  if (!(await isExecutable(cli))) return { problem: `no pulumi in ${bin}` };
  const folders = [bin, dirname(await realpath(cli))];
  for (const plugin of plugins) {
    const present = await Promise.all(folders.map((folder) => isExecutable(join(folder, plugin))));
    if (!present.includes(true)) return { problem: `${cli} has no ${plugin} beside it` };
  }
  const version = await versionOf(cli);
  if (version === undefined) return { problem: `${cli} does not run` };
  if (!isAtLeast(version, OLDEST_VERSION)) {
    return { problem: `${cli} is version ${version}, older than ${OLDEST_VERSION}` };
  }
  return { cli: { bin, version } };
}

async function versionOf(cli: string): Promise<string | undefined> {
  try {
    const env = { ...process.env, PULUMI_SKIP_UPDATE_CHECK: "true" };
    const { stdout } = await promisify(execFile)(cli, ["version"], { env, timeout: 30_000 });
    return stdout.trim().replace(/^v/, "");
  } catch {
    return undefined;
  }
}

async function isExecutable(file: string): Promise<boolean> {
  return await access(file, constants.X_OK).then(
    () => true,
    () => false,
  );
}
