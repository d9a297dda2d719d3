import assert from "node:assert/strict";
import { existsSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import * as ts from "typescript";

const REPOSITORY = join(__dirname, "../..");
const ROWS = 102;

interface Row {
  readonly number: number;
  /** The tests it names, and any other words. */
  readonly shownBy: readonly string[];
}

/** The table of faults: the rows that begin with a number. */
function rows(): Row[] {
  const text = readFileSync(join(REPOSITORY, "docs/reliability.md"), "utf8");
  return [...text.matchAll(/^\| (\d+) +\|.*\| (.+?) +\|$/gm)].map(([, number, tests = ""]) => ({
    number: Number(number),
    shownBy: tests.split("<br>"),
  }));
}

/** The titles of a spec file: a function that says whether one is among them. */
function titlesOf(file: string): (title: string) => boolean {
  const path = join(REPOSITORY, file);
  if (!existsSync(path)) return () => false;
  const texts = new Set<string>();
  const titles: ts.Expression[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteralLike(node)) texts.add(node.text);
    if (ts.isCallExpression(node) && ts.isIdentifier(node.expression) && node.expression.text === "it")
      titles.push(...node.arguments.slice(0, 1));
    ts.forEachChild(node, visit);
  };
  visit(parsed(path));
  // A table of cases and a golden table may stand in files beside it, and these in parts.
  const beside = imported(path);
  for (const other of new Set([...beside, ...beside.flatMap(imported)])) visit(parsed(other));
  return (title) => titles.some((expression) => isTitle(expression, title, texts));
}

function parsed(path: string): ts.SourceFile {
  return ts.createSourceFile(path, readFileSync(path, "utf8"), ts.ScriptTarget.Latest, true);
}

/** The files of the repository that a file imports. */
function imported(path: string): readonly string[] {
  return [...readFileSync(path, "utf8").matchAll(/from "(\.[^"]+)"/g)].flatMap(([, name = ""]) => {
    const file = [`${name}.ts`, name].map((each) => join(dirname(path), each)).find(isFile);
    return file ?? [];
  });
}

function isFile(path: string): boolean {
  return existsSync(path) && statSync(path).isFile();
}

/** Of a title that is made in a loop, each part that is filled in must be a text of the same file. */
function isTitle(expression: ts.Expression, title: string, texts: ReadonlySet<string>): boolean {
  if (ts.isStringLiteralLike(expression)) return expression.text === title;
  const fixed = ts.isTemplateExpression(expression)
    ? [expression.head.text, ...expression.templateSpans.map(({ literal }) => literal.text)]
    : ["", ""];
  const pattern = new RegExp(
    `^${fixed.map((part) => part.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&")).join("(.+)")}$`,
  );
  const filledIn = pattern.exec(title)?.slice(1);
  return filledIn?.every((part) => texts.has(part)) ?? false;
}

describe("the table of faults in docs/reliability.md", () => {
  it("has each row once", () => {
    assert.deepStrictEqual(
      rows().map(({ number }) => number),
      Array.from({ length: ROWS }, (_, index) => index + 1),
    );
  });

  it("names in each row a test that exists, or says why there is none", () => {
    const wrong = rows().flatMap(({ number, shownBy }) =>
      shownBy
        .filter((each) => !/^not shown (here|yet): .{10}/.test(each))
        .filter((each) => {
          const [, file = "", title = ""] =
            /^`((?:packages\/[\w-]+\/)?test\/[^`]+\.spec\.ts)`: (.+)$/.exec(each) ?? [];
          return !titlesOf(file)(title);
        })
        .map((each) => `${number}: ${each}`),
    );

    assert.deepStrictEqual(wrong, []);
  });
});
