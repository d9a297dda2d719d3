import { execFile } from "node:child_process";
import {
  chmodSync,
  constants,
  lstatSync,
  readFileSync,
  readdirSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { copyFile, cp, rm } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";

/** Where programs write into files that their image has brought. */
const WRITTEN_FOLDERS = /^(etc|var|tmp|run|home|root|srv|data)\//;
/** Files that programs change in place, wherever they are. */
const WRITTEN_FILES = /\.(db|sqlite3?|log|pid|lock|conf|cfg|ini|env|ya?ml|toml|json|properties|html)$/i;

/** How many files are looked at before something else may happen. */
const FILES_AT_ONCE = 100;

const SMALL_BYTES = 1024 * 1024;

/** What tells that a file has been written: hard links share all of it. */
type Stamp = string;

/**
 * An image that is unpacked once, for all its containers. A container gets hard links to its files, and copies of those
 * that programs are likely to write into. A file that was written all the same is noticed: then the image is unpacked anew,
 * so that the next container finds it as it was built.
 */
export class SharedImage {
  readonly #root: string;
  readonly #linked: ReadonlyMap<string, Stamp>;
  readonly #copied: readonly string[];

  /** See {@link at}. */
  constructor(root: string, linked: ReadonlyMap<string, Stamp>, copied: readonly string[]) {
    this.#root = root;
    this.#linked = linked;
    this.#copied = copied;
  }

  /** @param root - where it is unpacked. */
  static async at(root: string): Promise<SharedImage> {
    const linked = new Map<string, Stamp>();
    const copied: string[] = [];
    for await (const path of filesBelow(root))
      if (isLikelyWritten(path)) copied.push(path);
      else linked.set(path, stampOf(join(root, path)));
    return new SharedImage(root, linked, copied);
  }

  /** Lays the image out for one container, in a folder that is not there yet. */
  async layOut(folder: string): Promise<void> {
    try {
      await promisify(execFile)("cp", ["-a", "-l", this.#root, folder]);
    } catch {
      // No such cp, or no hard links here: then everything is copied.
      await rm(folder, { recursive: true, force: true });
      await cp(this.#root, folder, {
        recursive: true,
        verbatimSymlinks: true,
        mode: constants.COPYFILE_FICLONE,
      });
      return;
    }
    for (const [index, path] of this.#copied.entries()) {
      await replaceLink(join(this.#root, path), join(folder, path));
      if (index % FILES_AT_ONCE === 0) await new Promise(setImmediate);
    }
  }

  /** Whether a container has written into a file that it shares with others. */
  async hasChanged(): Promise<boolean> {
    let looked = 0;
    for (const [path, stamp] of this.#linked) {
      if (stampOf(join(this.#root, path)) !== stamp) return true;
      looked += 1;
      if (looked % FILES_AT_ONCE === 0) await new Promise(setImmediate);
    }
    return false;
  }
}

/** Node.js's own copy takes ten times as long for a small file (measured on ext4). */
async function replaceLink(from: string, to: string): Promise<void> {
  unlinkSync(to);
  const { size, mode, atime, mtime } = lstatSync(from);
  if (size > SMALL_BYTES) {
    await copyFile(from, to, constants.COPYFILE_FICLONE);
    return;
  }
  writeFileSync(to, readFileSync(from));
  chmodSync(to, mode & 0o777);
  utimesSync(to, atime, mtime);
}

/** A dot file is a setting, most of the time. */
function isLikelyWritten(path: string): boolean {
  return WRITTEN_FOLDERS.test(path) || WRITTEN_FILES.test(path) || /(^|\/)\.[^/]+$/.test(path);
}

function stampOf(path: string): Stamp {
  const { size, mtimeMs, mode } = lstatSync(path, { throwIfNoEntry: false }) ?? {};
  return [size, mtimeMs, mode].join();
}

async function* filesBelow(root: string, folder = ""): AsyncGenerator<string> {
  await new Promise(setImmediate);
  for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* filesBelow(root, path);
    else if (entry.isFile()) yield path;
  }
}
