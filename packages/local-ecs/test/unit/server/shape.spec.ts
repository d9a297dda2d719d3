import assert from "node:assert/strict";
import {
  flag,
  integer,
  list,
  map,
  required,
  ShapeError,
  structure,
  text,
  timestamp,
} from "../../../src/server/shape";

const shape = structure({
  name: required(text({ max: 3, pattern: /^[a-z]*$/ }), "Name is needed."),
  kind: text({ oneOf: ["A", "B"] }),
  count: integer({ min: 1, max: 10 }),
  on: flag,
  at: timestamp,
  items: list(structure({ id: required(text()) }), { max: 2 }),
  labels: map(text()),
});

describe("a shape", () => {
  it("reads what is declared, and leaves out the rest and what is null", () => {
    const read = shape.read(
      { name: "abc", at: 1.5, count: null, unknown: 1, items: [{ id: "x", more: 1 }] },
      "",
    );

    assert.deepEqual(read, { name: "abc", at: new Date(1500), items: [{ id: "x" }] });
  });

  const refused: readonly { name: string; given: unknown; kind: string; message: string }[] = [
    {
      name: "a missing member, in the service's own words",
      given: {},
      kind: "limit",
      message: "Name is needed.",
    },
    {
      name: "a missing member, by its path",
      given: { name: "a", items: [{}] },
      kind: "limit",
      message: "items[0].id is required.",
    },
    {
      name: "a wrong type",
      given: { name: 1 },
      kind: "type",
      message: "name must be a string, not a number.",
    },
    {
      name: "a wrong type in a map",
      given: { name: "a", labels: { x: [] } },
      kind: "type",
      message: "labels.x must be a string, not a list.",
    },
    {
      name: "a request that is no structure",
      given: [],
      kind: "type",
      message: "The request must be a structure, not a list.",
    },
    {
      name: "a text that is too long",
      given: { name: "abcd" },
      kind: "limit",
      message: "name is too long: 4 characters, at most 3.",
    },
    {
      name: "a value that is not in the list",
      given: { name: "a", kind: "C" },
      kind: "limit",
      message: "kind is not valid: it must be one of A, B.",
    },
    {
      name: "a number out of range",
      given: { name: "a", count: 0 },
      kind: "limit",
      message: "count must be between 1 and 10.",
    },
    {
      name: "a fraction where an integer belongs",
      given: { name: "a", count: 1.5 },
      kind: "type",
      message: "count must be an integer, not a number.",
    },
    {
      name: "too many items",
      given: { name: "a", items: [{ id: "1" }, { id: "2" }, { id: "3" }] },
      kind: "limit",
      message: "items can have at most 2 items.",
    },
  ];
  for (const { name, given, kind, message } of refused)
    it(`refuses ${name}`, () => {
      assert.throws(
        () => shape.read(given, ""),
        (error) => {
          assert.ok(error instanceof ShapeError);
          assert.deepEqual([error.kind, error.message], [kind, message]);
          return true;
        },
      );
    });
});
