import {
  closeSync,
  fchmodSync,
  futimesSync,
  linkSync,
  mkdirSync,
  openSync,
  readdirSync,
  symlinkSync,
  writeSync,
} from "node:fs";
import { basename, dirname, join, posix } from "node:path";
import * as tar from "tar";
import { makeFolder, placeOfEntry, remove, statOf } from "./inside-root";
import { readDecompressed } from "./read-decompressed";

const WHITEOUT = ".wh.";
const OPAQUE = ".wh..wh..opq";

/** What the parser only remarks on: it goes on, and so do we. */
const REMARKS = ["TAR_ENTRY_INFO", "TAR_ENTRY_UNSUPPORTED"];

const FILES: readonly string[] = ["File", "OldFile", "ContiguousFile"];

/**
 * Lays one layer over what lower layers have left in a folder, as containerd does: the folder of an entry is found as a
 * container would find it, what was there makes way for what comes, and whiteouts hide what lower layers brought.
 *
 * Files belong to the current user, who can also read and replace them. Devices and extended attributes are left out.
 *
 * @param file - a tar, compressed with gzip or zstd or not.
 * @see https://github.com/opencontainers/image-spec/blob/v1.1.0/layer.md
 * @throws Error when the archive is damaged, or an entry has no place.
 */
export async function applyLayer(file: string, root: string, signal?: AbortSignal): Promise<void> {
  const layer = new AppliedLayer(root);
  const problems: Error[] = [];
  // Zeros alone are an archive without entries, which the parser does not recognise.
  let isBlank = true;
  function fail(error: unknown): void {
    problems.push(error instanceof Error ? error : new Error(String(error)));
  }
  // What compresses it is known by now: the parser must not guess.
  const parser = new tar.Parser({
    gzip: false,
    brotli: false,
    onwarn: (code, message) => {
      if (!REMARKS.includes(code) && !isBlank) fail(message);
    },
    onReadEntry: (entry) => {
      try {
        if (problems.length === 0) layer.apply(entry, fail);
      } catch (error) {
        fail(new Error(`${entry.path}: ${(error as Error).message}`, { cause: error }));
      }
      entry.resume();
    },
  });
  try {
    for await (const chunk of readDecompressed(file, signal)) {
      isBlank &&= !chunk.some((byte) => byte !== 0);
      parser.write(chunk);
      throwFirst(problems);
    }
    parser.end();
    throwFirst(problems);
  } finally {
    layer.close();
  }
}

function throwFirst([problem]: readonly Error[]): void {
  if (problem !== undefined) throw problem;
}

/** A layer on its way into a folder. */
class AppliedLayer {
  readonly #root: string;
  /** What this layer has brought, and the folders above it: its own whiteouts do not hide that. */
  readonly #brought = new Set<string>();
  readonly #above = new Set<string>();
  /** The file whose content is coming. */
  #file: number | undefined;

  constructor(root: string) {
    this.#root = root;
  }

  /** @param fail - is told when the content cannot be written. */
  apply(entry: tar.ReadEntry, fail: (error: unknown) => void): void {
    const place = placeOfEntry(this.#root, entry.path);
    // The root itself: it is there.
    if (place === undefined) return;
    if (basename(place).startsWith(WHITEOUT)) this.#hide(place);
    else this.#bring(entry, place, fail);
  }

  #hide(whiteout: string): void {
    const folder = dirname(whiteout);
    if (statOf(folder)?.isDirectory() !== true) return;
    const name = basename(whiteout);
    const hidden = name === OPAQUE ? readdirSync(folder) : [name.slice(WHITEOUT.length)];
    for (const each of hidden.filter(isPlainName)) this.#remove(join(folder, each));
  }

  /** Of a folder that this layer has brought only what lower layers had in it, as an opaque whiteout says by itself. */
  #remove(path: string): void {
    if (this.#above.has(path)) for (const each of readdirSync(path)) this.#remove(join(path, each));
    else if (!this.#brought.has(path)) remove(path);
  }

  #note(place: string): void {
    this.#brought.add(place);
    for (let above = dirname(place); above !== this.#root && !this.#above.has(above); above = dirname(above))
      this.#above.add(above);
  }

  #bring(entry: tar.ReadEntry, place: string, fail: (error: unknown) => void): void {
    makeFolder(this.#root, dirname(place));
    const isFolder = entry.type === "Directory";
    const found = statOf(place);
    if (found !== undefined && !(isFolder && found.isDirectory())) remove(place);
    this.#note(place);
    // Its user has to be able to write into it, whatever it says.
    if (isFolder) mkdirSync(place, { recursive: true, mode: modeOf(entry, 0o755) | 0o700 });
    else if (entry.type === "SymbolicLink") symlinkSync(this.#targetOf(entry, place), place);
    else if (entry.type === "Link") linkSync(this.#linked(entry), place);
    else if (FILES.includes(entry.type)) this.#write(entry, place, fail);
    else if (entry.type === "SparseFile") throw new Error("it is a sparse file, which is not supported here");
    // Else a device or a pipe: nothing that a process of this user could be given.
  }

  /** Of a file that did not come whole, what there is of it. */
  close(): void {
    if (this.#file !== undefined) closeSync(this.#file);
    this.#file = undefined;
  }

  #write(entry: tar.ReadEntry, place: string, fail: (error: unknown) => void): void {
    const file = openSync(place, "wx", 0o600);
    this.#file = file;
    entry.on("data", (chunk: Buffer) => {
      try {
        for (let written = 0; written < chunk.length;) written += writeSync(file, chunk, written);
      } catch (error) {
        fail(error);
      }
    });
    entry.on("end", () => {
      fchmodSync(file, modeOf(entry, 0o644) | 0o600);
      if (entry.mtime) futimesSync(file, entry.mtime, entry.mtime);
      this.close();
    });
  }

  /** A link that begins at the image's root, or climbs out of it, must lead to the same place in the folder. */
  #targetOf({ linkpath = "" }: tar.ReadEntry, place: string): string {
    const folder = posix.join("/", dirname(place).slice(this.#root.length));
    const isWithin = !posix.normalize(posix.join(folder.slice(1), linkpath)).startsWith("..");
    if (isWithin && !posix.isAbsolute(linkpath)) return linkpath;
    return posix.relative(folder, posix.resolve(folder, linkpath)) || ".";
  }

  #linked({ linkpath = "" }: tar.ReadEntry): string {
    const target = placeOfEntry(this.#root, linkpath);
    if (target === undefined || statOf(target)?.isFile() !== true)
      throw new Error(`it is a link to ${linkpath}, which is no file of the image`);
    return target;
  }
}

function isPlainName(name: string): boolean {
  return name !== "" && name !== "." && name !== "..";
}

/** Whoever may run the container may also read and replace the file. */
function modeOf({ mode }: tar.ReadEntry, otherwise: number): number {
  return (mode ?? otherwise) & 0o777;
}
