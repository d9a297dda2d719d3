import assert from "node:assert/strict";
import { Readable } from "node:stream";
import { finished } from "node:stream/promises";
import { readLines } from "../../../src/runtime/read-lines";

const MOST_BYTES = 262_118;

async function linesOf(...chunks: readonly (string | Buffer)[]): Promise<readonly string[]> {
  const lines: string[] = [];
  const stream = Readable.from(chunks.map((chunk) => Buffer.from(chunk)));
  readLines(stream, (line) => lines.push(line));
  await finished(stream);
  return lines;
}

describe("readLines", () => {
  it("puts chunks together, also where they part a character or the end of a line", async () => {
    const [first, second] = [Buffer.from("größe").subarray(0, 3), Buffer.from("größe").subarray(3)];

    assert.deepEqual(await linesOf(first, second, "\r", "\ntwo\n\nfour"), ["größe", "two", "", "four"]);
  });

  it("passes a line of three megabytes on in pieces that an event can hold", async () => {
    const line = "x".repeat(3_000_000);
    const pieces = await linesOf(`${line}\nnext\n`);

    assert.equal(pieces.slice(0, -1).join(""), line);
    assert.deepEqual([...new Set(pieces.slice(0, -2).map((piece) => piece.length))], [MOST_BYTES]);
    assert.equal(pieces.at(-1), "next");
  });

  it("does not wait for the end of a line that never comes, and parts no character", async () => {
    const pieces = await linesOf("ä".repeat(100_000), "ä".repeat(100_000));

    assert.equal(pieces.join(""), "ä".repeat(200_000));
    for (const piece of pieces)
      assert.ok(Buffer.byteLength(piece) <= MOST_BYTES && !piece.includes("\ufffd"));
  });
});
