import { readFileSync } from "node:fs";

/** Whether a process runs. One that has ended, but was not yet fetched by its parent, does not. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  try {
    return !/\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
  } catch {
    // Linux: it has ended in between. Elsewhere there is no /proc, and signal 0 has said all.
    return process.platform !== "linux";
  }
}
