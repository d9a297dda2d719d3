/** Runs the go command. */
import { spawn } from "node:child_process";

export interface GoOptions {
  readonly signal: AbortSignal;
  readonly folder: string;
  /** Gets each line of the command's stderr, where go tells what it is doing. */
  readonly onLine: (line: string) => void;
}

/** How much of a failed command's stderr its error repeats. */
const ERROR_LINES = 15;

/** Answers the lines of stdout. Nothing of the surroundings (a go.work, GOFLAGS) changes what is built. */
export async function go(
  args: readonly string[],
  { signal, folder, onLine }: GoOptions,
): Promise<readonly string[]> {
  const child = spawn("go", args, {
    cwd: folder,
    // Its scratch files are where the caller removes them, whatever happens to go.
    env: { ...process.env, CGO_ENABLED: "0", GOFLAGS: "-mod=readonly", GOWORK: "off", GOTMPDIR: folder },
    stdio: ["ignore", "pipe", "pipe"],
    signal,
    // After which go waits for its compilers and removes its scratch files.
    killSignal: "SIGINT",
  });
  let stdout = "";
  let stderr = "";
  let partialLine = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
    const lines = (partialLine + text).split("\n");
    partialLine = lines.pop() ?? "";
    lines.forEach(onLine);
  });
  let failure: Error | undefined;
  child.once("error", (error) => (failure = error));
  const code = await new Promise<number | null>((resolve) => child.once("close", resolve));
  if (failure !== undefined) throw failure;
  if (code !== 0) {
    const end = stderr.trim().split("\n").slice(-ERROR_LINES).join("\n");
    throw new Error(`go ${args[0] ?? ""} failed:\n${end}`);
  }
  return stdout.trim().split("\n");
}

/** Says whether there is a go command at all; go itself says whether it is new enough, or fetches one that is. */
export async function hasGo(): Promise<boolean> {
  return await new Promise((resolve) => {
    const child = spawn("go", ["version"], { stdio: "ignore" });
    child.once("error", () => {
      resolve(false);
    });
    child.once("close", (code) => {
      resolve(code === 0);
    });
  });
}
