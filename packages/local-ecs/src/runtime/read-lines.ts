import { StringDecoder } from "node:string_decoder";
import type { Readable } from "node:stream";

/**
 * What Docker's log driver awslogs puts into one event: 256 KiB less the 26 bytes that CloudWatch Logs counts for each.
 * @see https://github.com/moby/moby/blob/v28.0.0/daemon/logger/awslogs/cloudwatchlogs.go
 */
const MOST_BYTES = 262_144 - 26;

/**
 * Passes a stream on line by line; a last line without an end is a line too. A longer one than an event can be is passed
 * on in pieces, and never grows in memory.
 */
export function readLines(stream: Readable, onLine: (line: string) => void): void {
  const decoder = new StringDecoder("utf8");
  let rest = "";
  function passOn(line: string): string {
    let left = line;
    while (Buffer.byteLength(left) > MOST_BYTES) {
      const piece = beginningOf(left);
      onLine(piece);
      left = left.slice(piece.length);
    }
    return left;
  }
  stream.on("data", (chunk: Buffer) => {
    const lines = (rest + decoder.write(chunk)).split("\n");
    const last = lines.pop() ?? "";
    for (const line of lines) onLine(passOn(line.replace(/\r$/, "")));
    rest = passOn(last);
  });
  stream.on("end", () => {
    rest = passOn(rest + decoder.end());
    if (rest !== "") onLine(rest);
  });
  // A pipe that breaks ends the output; the exit code tells the rest.
  stream.on("error", () => undefined);
}

/** As much of a text as an event can hold, and no half of a character. */
function beginningOf(text: string): string {
  const bytes = Buffer.from(text).subarray(0, MOST_BYTES);
  return new StringDecoder("utf8").write(bytes);
}
