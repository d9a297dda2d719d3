import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";

/** The locks of this process. */
const held = new Set<string>();

/**
 * Makes sure that no two processes write into one folder. A lock whose process is gone counts for nothing.
 * @returns what takes the lock back.
 * @throws Error that says which process uses the folder.
 */
export function lockFolder(folder: string): () => void {
  const file = resolve(folder, "lock");
  try {
    writeFileSync(file, String(process.pid), { flag: "wx" });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    const holder = Number(readFileSync(file, "utf8"));
    // In a container each process may have the id of the one before it.
    if (holder === process.pid ? held.has(file) : isAlive(holder))
      throw new Error(`${folder} is in use by process ${holder}: end it, or choose another folder.`, {
        cause: error,
      });
    writeFileSync(file, String(process.pid));
  }
  held.add(file);
  return () => {
    held.delete(file);
    rmSync(file, { force: true });
  };
}

function isAlive(pid: number): boolean {
  try {
    return pid > 0 && process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
