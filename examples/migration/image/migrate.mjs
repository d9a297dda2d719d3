/**
 * Applies the SQL files in ./migrations that the SQLite database at DATABASE_PATH has not seen yet: in the order of
 * their numbers, each in one transaction together with its line in `schema_migrations`.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";

const path = process.env.DATABASE_PATH;
if (!path) fail("DATABASE_PATH is not set: it names the database file to migrate");

// The timeout is for another migration of the same database: SQLite lets one write at a time.
const database = new DatabaseSync(path, { timeout: 30_000 });
database.exec(
  "CREATE TABLE IF NOT EXISTS schema_migrations (version INTEGER PRIMARY KEY, name TEXT NOT NULL, applied_at TEXT NOT NULL)",
);

const folder = join(import.meta.dirname, "migrations");
const files = readdirSync(folder)
  .filter((name) => /^\d+_.*\.sql$/.test(name))
  .sort();
let count = 0;
for (const name of files) if (migrate(name)) count += 1;
database.close();
console.log(count === 0 ? "Nothing to do" : `${count} of ${files.length} migrations applied`);

/** Answers false when it had been applied before. */
function migrate(name) {
  const version = Number.parseInt(name, 10);
  database.exec("BEGIN IMMEDIATE");
  try {
    const seen = database.prepare("SELECT 1 FROM schema_migrations WHERE version = ?").get(version);
    if (!seen) {
      console.log(`Applying ${name}`);
      database.exec(readFileSync(join(folder, name), "utf8"));
      database
        .prepare("INSERT INTO schema_migrations VALUES (?, ?, ?)")
        .run(version, name, new Date().toISOString());
    }
    database.exec("COMMIT");
    return !seen;
  } catch (error) {
    if (database.isTransaction) database.exec("ROLLBACK");
    fail(`${name} failed: ${error.message}. It was rolled back; what came before it stays.`);
  }
}

function fail(message) {
  console.error(message);
  process.exit(1);
}
