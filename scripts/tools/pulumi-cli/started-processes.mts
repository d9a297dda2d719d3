import { readdir, readFile } from "node:fs/promises";

export interface StartedProcess {
  readonly pid: number;
  readonly command: string;
}

/** Marks what is started in an isolated environment, by the folder that belongs to it. */
export const MARKER = "PULUMI_ISOLATED_IN";

/**
 * Lists the processes that the CLI started in the isolated environment of `folder`, or of a folder in it: all of them
 * inherit the marker.
 * Process groups would not serve, because the engine starts plugins in groups of their own, and a plugin may outlive
 * a killed engine. Only Linux shows another process's environment as a file; elsewhere the list is empty.
 */
export async function processesStartedIn(folder: string): Promise<readonly StartedProcess[]> {
  const entry = `${MARKER}=${folder}`;
  if (process.platform !== "linux") return [];
  const pids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name));
  const found = await Promise.all(pids.map((pid) => readProcess(pid, entry)));
  return found.filter((candidate) => candidate !== undefined);
}

async function readProcess(pid: string, entry: string): Promise<StartedProcess | undefined> {
  try {
    const environment = await readFile(`/proc/${pid}/environ`, "utf8");
    const isMarked = environment.split("\0").some((line) => line === entry || line.startsWith(`${entry}/`));
    if (!isMarked) return undefined;
    const command = await readFile(`/proc/${pid}/cmdline`, "utf8");
    return { pid: Number(pid), command: command.split("\0").join(" ").trim() };
  } catch {
    // It ended while we looked, or belongs to somebody else.
    return undefined;
  }
}

/** Kills them and waits until they are gone. */
export async function killProcessesStartedIn(folder: string): Promise<void> {
  const deadline = Date.now() + 10_000;
  for (;;) {
    const left = await processesStartedIn(folder);
    if (left.length === 0) return;
    if (Date.now() > deadline) {
      throw new Error(
        `Cannot be killed: ${left.map(({ pid, command }) => `${String(pid)} ${command}`).join("; ")}`,
      );
    }
    for (const { pid } of left) kill(pid);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

function kill(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // It ended in between.
  }
}
