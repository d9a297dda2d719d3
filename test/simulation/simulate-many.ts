import { simulate } from "./simulate";
import { tally } from "./tally";

/*
 * node -r ts-node/register test/simulation/simulate-many.ts [sequences] [seed] [count]
 *
 * With "count" all sequences are played, and each kind of violation is counted and shown once.
 */
const [sequences = "10000", seed = String(Date.now() % 2 ** 31), mode] = process.argv.slice(2);

async function main(): Promise<void> {
  console.log(`${sequences} sequences, seed ${seed}`);
  const startMs = performance.now();
  const seconds = () => Math.round((performance.now() - startMs) / 1000);
  if (mode === "count") {
    for (const { kind, count, shortest } of await tally(Number(sequences), Number(seed)))
      console.log(`\n${count} times: ${kind}\n${shortest}`);
    console.log(`\nPlayed in ${seconds()} s.`);
    return;
  }
  const found = await simulate({ sequences: Number(sequences), seed: Number(seed) });
  console.log(
    found ? `Failed after ${seconds()} s: ${found}` : `Nothing happened that must not, in ${seconds()} s.`,
  );
  process.exitCode = found ? 1 : 0;
}

void main();
