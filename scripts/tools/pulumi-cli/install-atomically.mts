/** Fills a folder so that it is either complete or not there, whatever is interrupted and however many do it at once. */
import { chmod, mkdir, mkdtemp, rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";

/**
 * Lets `fill` work in a folder beside `root`, then renames it to `root`. When somebody else was faster and
 * `isComplete` accepts what they made, theirs is kept; anything else at `root` is replaced.
 */
export async function installAtomically(
  root: string,
  fill: (staging: string) => Promise<void>,
  isComplete: () => Promise<boolean>,
): Promise<void> {
  await mkdir(dirname(root), { recursive: true });
  const workshop = await mkdtemp(join(dirname(root), `.${basename(root)}-`));
  try {
    const staging = join(workshop, "new");
    await mkdir(staging);
    await fill(staging);
    await chmod(staging, 0o755);
    if (await isComplete()) return;
    await rename(root, join(workshop, "old")).catch(() => undefined);
    await rename(staging, root).catch(async (error: unknown) => {
      if (!(await isComplete())) throw error;
    });
  } finally {
    await rm(workshop, { recursive: true, force: true });
  }
}
