/**
 * `npm run watch`: after each save it runs the unit tests that the saved files concern, first those that import them
 * directly. A save during a run ends that run and begins another one.
 */
import { spawn, type ChildProcess } from "node:child_process";
import { globSync, watch } from "node:fs";
import { join, resolve } from "node:path";
import { concernedSpecs } from "./watch/concerned-specs.mts";

const root = resolve(import.meta.dirname, "..");
const folders = ["src", "test/unit", "test/support"].flatMap((folder) => [
  folder,
  ...globSync(`${folder}/**/`, { cwd: root }),
]);

const changed = new Set<string>();
let timer: NodeJS.Timeout | undefined;
let running: ChildProcess | undefined;

// A watcher for each folder: one for each file loses a file that an editor replaces when it saves.
for (const folder of new Set(folders.map((name) => join(root, name))))
  watch(folder, (_, name) => {
    if (!name?.endsWith(".ts")) return;
    changed.add(join(folder, name));
    clearTimeout(timer);
    // An editor writes several times for one save.
    timer = setTimeout(() => void runConcerned(), 50);
  });
console.log("Waiting for a file of src, test/unit or test/support to be saved …");

async function runConcerned(): Promise<void> {
  running?.kill();
  const [nearest = [], ...others] = concernedSpecs(root, [...changed]);
  console.log(`\n${[...changed].map((file) => file.slice(root.length + 1)).join(", ")}`);
  if (nearest.length === 0) console.log("No unit test loads it.");
  else if ((await mocha(nearest)) && others.length > 0) await mocha(others.flat());
}

/** Whether all passed. */
function mocha(specs: readonly string[]): Promise<boolean> {
  const child = spawn(
    process.execPath,
    [join(root, "node_modules/mocha/bin/mocha.js"), "--reporter", "dot", ...specs],
    { cwd: root, stdio: "inherit" },
  );
  running = child;
  return new Promise((passed) => {
    child.once("close", (code) => {
      // What failed stays in the set until it passes.
      if (code === 0 && running === child) changed.clear();
      passed(code === 0 && running === child);
    });
  });
}
