import { simulate } from "./simulate";

const [sequences = "10000", seed = String(Date.now() % 2 ** 31)] = process.argv.slice(2);

async function main(): Promise<void> {
  console.log(`${sequences} sequences, seed ${seed}`);
  const startMs = performance.now();
  const found = await simulate({ sequences: Number(sequences), seed: Number(seed) });
  const seconds = Math.round((performance.now() - startMs) / 1000);
  console.log(
    found ? `Failed after ${seconds} s: ${found}` : `Nothing happened that must not, in ${seconds} s.`,
  );
  process.exitCode = found ? 1 : 0;
}

void main();
