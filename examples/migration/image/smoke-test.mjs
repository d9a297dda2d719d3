/** Checks that the SQLite database at DATABASE_PATH is sound and has every migration that this image knows. */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";

const database = new DatabaseSync(process.env.DATABASE_PATH ?? "DATABASE_PATH is not set", {
  readOnly: true,
});
const applied = database.prepare("SELECT name FROM schema_migrations").all();
const missing = readdirSync(join(import.meta.dirname, "migrations")).filter(
  (file) => !applied.some(({ name }) => name === file),
);
const { integrity_check: integrity } = database.prepare("PRAGMA integrity_check").get();
const orphans = database.prepare("PRAGMA foreign_key_check").all();
database.close();

console.log(`integrity: ${integrity}`);
console.log(`rows that refer to nothing: ${orphans.length}`);
console.log(`missing migrations: ${missing.join(", ") || "none"}`);
process.exit(integrity === "ok" && orphans.length === 0 && missing.length === 0 ? 0 : 1);
