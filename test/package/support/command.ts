import { spawn } from "node:child_process";
import { once } from "node:events";

export interface CommandResult {
  readonly code: number | null;
  readonly stdout: string;
  /** What it said, on both streams. */
  readonly said: string;
}

export interface CommandOptions {
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string | undefined>>;
}

/** Runs a command to its end, as from a user's shell: without what npm tells the scripts that it runs. */
export async function command(
  [file = "", ...args]: readonly string[],
  { cwd, env = {} }: CommandOptions,
): Promise<CommandResult> {
  const own = Object.entries(process.env).filter(([name]) => !/^(npm_|INIT_CWD$|NODE_OPTIONS$)/.test(name));
  const child = spawn(file, args, {
    cwd,
    env: { ...Object.fromEntries(own), ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let [stdout, said] = ["", ""];
  child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (text) => (said += String(text)));
  const [code] = (await once(child, "close")) as [number | null];
  return { code, stdout, said };
}

/** As {@link command}, for one that has to work. @returns its standard output. */
export async function succeed(words: readonly string[], options: CommandOptions): Promise<string> {
  const { code, stdout, said } = await command(words, options);
  if (code === 0) return stdout;
  throw new Error(`${words.join(" ")} in ${options.cwd} failed:\n${said}`);
}
