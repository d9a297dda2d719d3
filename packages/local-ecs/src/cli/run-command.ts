import { spawn } from "node:child_process";
import { constants } from "node:os";

/** What a shell answers when it does not find a command. */
const NOT_FOUND = 127;

/**
 * Runs a command with this process's terminal until it ends.
 *
 * It gets the signals that ask this process to end. Ctrl-C reaches it without us where there is a terminal: Pulumi takes
 * a second one for "at once".
 *
 * @returns its exit code, or 128 and the number of the signal that ended it.
 */
export function runCommand(command: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  const [name = "", ...args] = command;
  const child = spawn(name, args, { env, stdio: "inherit" });
  function passOn(signal: NodeJS.Signals): void {
    if (signal !== "SIGINT" || !process.stdin.isTTY) child.kill(signal);
  }
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
  for (const signal of signals) process.on(signal, passOn);
  return new Promise<number>((resolve) => {
    child.once("error", (error: NodeJS.ErrnoException) => {
      const why = error.code === "ENOENT" ? "is not found" : `cannot be started: ${error.message}`;
      process.stderr.write(`local-ecs: the command ${name} ${why}.\n`);
      resolve(NOT_FOUND);
    });
    child.once("exit", (code, signal) => {
      resolve(code ?? 128 + constants.signals[signal ?? "SIGKILL"]);
    });
  }).finally(() => {
    for (const signal of signals) process.off(signal, passOn);
  });
}
