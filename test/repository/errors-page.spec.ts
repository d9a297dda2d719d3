import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { CAUSE_CODES, FAILURE_CODES, ERROR_CODES } from "../../src/errors";
import { FAILURE_KINDS } from "../../src/outcome/explain/error-code-patterns";

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
