import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";

const PICTURE = join(__dirname, "../../docs/assets/terminal.svg");

/** The lines of a picture, as they are drawn. */
async function drawn(text: string, columns = 80): Promise<string[]> {
  const { terminalSvg } = await import("../../scripts/capture/terminal-svg.mts");
  const picture = terminalSvg({ title: "a test", text, columns });
  return [...picture.matchAll(/<text [^>]*>(.*)<\/text>/g)].map(([, line = ""]) => line);
}

describe("the picture of a terminal", () => {
  it("is in docs/assets as the stored text is drawn today", async () => {
    const { drawStored } = await import("../../scripts/capture.mts");

    assert.equal(await readFile(PICTURE, "utf8"), await drawStored(), "run `npm run capture`");
  });

  it("has the colours of the CLI, until they are reset", async () => {
    assert.deepStrictEqual(await drawn("a \x1b[38;5;1m\x1b[1mb\x1b[0m c"), [
      'a <tspan class="c1 b">b</tspan> c',
    ]);
  });

  it("shows what is special in XML as it is", async () => {
    assert.deepStrictEqual(await drawn("1 -> <2> & 3"), ["1 -&gt; &lt;2&gt; &amp; 3"]);
  });

  it("breaks a long line at a space, and one without spaces anywhere, and loses nothing", async () => {
    assert.deepStrictEqual(await drawn("  some words and more", 14), ["  some words", "      and more"]);
    assert.deepStrictEqual(await drawn("abcdefghijkl", 8), ["abcdefgh", "    ijkl"]);
  });

  it("refuses a control sequence that it cannot show", async () => {
    await assert.rejects(drawn("\x1b[7mreversed\x1b[0m"), /ESC\[7m/);
  });
});

describe("steady lines", () => {
  it("are the same of two runs that differ in times, ids and in how often a row was written", async () => {
    const { steadyLines } = await import("../../scripts/capture/steady-lines.mts");
    const run = (id: string, seconds: string, statuses: readonly string[]) =>
      steadyLines([
        ...statuses.map((status) => ` ~  ecs:Task migrate updating (0s) ${status}`),
        ` ~  ecs:Task migrate updated (${seconds}s) STOPPED exit 0 ${seconds}s`,
        "Diagnostics:",
        "  ecs:Task (migrate):",
        `    Task ${id} failed`,
        "",
        "Resources:",
        "    1 unchanged",
        `Duration: ${seconds}s`,
      ]);

    const one = run("a".repeat(32), "1", []);
    const other = run("b".repeat(32), "17", ["PENDING", "RUNNING 12s"]);

    assert.deepStrictEqual(one, other);
    assert.match(one[0] ?? "", /migrate updated \(2s\) STOPPED exit 0 2s$/);
    assert.ok(one.some((line) => line.includes("failed")) && !one.some((line) => line.includes("unchanged")));
  });
});
