import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";
import type { Account } from "../state/arn";
import { lockFolder } from "./folder-lock";
import { JournaledMap } from "./journaled-map";
import { decodeLines, encodeLine } from "./json-lines";

const STATE_VERSION = 1;
/** The journal is written anew, without what is outdated, when this much was added, or as much as it had then. */
const COMPACTION_BYTES = 16 * 1024 * 1024;

/** The first line of the journal. ARNs are in everything that follows. */
interface Head extends Account {
  readonly version: number;
}

/** A change of a map; without `value` the key was deleted. */
interface Change {
  readonly map: string;
  readonly key: string;
  readonly value?: unknown;
}

/** Things that only ever get more. */
export interface SavedList<T> {
  readonly before: readonly T[];
  add(item: T): void;
}

/**
 * What the local ECS knows, in a folder that survives it. Each change is written at once, so that nothing but a half
 * line is lost however the process ends. Whoever may read the folder sees what tasks were given: it is the user's only.
 */
export class SavedState {
  readonly #folder: string;
  readonly #head: Head;
  readonly #unlock: () => void;
  readonly #maps = new Map<string, Map<string, unknown>>();
  readonly #files: number[] = [];
  #journal = -1;
  #addedBytes = 0;
  #compactedBytes = 0;

  /** @throws Error when the folder is in use, damaged, or of another account or region. */
  constructor(folder: string, { region, accountId }: Account) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    this.#folder = folder;
    this.#head = { version: STATE_VERSION, region, accountId };
    this.#unlock = lockFolder(folder);
    try {
      this.#load();
      this.#compact();
    } catch (error) {
      this.#unlock();
      throw error;
    }
  }

  map<T>(name: string): Map<string, T> {
    const before = (this.#maps.get(name) ?? new Map()) as Map<string, T>;
    const map = new JournaledMap<T>(before, (key, value) => {
      this.#write({ map: name, key, ...(value === undefined ? {} : { value }) });
    });
    this.#maps.set(name, map);
    return map;
  }

  /** A file of its own, which is never rewritten. */
  list<T>(name: string): SavedList<T> {
    const path = join(this.#folder, `${name}.ndjson`);
    const before = existsSync(path) ? (decodeLines(readFileSync(path, "utf8"), path) as readonly T[]) : [];
    // Also ends a line that a process could not finish.
    writeFileSync(path, before.map(encodeLine).join(""), { mode: 0o600 });
    const file = openSync(path, "a", 0o600);
    this.#files.push(file);
    return {
      before,
      add: (item) => {
        if (this.#files.includes(file)) writeSync(file, encodeLine(item));
      },
    };
  }

  /** What changes later is not saved. May be called twice. */
  close(): void {
    for (const file of this.#files.splice(0)) closeSync(file);
    if (this.#journal === -1) return;
    closeSync(this.#journal);
    this.#journal = -1;
    this.#unlock();
  }

  get #path(): string {
    return join(this.#folder, "state.ndjson");
  }

  #load(): void {
    if (!existsSync(this.#path)) return;
    const [head, ...changes] = decodeLines(readFileSync(this.#path, "utf8"), this.#path) as [
      Head?,
      ...Change[],
    ];
    if (head === undefined) return;
    if (head.version !== STATE_VERSION)
      throw new Error(
        `${this.#folder} was written by another version of the local ECS: choose another folder.`,
      );
    const { region, accountId } = head;
    if (region !== this.#head.region || accountId !== this.#head.accountId)
      throw new Error(
        `${this.#folder} belongs to account ${accountId} in ${region}: start with these, or choose another folder.`,
      );
    for (const { map: name, key, value } of changes) {
      const map = this.#maps.get(name) ?? new Map<string, unknown>();
      this.#maps.set(name, map);
      if (value === undefined) map.delete(key);
      else map.set(key, value);
    }
  }

  #write(change: Change): void {
    if (this.#journal === -1) return;
    this.#addedBytes += writeSync(this.#journal, encodeLine(change));
    if (this.#addedBytes > Math.max(COMPACTION_BYTES, this.#compactedBytes)) this.#compact();
  }

  #compact(): void {
    const next = `${this.#path}.next`;
    const file = openSync(next, "w", 0o600);
    this.#addedBytes = 0;
    this.#compactedBytes = writeSync(file, encodeLine(this.#head));
    for (const [name, map] of this.#maps)
      for (const [key, value] of map)
        this.#compactedBytes += writeSync(file, encodeLine({ map: name, key, value }));
    if (this.#journal !== -1) closeSync(this.#journal);
    renameSync(next, this.#path);
    this.#journal = file;
  }
}
