import { existsSync, readFileSync } from "node:fs";
import type { Context } from "mocha";
import { findEngine } from "../../src/runtime/engine/engine-cli";
import type { ImageFiles, RuntimeKind } from "../../src/api/index";

/** Needs nothing but the kernel, so that an image that holds it runs in an engine. */
export const BUSYBOX = "/bin/busybox";

export const runtimeKinds: readonly RuntimeKind[] = ["process", "engine"];

/** An image with a shell: for an engine one of its own; a process would find this machine's. */
export function shellFiles(): ImageFiles {
  if (!existsSync(BUSYBOX)) return {};
  const file = { content: readFileSync(BUSYBOX), mode: 0o755 };
  return { "/bin/sh": file, "/bin/sleep": file, "/bin/cat": file, "/bin/wget": file };
}

/** Skips, and says why, where real containers cannot be run. */
export async function skipWithout(context: Context, kind: RuntimeKind): Promise<void> {
  if (kind === "process") return;
  const reason = existsSync(BUSYBOX)
    ? await findEngine().then(
        () => undefined,
        (error: unknown) => (error as Error).message,
      )
    : `${BUSYBOX} is not here (Debian: busybox-static)`;
  if (reason === undefined) return;
  console.log(`      skipped, real containers cannot be run: ${reason}`);
  context.skip();
}
