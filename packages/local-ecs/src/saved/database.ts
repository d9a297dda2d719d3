import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type * as Sqlite from "node:sqlite";
import type { DatabaseSync } from "node:sqlite";

/** Result codes of SQLite that have words of ours. @see https://sqlite.org/rescode.html */
const BUSY = 5;
const FULL = 13;
const CORRUPT = 11;
const NOT_A_DATABASE = 26;

/**
 * Opens the database of a folder for this process alone. SQLite holds the lock of the operating system, which dies with
 * its process: nothing is left by a process that was killed, and two starts at once never both get the folder.
 *
 * A write is there however this process ends. SQLite waits for the disk only from time to time, so that a machine that
 * loses its power may lose the last writes, and nothing before them.
 *
 * @throws Error that says who uses the folder, or that the file is damaged.
 */
export function openDatabase(folder: string): DatabaseSync {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, "state.db");
  // SQLite would make a file that others can read. What it makes beside it gets the same mode.
  closeSync(openSync(path, "a", 0o600));
  let database: DatabaseSync | undefined;
  try {
    database = new (sqlite().DatabaseSync)(path);
    database.exec("PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL");
    database.exec("BEGIN EXCLUSIVE; COMMIT");
    writeFileSync(holderFile(folder), String(process.pid), { mode: 0o600 });
    return database;
  } catch (error) {
    database?.close();
    throw new Error(inWords(error, { folder, path }) ?? messageOf(error), { cause: error });
  }
}

/** Gives the folder back. */
export function closeDatabase(database: DatabaseSync, folder: string): void {
  database.close();
  rmSync(holderFile(folder), { force: true });
}

/** Why a write did not go through, to go on from "because". */
export function whyNotWritten(error: unknown): string {
  return resultCode(error) === FULL ? "the disk is full" : messageOf(error);
}

/** Who holds the lock: for people only, for the lock itself is SQLite's. */
function holderFile(folder: string): string {
  return join(folder, "pid");
}

/** Node.js 22 warns that its SQLite is experimental, which is no news for whoever starts a local ECS. */
function sqlite(): typeof Sqlite {
  const emitWarning = process.emitWarning.bind(process);
  process.emitWarning = () => undefined;
  try {
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- loaded only where state is kept
    return require("node:sqlite") as typeof Sqlite;
  } catch (error) {
    throw new Error("A state folder needs Node.js 22.13 or newer.", { cause: error });
  } finally {
    process.emitWarning = emitWarning;
  }
}

function inWords(
  error: unknown,
  { folder, path }: Readonly<Record<"folder" | "path", string>>,
): string | undefined {
  const code = resultCode(error);
  if (code === BUSY) return `${folder} is in use by ${holderOf(folder)}: end it, or choose another folder.`;
  if (code === CORRUPT || code === NOT_A_DATABASE)
    return `${path} is damaged: ${messageOf(error)}. Choose another folder, or remove this one.`;
  if (code === FULL)
    return `${folder} cannot be written, because the disk is full: make room, or choose another folder.`;
  return undefined;
}

function holderOf(folder: string): string {
  try {
    return `process ${readFileSync(holderFile(folder), "utf8")}`;
  } catch {
    return "another process";
  }
}

/** The low byte is the kind; what stands above says more about it. */
function resultCode(error: unknown): number | undefined {
  const { errcode } = (error ?? {}) as { readonly errcode?: unknown };
  return typeof errcode === "number" ? errcode & 0xff : undefined;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
