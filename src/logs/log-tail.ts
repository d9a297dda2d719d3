import { EcsApiError } from "../ecs/ecs-gateway";
import type { LogTarget } from "../task/log-target";
import { markedLines } from "../task/plain-text";
import type { Clock } from "../watch/clock";
import type { LogGateway } from "./log-gateway";
import { unreadableNote } from "./unreadable-note";

/** How long between two reads of a stream, in milliseconds. */
const BETWEEN_READS_MS = 2000;

/** How often a stream is read after its container ended: the last lines arrive a moment later. */
const READS_AFTER_END = 2;

/** What a tail needs. */
export interface TailPorts {
  readonly logs: LogGateway;
  readonly clock: Clock;
  readonly show: (line: string) => Promise<void>;
}

/**
 * Shows what a container writes while it runs, each line once. The outcome of a task never depends on it: what
 * cannot be read is said once.
 *
 * @param ended - resolves when the container has ended; the tail then reads what is left, and is done.
 */
export async function tailLog(
  { logs, clock, show }: TailPorts,
  container: string,
  target: LogTarget,
  ended: Promise<unknown>,
): Promise<void> {
  const end = new AbortController();
  const stop = () => {
    end.abort();
  };
  ended.then(stop, stop);
  let from: string | undefined;
  for (let readsLeft = READS_AFTER_END; readsLeft > 0;) {
    if (end.signal.aborted) readsLeft -= 1;
    try {
      for (let isAtEnd = false; !isAtEnd;) {
        const page = await logs.linesFrom(target, from);
        // At once, so that no other container's line comes between those of one event.
        for (const line of page.lines) await show(markedLines(line, container).join("\n"));
        isAtEnd = page.next === undefined || page.next === from;
        from = page.next ?? from;
      }
    } catch (error) {
      if (error instanceof EcsApiError && error.kind === "denied") {
        await show(`${container}: ${unreadableNote(error, target)}`);
        return;
      }
    }
    if (readsLeft > 0)
      await clock.sleep(BETWEEN_READS_MS, end.signal.aborted ? undefined : end.signal).catch(() => undefined);
  }
}
