import { SavedState } from "../../src/saved/saved-state";

/*
 * node -r ts-node/register state-writer.ts FOLDER
 *
 * Says "held" or why not. Writes number after number, and says each that is written.
 */
const [folder = ""] = process.argv.slice(2);

function writeOn(state: SavedState): void {
  const numbers = state.map<number>("numbers");
  const lines = state.list<number>("lines");
  let number = 0;
  function next(): void {
    number += 1;
    numbers.set(`number ${number % 100}`, number);
    lines.add(number);
    process.stdout.write(`${number}\n`, () => setImmediate(next));
  }
  next();
}

try {
  const state = new SavedState(folder, { region: "us-east-1", accountId: "123456789012" });
  process.stdout.write("held\n", () => {
    writeOn(state);
  });
} catch (error) {
  console.log((error as Error).message);
}
