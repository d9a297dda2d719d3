import assert from "node:assert/strict";
import { failureText } from "../../../src/provider/failure-text";

describe("the message of a failure", () => {
  const failure = { summary: "Task 1 failed", code: "CONTAINER_FAILED", remedy: "look" } as const;
  const wholeLog = "https://console.example/log";
  const minified = Array.from({ length: 20 }, (_, index) => `${index}:${"x".repeat(60_000)}`);

  it("shows the last lines of a container, or why there are none", () => {
    const text = failureText({
      ...failure,
      logs: [
        { container: "app", lines: ["one", "two"] },
        { container: "side", lines: [], note: "not permitted" },
        { container: "side", task: "b", lines: [] },
      ],
    });

    assert.equal(
      text,
      [
        "Task 1 failed",
        '  last 2 log lines of container "app":',
        "    | one",
        "    | two",
        '  no log lines of container "side": not permitted',
        '  no log lines of container "side" of task b: it wrote none',
        "  What to do (CONTAINER_FAILED): look",
      ].join("\n"),
    );
  });

  it("says that a container wrote nothing where nothing else is known of its lines", () => {
    const text = failureText({ ...failure, logs: [{ container: "app", lines: [] }] });

    assert.match(text, /no log lines of container "app": it wrote none/);
  });

  it("shows the last of many long lines, and says where the others are", () => {
    const lines = failureText({ ...failure, logs: [{ container: "app", lines: minified, wholeLog }] }).split(
      "\n",
    );

    assert.deepStrictEqual(lines.slice(0, 3), [
      "Task 1 failed",
      '  last 20 log lines of container "app":',
      `    … 12 lines left out; the whole log: ${wholeLog}`,
    ]);
    assert.match(lines.at(-2) ?? "", /^ {4}\| 19:x+ … \(\d+ characters left out\) … x+$/);
    assert.equal(lines.at(-1), "  What to do (CONTAINER_FAILED): look");
    assert.ok(lines.every((line) => line.length <= 2000));
  });

  it("shows some lines of each of many containers", () => {
    const logs = Array.from({ length: 8 }, (_, index) => ({
      container: `app${index}`,
      lines: minified,
      wholeLog,
    }));

    const text = failureText({ ...failure, logs });

    for (const { container } of logs)
      assert.match(
        text,
        new RegExp(`container "${container}":\\n {4}… 1\\d lines left out; .*\\n {4}\\| 1\\d:x+ `),
      );
    assert.ok(Buffer.byteLength(text) <= 16 * 1024);
    assert.match(text, /\n {2}What to do \(CONTAINER_FAILED\): look$/);
  });

  it("says where the whole of a long line is when no line is left out", () => {
    const long = [{ container: "app", lines: ["x".repeat(3000)] }];

    const [, , withLink] = failureText({ ...failure, logs: [{ ...long[0]!, wholeLog }] }).split("\n");
    const [, , without] = failureText({ ...failure, logs: long }).split("\n");

    assert.equal(withLink, `    … the whole log: ${wholeLog}`);
    assert.match(without ?? "", /^ {4}\| x+ … \(\d+ characters left out\)/);
  });

  it("shows lines of ten containers where very many failed, and counts the others", () => {
    const logs = Array.from({ length: 100 }, (_, index) => ({
      container: `${index}`,
      lines: minified,
      wholeLog,
    }));
    const details = Array.from({ length: 100 }, () => "d".repeat(1000));

    const lines = failureText({ ...failure, details, logs }).split("\n");

    assert.ok(Buffer.byteLength(lines.join("\n")) <= 16 * 1024);
    assert.equal(lines[0], "Task 1 failed");
    assert.ok(lines.includes("  … 96 lines left out"));
    assert.equal(lines.filter((line) => /^ {4}\| 19:x/.test(line)).length, 10);
    assert.match(lines.at(-2) ?? "", /^ {2}… log lines left out of 90 more containers: "10", "11"/);
    assert.equal(lines.at(-1), "  What to do (CONTAINER_FAILED): look");
  });

  it("marks each line of a log event that has several: no CI system takes one for a command", () => {
    const text = failureText({ ...failure, logs: [{ container: "app", lines: ["one\n::add-mask::two"] }] });

    assert.match(text, /\n {2}last log line of container "app":\n {4}\| one\n {4}\| ::add-mask::two\n/);
  });

  it("says where the whole log is when all that was read is shown", () => {
    const lines = Array.from({ length: 20 }, (_, index) => `${index}`);

    const shown = failureText({ ...failure, logs: [{ container: "app", lines, wholeLog }] }).split("\n");

    assert.equal(shown[1], '  last 20 log lines of container "app":');
    assert.equal(shown[2], `    … the whole log: ${wholeLog}`);
    assert.equal(shown.length, 24);
  });

  it("is one line where the run is not known to have failed", () => {
    const { summary, remedy } = { summary: "Task 1 vanished.", remedy: "Find out whether it did its work." };

    assert.equal(failureText({ summary, remedy }), `${summary} ${remedy}`);
  });
});
