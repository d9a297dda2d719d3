import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { sha256 } from "../sha256";
import { hexOf } from "../digest";
import { unpackArchive } from "./unpack-archive";

/** How archives of images are called, by whoever writes them. */
const ARCHIVE = /\.(tar|tar\.gz|tgz|tar\.zst)$/i;

/** A folder that is an OCI image layout. */
export interface Layout {
  readonly folder: string;
  /** What the user has named or can see: the folder itself, or the archive that was unpacked into it. */
  readonly place: string;
}

export interface Layouts {
  readonly layouts: readonly Layout[];
  /** Why an archive is none of images. */
  readonly problems: readonly Error[];
}

/**
 * Where a user has said that images are: an OCI image layout, an archive of one, an archive of `docker save`, or a folder
 * with several of these.
 */
export class ImagePlaces {
  readonly #places: readonly string[];
  /** For what archives are unpacked into. */
  readonly #folder: string;
  /** By path, size and time of change. */
  readonly #unpacked = new Map<string, Promise<string>>();
  readonly #closing = new AbortController();

  constructor(places: readonly string[], folder: string) {
    this.#places = places;
    this.#folder = folder;
  }

  /** All of them, for people. */
  get text(): string {
    return this.#places.join(", ") || "none given";
  }

  /** Looks anew each time; an archive that has not changed is unpacked once. */
  async layouts(): Promise<Layouts> {
    const found = (await Promise.all(this.#places.map((place) => this.#lookAt(place)))).flat();
    const layouts: Layout[] = [];
    const problems: Error[] = [];
    for (const each of found)
      if (each instanceof Error) problems.push(each);
      else layouts.push(each);
    return { layouts, problems };
  }

  /** Ends what is being unpacked. */
  close(): void {
    this.#closing.abort();
  }

  async #lookAt(place: string): Promise<readonly (Layout | Error)[]> {
    const found = await stat(place).catch(() => undefined);
    if (found?.isFile() === true) return [await this.#archive(place)];
    if (found?.isDirectory() !== true) return [];
    const own = (await isLayout(place)) ? [{ folder: place, place }] : [];
    const others = (await readdir(place, { withFileTypes: true })).map(async (entry) => {
      const path = join(place, entry.name);
      if (ARCHIVE.test(entry.name)) return [await this.#archive(path)];
      return !entry.isFile() && (await isLayout(path)) ? [{ folder: path, place: path }] : [];
    });
    return [...own, ...(await Promise.all(others)).flat()];
  }

  async #archive(path: string): Promise<Layout | Error> {
    try {
      const { size, mtimeMs } = await stat(path);
      const key = hexOf(sha256(Buffer.from(JSON.stringify([path, size, mtimeMs])))).slice(0, 16);
      const folder = join(this.#folder, key);
      const unpacking = this.#unpacked.get(key) ?? unpackArchive(path, folder, this.#closing.signal);
      this.#unpacked.set(
        key,
        unpacking.then(() => folder),
      );
      await unpacking;
      return { folder, place: path };
    } catch (error) {
      return error instanceof Error ? error : new Error(String(error));
    }
  }
}

async function isLayout(folder: string): Promise<boolean> {
  return (await stat(join(folder, "index.json")).catch(() => undefined))?.isFile() === true;
}
