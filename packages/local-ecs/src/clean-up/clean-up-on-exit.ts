import { takeEveryStepNow } from "./take-every-step";

/** What has to be done, without waiting, when this process ends before it was cleaned up. */
type CleanUp = () => void;

const cleanUps = new Set<CleanUp>();
const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/**
 * Has `cleanUp` called when the process exits, or is ended by a signal that nobody else listens to. Containers are
 * process groups of their own: without this, Ctrl-C in a test run would leave them behind.
 * @returns a function that takes the request back.
 */
export function cleanUpOnExit(cleanUp: CleanUp): () => void {
  if (cleanUps.size === 0) listen();
  cleanUps.add(cleanUp);
  return () => {
    cleanUps.delete(cleanUp);
    if (cleanUps.size === 0) unlisten();
  };
}

function cleanUpAll(): void {
  // Whoever asked for it has said what failed; the others' must be done all the same.
  takeEveryStepNow(cleanUps, () => undefined);
}

function onSignal(signal: NodeJS.Signals): void {
  // Somebody else has listened, and decides how the process ends; `exit` comes then.
  if (process.listenerCount(signal) > 1) return;
  cleanUpAll();
  unlisten();
  process.kill(process.pid, signal);
}

function listen(): void {
  process.on("exit", cleanUpAll);
  // First of all listeners: one that listens once is counted only before it is called.
  for (const signal of signals) process.prependListener(signal, onSignal);
}

function unlisten(): void {
  process.off("exit", cleanUpAll);
  for (const signal of signals) process.off(signal, onSignal);
}
