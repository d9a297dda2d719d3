/**
 * A migration for tests: its first argument says how it goes, `exit <code>`, `run` until it is stopped,
 * `wait <file>` until the file is there, or `succeed-after <failures> <file>`, which counts them in the file.
 */
export const MIGRATION = `
  import { appendFileSync, existsSync, readFileSync } from "node:fs";
  const [how, what, file] = process.argv.slice(2);
  console.log("migrating", process.env.DATABASE_URL ?? "nothing");
  if (how === "exit") process.exit(Number(what));
  if (how === "succeed-after") {
    appendFileSync(file, ".");
    process.exit(readFileSync(file).length > Number(what) ? 0 : 1);
  }
  setInterval(() => { if (how === "wait" && existsSync(what)) process.exit(0); }, 20);
`;
