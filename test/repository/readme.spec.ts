import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { CAUSE_CODES, FAILURE_CODES, ERROR_CODES } from "../../src/errors";
import { FAILURE_KINDS } from "../../src/outcome/explain/error-code-patterns";
import { failureKind } from "../../src/outcome/explain/recognise-failure";
import { container, stoppedTask, TASK_ARN } from "../support/builders";

const README = join(__dirname, "../../README.md");

describe("README.md", function () {
  // It takes the compiler to read the documentation.
  this.timeout(120_000);

  it("has the tables of inputs, outputs and failures that the code documents", async () => {
    const { withTables } = await import("../../scripts/readme-tables.mts");
    const written = await readFile(README, "utf8");

    const generated = await withTables(written);

    if (process.env.ACCEPT) await writeFile(README, generated);
    else assert.equal(written, generated, "README.md is out of date: run `npm run docs`");
  });

  it("names for what ECS says the code that the message has", async () => {
    const { SYMPTOMS } = await import("../../scripts/readme-tables/failure-table.mts");
    const ours: readonly string[] = [...ERROR_CODES, ...CAUSE_CODES];
    const theirs = SYMPTOMS.filter(({ code }) => !ours.includes(code));

    const codes = theirs.map(({ says }) => {
      const exitCode = /exited with code (\d+)/.exec(says)?.[1];
      const failed = container(exitCode ? { exitCode: Number(exitCode) } : { exitCode: 1, reason: says });
      const reason = { taskArn: TASK_ARN, container: failed, text: says };
      const isStopCode = FAILURE_KINDS.some(({ stopCodes }) => stopCodes?.includes(says));
      return failureKind(reason, stoppedTask([failed], isStopCode ? { stopCode: says } : {})).code;
    });

    assert.deepStrictEqual(
      codes,
      theirs.map(({ code }) => code),
    );
    assert.ok(
      theirs.length > 0 && theirs.every(({ code }) => (FAILURE_CODES as readonly string[]).includes(code)),
    );
  });

  it("shows of a preview what the real CLI shows", async () => {
    const [readme, golden] = await Promise.all(
      [README, join(__dirname, "../golden/previews.txt")].map((file) => readFile(file, "utf8")),
    );
    const section = /^## What a preview says$(.*?)^## /ms.exec(readme ?? "")?.[1] ?? "";
    const beginnings = [...section.matchAll(/^\| `([^`:]+):/gm)].map(([, beginning = ""]) =>
      beginning.replace(/0f3a…/, "<task id>"),
    );

    const unseen = beginnings.filter((beginning) => !golden?.includes(`${beginning}:`));

    assert.ok(beginnings.length > 5);
    assert.deepStrictEqual(unseen, []);
  });
});
