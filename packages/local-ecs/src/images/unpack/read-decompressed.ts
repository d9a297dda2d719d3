import { closeSync, createReadStream, openSync, readSync } from "node:fs";
import { pipeline } from "node:stream";
import { PassThrough, type Duplex } from "node:stream";
import * as zlib from "node:zlib";

const GZIP = Buffer.of(0x1f, 0x8b);
const ZSTD = Buffer.of(0x28, 0xb5, 0x2f, 0xfd);

/** The content of a file that is compressed with gzip or zstd, or not at all: its first bytes say. */
export function readDecompressed(file: string, signal?: AbortSignal): AsyncIterable<Buffer> {
  const decompressor = decompressorFor(beginningOf(file));
  pipeline(createReadStream(file, { signal }), decompressor, () => {
    // Whoever reads from the decompressor gets the error.
  });
  return decompressor;
}

function decompressorFor(beginning: Buffer): Duplex {
  if (beginning.indexOf(GZIP) === 0) return zlib.createGunzip();
  if (beginning.indexOf(ZSTD) !== 0) return new PassThrough();
  // Node.js has it since 22.15.
  if ((zlib as Partial<typeof zlib>).createZstdDecompress === undefined)
    throw new Error("it is compressed with zstd, for which Node.js 22.15 or newer is needed");
  return zlib.createZstdDecompress();
}

function beginningOf(path: string): Buffer {
  const file = openSync(path, "r");
  try {
    const bytes = Buffer.alloc(ZSTD.length);
    return bytes.subarray(0, readSync(file, bytes));
  } finally {
    closeSync(file);
  }
}
