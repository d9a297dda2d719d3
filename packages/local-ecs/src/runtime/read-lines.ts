import { StringDecoder } from "node:string_decoder";
import type { Readable } from "node:stream";

/** Passes a stream on line by line; a last line without an end is a line too. */
export function readLines(stream: Readable, onLine: (line: string) => void): void {
  const decoder = new StringDecoder("utf8");
  let rest = "";
  stream.on("data", (chunk: Buffer) => {
    const lines = (rest + decoder.write(chunk)).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) onLine(line.replace(/\r$/, ""));
  });
  stream.on("end", () => {
    rest += decoder.end();
    if (rest !== "") onLine(rest);
  });
  // A pipe that breaks ends the output; the exit code tells the rest.
  stream.on("error", () => undefined);
}
