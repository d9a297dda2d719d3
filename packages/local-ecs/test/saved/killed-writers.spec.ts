import assert from "node:assert/strict";
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { SavedState } from "../../src/saved/saved-state";

const WRITER = join(__dirname, "state-writer.ts");
const ACCOUNT = { region: "us-east-1", accountId: "123456789012" };

describe("the state folder of a process that is killed", function () {
  // Each writer is a Node that compiles TypeScript.
  this.timeout(60_000);
  let folder: string;
  let writers: ChildProcess[];

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "saved-"));
    writers = [];
  });
  afterEach(async () => {
    for (const writer of writers) writer.kill("SIGKILL");
    await rm(folder, { recursive: true });
  });

  function startWriter() {
    const writer = spawn(process.execPath, ["-r", "ts-node/register/transpile-only", WRITER, folder], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    writers.push(writer);
    return { writer, lines: createInterface(writer.stdout)[Symbol.asyncIterator]() };
  }

  it("holds all that was said to be written, and belongs to nobody", async () => {
    const { writer, lines } = startWriter();
    let last = 0;
    for (let line = await lines.next(); last < 500; line = await lines.next()) last = Number(line.value) || 0;
    writer.kill("SIGKILL");
    await once(writer, "exit");
    for (let line = await lines.next(); line.done !== true; line = await lines.next())
      last = Number(line.value);

    const state = new SavedState(folder, ACCOUNT);
    const lists = state.list<number>("lines").before;
    const newest = Math.max(...state.map<number>("numbers").values());
    state.close();

    assert.ok(lists.length >= last && newest >= last, `${lists.length} and ${newest} of ${last}`);
    assert.deepEqual(
      lists,
      Array.from(lists, (_, index) => index + 1),
    );
  });

  it("is held by one of six that start at once, and the others say who holds it", async () => {
    const started = Array.from({ length: 6 }, startWriter);
    const said = await Promise.all(started.map(async ({ lines }) => String((await lines.next()).value)));
    const [others, held] = [said.filter((line) => line !== "held"), said.filter((line) => line === "held")];

    assert.equal(held.length, 1, said.join("\n"));
    for (const line of others)
      assert.match(line, /is in use by (another process|process \d+): end it, or choose/);
  });
});
