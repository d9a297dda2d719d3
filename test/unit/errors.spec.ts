import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { EcsTaskError, ERROR_CODES, isEcsTaskError } from "../../src/errors";
import { CAUSE_CODES } from "../../src/run/judge-run";
import { FAILURE_CODES, FAILURE_KINDS } from "../../src/task/failure-kinds";

/** The sections of docs/errors.md by their group and title. */
function sections(): { group: string; title: string; text: string }[] {
  const document = readFileSync(join(__dirname, "../../docs/errors.md"), "utf8");
  const [, ...groups] = document.split(/^## /m);
  return groups.flatMap((groupText) => {
    const [head = "", ...parts] = groupText.split(/^### /m);
    const group = head.split("\n", 1)[0] ?? "";
    return parts.map((part) => ({ group, title: part.split("\n", 1)[0] ?? "", text: part }));
  });
}

function titlesOf(group: string): string[] {
  return sections()
    .filter((section) => section.group === group)
    .map(({ title }) => title);
}

describe("isEcsTaskError", () => {
  it("knows an error by its code, and takes no other one for it", () => {
    const error = new EcsTaskError("NO_REGION", "no region");
    const others = [undefined, null, "NO_REGION", Object.assign(new Error("x"), { code: "NO_REGION" })];

    assert.deepStrictEqual([isEcsTaskError(error), isEcsTaskError(error, "NO_REGION")], [true, true]);
    assert.equal(isEcsTaskError(error, "NO_TASK_ARN"), false);
    assert.ok(others.every((other) => !isEcsTaskError(other)));
    assert.equal(error.toString(), "no region");
  });
});

describe("docs/errors.md", () => {
  it("has a section for each error of a command, and for nothing else, in order", () => {
    assert.deepStrictEqual(titlesOf("Errors"), [...ERROR_CODES].sort());
  });

  it("has a section for each kind of failed run, and for nothing else, in order", () => {
    assert.deepStrictEqual(titlesOf("Failed runs"), [...FAILURE_CODES, ...CAUSE_CODES].sort());
  });

  it("names AWS's page wherever the message names it", () => {
    const without = FAILURE_KINDS.filter(({ code, page }) => {
      const section = sections().find(({ title }) => title === code);
      return page !== undefined && !section?.text.includes(page);
    });

    assert.deepStrictEqual(
      without.map(({ code }) => code),
      [],
    );
  });

  it("says what to do in every section", () => {
    const silent = sections().filter(({ text }) => !text.includes("**What to do:**"));

    assert.deepStrictEqual(
      silent.map(({ title }) => title),
      [],
    );
  });
});

describe("a known error", () => {
  it("is told by its message alone, with neither the name of a class nor a stack", () => {
    const error = new EcsTaskError("NO_REGION", "No AWS region is known.");

    assert.deepStrictEqual([String(error), error.stack], ["No AWS region is known.", ""]);
  });
});
