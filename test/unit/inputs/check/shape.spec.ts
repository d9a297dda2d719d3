import assert from "node:assert/strict";
import {
  boolean,
  integer,
  list,
  mapOf,
  object,
  oneOf,
  text,
  type Shape,
} from "../../../../src/inputs/check/shape";
import { UNKNOWN } from "../../../../src/inputs/unknown";

const said = (shape: Shape, value: unknown) =>
  shape(value, "x").map(({ property, reason }) => `${property} ${reason}`);

describe("a shape says what is wrong with a value, and what is allowed", () => {
  const cases: readonly { shape: Shape; value: unknown; failures: readonly string[] }[] = [
    { shape: text(), value: "a", failures: [] },
    { shape: text(), value: "", failures: ["x is empty; must be a string of at least one character"] },
    { shape: text(), value: null, failures: ["x is required; must be a string"] },
    { shape: text(), value: ["a"], failures: ["x is a list; must be a string"] },
    { shape: text(), value: { a: 1 }, failures: ["x is an object; must be a string"] },
    { shape: text(), value: 1, failures: ["x is a number; must be a string"] },
    { shape: text({ max: 2 }), value: "abc", failures: ["x has 3 characters; at most 2 are allowed"] },
    { shape: text({ pattern: /^a+$/ }), value: "b", failures: ['x is "b"; must be /^a+$/'] },
    {
      shape: text({ pattern: /^a+$/, allowed: "only a" }),
      value: "b",
      failures: ['x is "b"; must be only a'],
    },
    { shape: oneOf(["A"]), value: "B", failures: ['x is "B"; must be "A"'] },
    { shape: oneOf(["A", "B"]), value: "C", failures: ['x is "C"; must be one of "A", "B"'] },
    { shape: oneOf(["A", "B"]), value: "b", failures: ['x is "b"; must be "B"'] },
    { shape: oneOf(["A"], { C: "use D" }), value: "C", failures: ['x is "C"; use D'] },
    { shape: oneOf(["A"], {}), value: "toString", failures: ['x is "toString"; must be "A"'] },
    { shape: integer({ min: 1, max: 3 }), value: 3, failures: [] },
    {
      shape: integer({ min: 1, max: 3 }),
      value: 4,
      failures: ["x is 4; must be a whole number from 1 to 3"],
    },
    {
      shape: integer({ min: 1, max: 3 }),
      value: 0,
      failures: ["x is 0; must be a whole number from 1 to 3"],
    },
    {
      shape: integer({ min: 1, max: 3, unit: "GiB" }),
      value: 1.5,
      failures: ["x is 1.5; must be a whole number of GiB from 1 to 3"],
    },
    {
      shape: integer({ min: 1, max: 3 }),
      value: "2",
      failures: ['x is "2"; must be a whole number from 1 to 3, not a string'],
    },
    {
      shape: integer({ min: 1, max: 3 }),
      value: [],
      failures: ["x is a list; must be a whole number from 1 to 3"],
    },
    {
      shape: object({ required: { a: integer({ min: 1, max: 3 }), b: boolean } }),
      value: { b: null },
      failures: [
        "x.a is required; must be a whole number from 1 to 3",
        "x.b is required; must be true or false",
      ],
    },
    { shape: boolean, value: "true", failures: ['x is "true"; must be true or false, not a string'] },
    { shape: list(text()), value: "a", failures: ["x is a string; must be a list"] },
    { shape: list(text(), { max: 1 }), value: ["a", "b"], failures: ["x has 2 items; must have at most 1"] },
    { shape: list(text(), { min: 1 }), value: [], failures: ["x has 0 items; must have at least 1"] },
    {
      shape: list(text(), { min: 1, max: 2 }),
      value: [],
      failures: ["x has 0 items; must have from 1 to 2"],
    },
    { shape: list(text()), value: [undefined], failures: ["x[0] has no value; must be a string"] },
    { shape: list(boolean), value: [null], failures: ["x[0] has no value; must be true or false"] },
    { shape: mapOf(text()), value: { a: null }, failures: ["x.a has no value; must be a string"] },
    { shape: list(text()), value: ["a", 1], failures: ["x[1] is a number; must be a string"] },
    { shape: mapOf(text()), value: ["a"], failures: ["x is a list; must be a map of names to values"] },
    {
      shape: mapOf(text(), { max: 1 }),
      value: { a: "1", b: "2" },
      failures: ["x has 2 entries; at most 1 are allowed"],
    },
    {
      shape: mapOf(text()),
      value: { "a b": 1, c: "2" },
      failures: ['x["a b"] is a number; must be a string'],
    },
    {
      shape: mapOf(text(), { name: text({ max: 1 }) }),
      value: { ab: "1" },
      failures: ["x.ab has a key that has 2 characters; at most 1 are allowed"],
    },
    {
      shape: object({ required: { a: text() }, optional: { b: text() } }),
      value: { cost: 1, b: null },
      failures: ["x.a is required; must be a string", "x.cost is not a known property; known are a, b"],
    },
    ...["comand", "commmand", "comamnd", "commend", "Command"].map((written) => ({
      shape: object({ optional: { count: text(), command: text() } }),
      value: { [written]: "a" },
      failures: [`x.${written} is not a known property; did you mean "command"?`],
    })),
    {
      shape: object({ optional: { a: text() }, example: "{ a }" }),
      value: "a",
      failures: ["x is a string; must be an object, such as { a }"],
    },
    { shape: object({ internal: ["hidden"] }), value: { hidden: 1 }, failures: [] },
    {
      shape: object({ mistaken: { b: "is called a here" } }),
      value: { b: 1 },
      failures: ["x.b is called a here"],
    },
  ];
  for (const { shape, value, failures } of cases) {
    it(failures[0] ?? `accepts ${JSON.stringify(value)}`, () => {
      assert.deepStrictEqual(said(shape, value), failures);
      assert.deepStrictEqual(said(shape, UNKNOWN), []);
    });
  }

  it("names the members of what has no name itself", () => {
    const shape = object({ required: { a: text() } });

    assert.deepStrictEqual(
      shape({ "b c": 1 }, "").map(({ property }) => property),
      ["a", '"b c"'],
    );
  });
});
