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
  readonly #signal: AbortSignal | undefined;
  /** What an archive has come to, by its path, size and time of change. */
  readonly #archives = new Map<string, Promise<Layout | Error>>();

  /** @param signal - ends what is being unpacked. */
  constructor(places: readonly string[], folder: string, signal?: AbortSignal) {
    this.#places = places;
    this.#folder = folder;
    this.#signal = signal;
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
    const { size = 0, mtimeMs = 0 } = (await stat(path).catch(() => undefined)) ?? {};
    const key = hexOf(sha256(Buffer.from(JSON.stringify([path, size, mtimeMs])))).slice(0, 16);
    const found = this.#archives.get(key) ?? this.#unpack(path, join(this.#folder, key));
    this.#archives.set(key, found);
    return found;
  }

  /** Never rejects: the next look may be long after. */
  #unpack(path: string, folder: string): Promise<Layout | Error> {
    return unpackArchive(path, folder, this.#signal).then(
      () => ({ folder, place: path }),
      (error: unknown) => error as Error,
    );
  }
}

async function isLayout(folder: string): Promise<boolean> {
  return (await stat(join(folder, "index.json")).catch(() => undefined))?.isFile() === true;
}
