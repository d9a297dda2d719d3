/**
 * A migration for tests: its first argument says how it goes, `exit <code>`, `run` until it is stopped, or
 * `wait <file>` until the file is there.
 */
export const MIGRATION = `
  import { existsSync } from "node:fs";
  const [how, what] = process.argv.slice(2);
  console.log("migrating", process.env.DATABASE_URL ?? "nothing");
  if (how === "exit") process.exit(Number(what));
  setInterval(() => { if (how === "wait" && existsSync(what)) process.exit(0); }, 20);
`;
