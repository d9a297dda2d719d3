/**
 * `npm run verify`: what CI checks, without the slow suites, as many steps side by side as there are processors. One
 * line for each step, and the whole output of one that failed. The steps are npm scripts, so that each can run alone.
 */
import { spawn } from "node:child_process";
import { availableParallelism } from "node:os";
import { text } from "node:stream/consumers";

interface Step {
  readonly script: string;
  /** Reads `dist`, so it waits for the build. */
  readonly readsBuild: boolean;
}

const BUILD = "build";

/** What begins beside the build, in this order: what takes longest goes first. */
const OTHERS: readonly Step[] = [
  { script: "test:unit", readsBuild: false },
  { script: "lint", readsBuild: true },
  { script: "test:repository", readsBuild: true },
  { script: "types", readsBuild: true },
  { script: "format", readsBuild: false },
  { script: "api", readsBuild: true },
  { script: "spelling", readsBuild: false },
  { script: "knip", readsBuild: false },
];

export const SCRIPTS: readonly string[] = [BUILD, ...OTHERS.map(({ script }) => script)];

async function verify(): Promise<boolean> {
  const startMs = performance.now();
  const waiting = [...OTHERS];
  const built = run(BUILD);
  const passed = [built];
  const worker = async (): Promise<void> => {
    for (let step = waiting.shift(); step !== undefined; step = waiting.shift()) {
      if (step.readsBuild && !(await built)) continue;
      const one = run(step.script);
      passed.push(one);
      await one;
    }
  };
  const others = Array.from({ length: availableParallelism() - 1 }, worker);
  await Promise.all([built.then(worker), ...others]);

  const allPassed = (await Promise.all(passed)).every(Boolean);
  console.log(`${seconds(startMs)}  ${allPassed ? "verified" : "FAILED"}`);
  if (!(await built)) console.log("What reads the build did not run.");
  return allPassed;
}

async function run(script: string): Promise<boolean> {
  const startMs = performance.now();
  // Node.js runs the script itself: starting npm ten times takes seconds.
  const child = spawn(process.execPath, ["--run", script], {
    stdio: ["ignore", "pipe", "pipe"],
    // Of tests only those that failed are worth a line.
    env: { ...process.env, MOCHA_OPTIONS: "--reporter dot" },
  });
  const exit = new Promise<number | null>((resolve, reject) => {
    child.once("error", reject).once("close", resolve);
  });
  const [code, ...output] = await Promise.all([exit, text(child.stdout), text(child.stderr)]);
  console.log(`${seconds(startMs)}  ${code === 0 ? "ok    " : "FAILED"}  ${script}`);
  if (code !== 0) console.log(output.join("\n"));
  return code === 0;
}

function seconds(startMs: number): string {
  return `${((performance.now() - startMs) / 1000).toFixed(1).padStart(6)} s`;
}

if (import.meta.main && !(await verify())) process.exitCode = 1;
