/** Types commands into a real Pulumi CLI, as a user would, and shows what it answers. */
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { cp, mkdir, symlink } from "node:fs/promises";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { stripVTControlCharacters } from "node:util";
import { hasColours, showCommand, showOutput, whileWaiting } from "../terminal/narrator.mts";
import { createOutputTrimmer } from "./trim-output.mts";

const repository = resolve(import.meta.dirname, "../..");

export interface CommandResult {
  readonly code: number | null;
  /** All that the CLI said, without colours. */
  readonly output: string;
}

/** Copies the example's project, so that the story leaves nothing in the checkout. */
export async function copyProject(folder: string): Promise<void> {
  await mkdir(folder);
  await cp(join(repository, "Pulumi.yaml"), join(folder, "Pulumi.yaml"));
  await cp(join(repository, "examples/migration"), join(folder, "examples/migration"), { recursive: true });
  await symlink(join(repository, "node_modules"), join(folder, "node_modules"), "junction");
}

export interface PulumiSessionOptions {
  /** The project's folder. */
  readonly folder: string;
  readonly env: NodeJS.ProcessEnv;
  /** Once aborted, no further command starts, and the one that runs has no result. */
  readonly signal: AbortSignal;
}

/** One command after another. */
export class PulumiSession {
  readonly #options: PulumiSessionOptions;
  #running: ChildProcess | undefined;

  constructor(options: PulumiSessionOptions) {
    this.#options = options;
  }

  /** Shows a command and its output. */
  async attempt(...args: string[]): Promise<CommandResult> {
    showCommand(`pulumi ${args.join(" ")}`);
    const output: string[] = [];
    const trimmer = createOutputTrimmer();
    const onLine = (line: string): void => {
      output.push(stripVTControlCharacters(line));
      trimmer.push(line).forEach(showOutput);
    };
    const command = this.#run([...args, "--color", hasColours ? "always" : "never"], onLine);
    const code = await whileWaiting(`pulumi ${args[0] ?? ""}`, command);
    return { code, output: output.join("\n") };
  }

  /** The same for a command that has to succeed. */
  async run(...args: string[]): Promise<CommandResult> {
    const result = await this.attempt(...args);
    if (result.code !== 0)
      throw new Error(`pulumi ${args.join(" ")} failed: exit code ${String(result.code)}`);
    return result;
  }

  /** Runs a command without showing it, and answers its lines as a terminal gets them, with colours. */
  async record(
    ...args: string[]
  ): Promise<{ readonly code: number | null; readonly lines: readonly string[] }> {
    const lines: string[] = [];
    const code = await this.#run([...args, "--color", "always"], (line) => lines.push(line));
    return { code, lines };
  }

  /** Runs a command that is not part of the story, and answers what it says in JSON. */
  async ask(...args: string[]): Promise<unknown> {
    const output: string[] = [];
    const code = await this.#run([...args, "--color", "never"], (line) => output.push(line));
    if (code !== 0) throw new Error(`pulumi ${args.join(" ")} failed:\n${output.join("\n")}`);
    return JSON.parse(output.join("\n"));
  }

  /** Asks a running command to end (`SIGINT`), or ends it (`SIGKILL`). */
  interrupt(signal: "SIGINT" | "SIGKILL"): void {
    this.#running?.kill(signal);
  }

  async #run(args: readonly string[], onLine: (line: string) => void): Promise<number | null> {
    const { folder, env, signal } = this.#options;
    signal.throwIfAborted();
    const child = spawn("pulumi", ["--non-interactive", ...args], {
      cwd: folder,
      env,
      stdio: ["ignore", "pipe", "pipe"],
      // Ctrl-C in the terminal is for the story alone, which then ends the command in its own order.
      detached: process.platform !== "win32",
    });
    this.#running = child;
    child.once("close", () => (this.#running = undefined));
    for (const stream of [child.stdout, child.stderr]) createInterface({ input: stream }).on("line", onLine);
    const [code] = (await once(child, "close")) as [number | null];
    signal.throwIfAborted();
    return code;
  }
}
