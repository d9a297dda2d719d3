import { isSilence } from "../process/fault";
import type { CommandCase } from "./command-case";

const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;

/** To look for tasks: a minute of patience, a last call of a minute, and listings that lag behind. */
const LOOK_MS = 2 * MINUTE_MS + 15 * SECOND_MS;
/** To stop: a minute of patience, five minutes of waiting, a last look. */
const STOP_MS = 8 * MINUTE_MS;
const MARGIN_MS = 3 * MINUTE_MS;

/** I7: how long a command may take, in milliseconds. Each wait ends by its own deadline. */
export function longestMs(current: CommandCase): number {
  if (isSilence(current.weather)) return longestInSilenceMs(current);
  switch (current.command) {
    case "up":
    case "replace":
      return (current.replaces ? STOP_MS + MARGIN_MS : 0) + longestUpMs(current);
    case "refresh":
      return LOOK_MS + MARGIN_MS;
    case "destroy":
      return STOP_MS + MARGIN_MS;
  }
}

function longestUpMs({ inputs, before }: CommandCase): number {
  const { timeoutSeconds = 3600, capacityRetrySeconds = 600 } = inputs;
  const ownMs = timeoutSeconds * SECOND_MS;
  // An earlier run is waited for, or stopped, before the new one begins: what is recorded, and what is found.
  const earlierMs = Math.max(ownMs, (before?.timeoutSeconds ?? 0) * SECOND_MS);
  const launchMs = capacityRetrySeconds * SECOND_MS + 2 * MINUTE_MS;
  return LOOK_MS + 2 * earlierMs + STOP_MS + LOOK_MS + launchMs + ownMs + STOP_MS + MARGIN_MS;
}

/** Against an ECS that answers nothing. A task that is recorded is waited for as long as `timeoutSeconds` says. */
function longestInSilenceMs({ command, inputs, before, replaces }: CommandCase): number {
  const isWaitedFor = before !== undefined && before.phase !== "FAILED" && before.taskArns.length > 0;
  const waitMs = isWaitedFor ? (inputs.timeoutSeconds ?? 3600) * SECOND_MS : 0;
  if (command === "destroy") return 5 * MINUTE_MS;
  if (replaces) return 8 * MINUTE_MS;
  return 3 * MINUTE_MS + (command === "up" ? waitMs : 0);
}
