import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";

/** How a CLI command ended. `code` is null when a signal ended it. */
export interface PulumiResult {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** One CLI command that runs: what it says so far, and how it ends. */
export class PulumiRun {
  readonly result: Promise<PulumiResult>;
  readonly #child: ChildProcess;
  readonly #output = { stdout: "", stderr: "" };

  /** @param program - what is started; another one than the CLI has to turn into it. */
  constructor(
    args: readonly string[],
    options: { readonly cwd: string; readonly env: NodeJS.ProcessEnv },
    program = "pulumi",
  ) {
    const child = spawn(program, args, { ...options, stdio: ["ignore", "pipe", "pipe"] });
    for (const name of ["stdout", "stderr"] as const) {
      child[name].setEncoding("utf8").on("data", (text: string) => (this.#output[name] += text));
    }
    this.#child = child;
    this.result = once(child, "close").then((end) => {
      const [code, signal] = end as [number | null, NodeJS.Signals | null];
      return { code, signal, ...this.#output };
    });
  }

  get isRunning(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null;
  }

  /** Signals the CLI alone, not the processes that it started. */
  kill(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }

  /** Resolves as soon as stdout or stderr has said `pattern`; rejects when the command ends without. */
  async saw(pattern: RegExp): Promise<void> {
    const { stdout, stderr } = this.#child;
    while (!pattern.test(this.#output.stdout) && !pattern.test(this.#output.stderr)) {
      if (!this.isRunning) {
        const said = `${this.#output.stdout}\n${this.#output.stderr}`;
        throw new Error(`pulumi ended before it said ${String(pattern)}:\n${said}`);
      }
      const cancel = new AbortController();
      const news = [stdout!, stderr!].map((stream) => once(stream, "data", cancel));
      await Promise.race([...news, this.result]);
      cancel.abort();
    }
  }
}
