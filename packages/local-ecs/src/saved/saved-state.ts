import type { DatabaseSync, StatementSync } from "node:sqlite";
import type { Account } from "../state/arn";
import { closeDatabase, openDatabase, whyNotWritten } from "./database";
import { decodeDated, encodeDated } from "./dated-json";
import { JournaledMap } from "./journaled-map";

const STATE_VERSION = 1;

const TABLES = `
  CREATE TABLE IF NOT EXISTS entries (id INTEGER PRIMARY KEY, map TEXT NOT NULL, key TEXT NOT NULL, value TEXT NOT NULL, UNIQUE (map, key)) STRICT;
  CREATE TABLE IF NOT EXISTS items (id INTEGER PRIMARY KEY, list TEXT NOT NULL, value TEXT NOT NULL) STRICT;
`;

/** Whose state it is. ARNs are in everything else. */
interface Head extends Account {
  readonly version: number;
}

/** Things that only ever get more. */
export interface SavedList<T> {
  readonly before: readonly T[];
  add(item: T): void;
}

/**
 * What the local ECS knows, in a folder that survives it. Each change is written before it is answered, and is there
 * however the process ends. Whoever may read the folder sees what tasks were given: it is the user's only.
 *
 * After a write that did not go through nothing is written any more, so that what is there is the state of one moment.
 */
export class SavedState {
  readonly #folder: string;
  readonly #database: DatabaseSync;
  readonly #put: StatementSync;
  readonly #delete: StatementSync;
  readonly #append: StatementSync;
  #isOpen = true;
  #failure: Error | undefined;
  #onFailure: (failure: Error) => void = () => undefined;

  /** @throws Error when the folder is in use, damaged, or of another account or region. */
  constructor(folder: string, account: Account) {
    this.#folder = folder;
    const database = openDatabase(folder);
    this.#database = database;
    try {
      database.exec(TABLES);
      this.#put = database.prepare(
        "INSERT INTO entries (map, key, value) VALUES (?, ?, ?) ON CONFLICT (map, key) DO UPDATE SET value = excluded.value",
      );
      this.#delete = database.prepare("DELETE FROM entries WHERE map = ? AND key = ?");
      this.#append = database.prepare("INSERT INTO items (list, value) VALUES (?, ?)");
      this.#claim(account);
    } catch (error) {
      closeDatabase(database, folder);
      throw error;
    }
  }

  /** Why nothing is written any more. */
  get failure(): Error | undefined {
    return this.#failure;
  }

  /** @param listener - told once, when a write did not go through. */
  onFailure(listener: (failure: Error) => void): void {
    this.#onFailure = listener;
  }

  map<T>(name: string): Map<string, T> {
    return new JournaledMap<T>(this.#entries(name) as [string, T][], (key, value) => {
      this.#write(() => {
        if (value === undefined) this.#delete.run(name, key);
        else this.#put.run(name, key, encodeDated(value));
      });
    });
  }

  list<T>(name: string): SavedList<T> {
    const rows = this.#database.prepare("SELECT value FROM items WHERE list = ? ORDER BY id").all(name);
    return {
      before: rows.map(({ value }) => decodeDated(value as string) as T),
      add: (item) => {
        this.#write(() => this.#append.run(name, encodeDated(item)));
      },
    };
  }

  /** What changes later is not saved. May be called twice. */
  close(): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    closeDatabase(this.#database, this.#folder);
  }

  #entries(map: string): [string, unknown][] {
    const rows = this.#database.prepare("SELECT key, value FROM entries WHERE map = ? ORDER BY id").all(map);
    return rows.map(({ key, value }) => [key as string, decodeDated(value as string)]);
  }

  #claim({ region, accountId }: Account): void {
    const [found] = this.#entries("head") as [string, Head][];
    const head: Head = { version: STATE_VERSION, region, accountId };
    if (found === undefined) {
      this.#put.run("head", "", encodeDated(head));
      return;
    }
    const [, before] = found;
    if (before.version !== STATE_VERSION)
      throw new Error(
        `${this.#folder} was written by another version of the local ECS: choose another folder.`,
      );
    if (region !== before.region || accountId !== before.accountId)
      throw new Error(
        `${this.#folder} belongs to account ${before.accountId} in ${before.region}: start with these, or choose another folder.`,
      );
  }

  /** Never throws: whoever changes something may be a timer, or a container that prints. */
  #write(write: () => unknown): void {
    if (!this.#isOpen || this.#failure !== undefined) return;
    try {
      write();
    } catch (error) {
      const text = `The state in ${this.#folder} could not be written, because ${whyNotWritten(error)}. The local ECS ends; started again with this folder, it knows all that was answered before.`;
      this.#failure = new Error(text, { cause: error });
      this.#onFailure(this.#failure);
    }
  }
}
