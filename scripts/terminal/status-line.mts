/** One line that tells what is being waited for: rewritten in a terminal, repeated now and then elsewhere. */
import type { WriteStream } from "node:tty";

export interface StatusLine {
  /** Shows `text` with the seconds since the first call; call it as often as there is news. */
  readonly show: (text: string) => void;
  /** Takes the line away, so that ordinary output can follow. */
  readonly clear: () => void;
}

/** How often a log that is not a terminal hears that things still go on. */
const REPEAT_MS = 15_000;
const REDRAW_MS = 250;

export function createStatusLine(stream: WriteStream = process.stderr): StatusLine {
  let startedAt = 0;
  let shownAt = 0;
  let text = "";
  let timer: NodeJS.Timeout | undefined;
  const seconds = (): string => `${String(Math.round((Date.now() - startedAt) / 1000))}s`;
  const draw = (): void => {
    if (stream.isTTY) {
      stream.write(`\r\x1b[K${`  ${text} (${seconds()})`.slice(0, stream.columns - 1)}`);
    } else if (Date.now() - shownAt >= REPEAT_MS) {
      shownAt = Date.now();
      stream.write(`  ${text} (${seconds()})\n`);
    }
  };
  return {
    show(news) {
      text = news;
      if (timer !== undefined) return;
      startedAt = shownAt = Date.now();
      timer = setInterval(draw, REDRAW_MS).unref();
    },
    clear() {
      clearInterval(timer);
      timer = undefined;
      if (stream.isTTY) stream.write("\r\x1b[K");
    },
  };
}
