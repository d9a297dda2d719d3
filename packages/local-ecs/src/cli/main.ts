#!/usr/bin/env node
import { localEcsCommand } from "./command";

// Whoever reads the output may have seen enough, as `head` has: that is no error.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
  process.exit();
});

/** Waits for what was written, and for nothing else that is still open. */
function end(exitCode: number): void {
  process.exitCode = exitCode;
  process.stdout.write("", () => process.stderr.write("", () => process.exit()));
}

localEcsCommand(process.argv.slice(2)).then(end, (error: unknown) => {
  process.stderr.write(`local-ecs: ${error instanceof Error ? error.message : String(error)}\n`);
  end(1);
});
