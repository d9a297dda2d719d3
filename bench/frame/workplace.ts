import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";

/** How long processes may take to end when they are asked to, in milliseconds. */
const GRACE_MS = 3000;

/**
 * Does work whose temporary files are all in one folder, and whose processes all inherit a mark. However the work ends,
 * also by SIGINT or SIGTERM, nothing of it is left. Only Linux shows such marks: elsewhere an interrupted one leaves
 * processes behind.
 */
export async function inWorkplace(work: () => Promise<void>): Promise<void> {
  const { killProcessesStartedIn, MARKER, processesStartedIn } =
    await import("../../scripts/tools/pulumi-cli/started-processes.mts");
  const folder = mkdtempSync(join(tmpdir(), "bench-"));
  Object.assign(process.env, { TMPDIR: folder, TMP: folder, TEMP: folder, [MARKER]: folder });
  try {
    await Promise.race([work(), interruption()]);
  } finally {
    // A local ECS that is asked to end ends its containers, which are not marked.
    const deadlineMs = Date.now() + GRACE_MS;
    for (const { pid } of await processesStartedIn(folder)) ask(pid);
    while ((await processesStartedIn(folder)).length > 0 && Date.now() < deadlineMs) await pause(50);
    await killProcessesStartedIn(folder);
    rmSync(folder, { recursive: true, force: true });
  }
}

function ask(pid: number): void {
  try {
    process.kill(pid, "SIGTERM");
  } catch {
    // It ended in between.
  }
}

/** Rejects when this process is asked to end. It may be asked twice: npm passes on what the terminal sends to all. */
function interruption(): Promise<never> {
  return new Promise((_resolve, reject) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const)
      process.on(signal, () => {
        reject(new Error(`Interrupted by ${signal}.`));
      });
  });
}
