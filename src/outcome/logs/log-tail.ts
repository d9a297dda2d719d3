import { EcsApiError } from "../../aws/ecs-gateway";
import type { LogTarget } from "./log-target";
import { markedLines } from "../../text/plain-text";
import type { Clock } from "../../aws/pace/clock";
import type { LogGateway } from "./log-gateway";
import { unreadableNote } from "./unreadable-note";

/** How long between two reads of a stream, in milliseconds. */
const BETWEEN_READS_MS = 2000;

/** How often a stream is read after its container ended, at least and at most: the last lines arrive a moment later. */
const READS_AFTER_END = 2;
const MOST_READS_AFTER_END = 10;

/** What a tail needs. */
export interface TailPorts {
  readonly logs: LogGateway;
  readonly clock: Clock;
  readonly show: (line: string) => Promise<void>;
}

/** A container whose lines are shown. */
interface TailedContainer {
  /** What stands before each of its lines. */
  readonly name: string;
  readonly target: LogTarget;
}

/**
 * Shows what a container writes while it runs, each line once. The outcome of a task never depends on it: what
 * cannot be read is said once.
 *
 * @param ended - resolves when the container has ended; the tail then reads until nothing new comes, and is done.
 */
export async function tailLog(
  ports: TailPorts,
  container: TailedContainer,
  ended: Promise<unknown>,
): Promise<void> {
  const end = new AbortController();
  function stop(): void {
    end.abort();
  }
  ended.then(stop, stop);
  let from: string | undefined;
  for (let readsAfterEnd = 0; ;) {
    if (end.signal.aborted) readsAfterEnd += 1;
    const read = await showNewLines(ports, container, from);
    const isAtEnd = readsAfterEnd >= (read.isNew ? MOST_READS_AFTER_END : READS_AFTER_END);
    if (read.isDenied || isAtEnd) return;
    ({ from } = read);
    await ports.clock
      .sleep(BETWEEN_READS_MS, end.signal.aborted ? undefined : end.signal)
      .catch(() => undefined);
  }
}

/** How far a stream was shown. */
interface Read {
  /** Where the next read begins. */
  readonly from: string | undefined;
  /** Whether there was a line that was not shown before. */
  readonly isNew: boolean;
  /** Whether it may not be read, which was said. */
  readonly isDenied: boolean;
}

/** Shows what has come since the last read. */
async function showNewLines(
  { logs, show }: TailPorts,
  { name, target }: TailedContainer,
  lastFrom: string | undefined,
): Promise<Read> {
  let from = lastFrom;
  let isNew = false;
  try {
    for (let isAtEnd = false; !isAtEnd;) {
      const page = await logs.linesFrom(target, from);
      // At once, so that no other container's line comes between those of one event.
      for (const line of page.lines) await show(markedLines(line, name).join("\n"));
      isNew ||= page.lines.length > 0;
      isAtEnd = page.next === undefined || page.next === from;
      from = page.next ?? from;
    }
  } catch (error) {
    if (error instanceof EcsApiError && error.kind === "denied") {
      await show(`${name}: ${unreadableNote(error, target)}`);
      return { from, isNew, isDenied: true };
    }
  }
  return { from, isNew, isDenied: false };
}
