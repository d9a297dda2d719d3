/** Looks into the database from outside, while no task is at work. */
import { existsSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";

export interface Table {
  readonly name: string;
  readonly rows: number;
  readonly columns: readonly string[];
}

export function readTables(path: string): readonly Table[] {
  if (!existsSync(path)) return [];
  const database = new DatabaseSync(path, { readOnly: true });
  try {
    const names = database
      .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY rowid")
      .all();
    return names.map(({ name }) => {
      const table = String(name);
      const count = database.prepare(`SELECT count(*) AS rows FROM "${table}"`).get();
      const columns = database.prepare("SELECT name FROM pragma_table_info(?)").all(table);
      return {
        name: table,
        rows: Number(count?.rows),
        columns: columns.map((column) => String(column.name)),
      };
    });
  } finally {
    database.close();
  }
}
