import assert from "node:assert/strict";
import fc from "fast-check";
import { parseClusterQuery } from "../../../../src/state/placement/cluster-query";

const instance: Readonly<Record<string, readonly string[]>> = {
  "attribute:color": ["red"],
  "attribute:ecs.instance-type": ["t2.small"],
  "attribute:bare": [""],
  agentVersion: ["1.10.0"],
  runningTasksCount: ["12"],
  registeredAt: ["2026-11-22T08:00:00.000Z"],
  "task:group": ["service:web", "database"],
};
const holds = (expression: string): boolean => parseClusterQuery(expression)((name) => instance[name] ?? []);

describe("the cluster query language", () => {
  const table: readonly { readonly expression: string; readonly expected: boolean }[] = [
    { expression: "attribute:color == red", expected: true },
    { expression: "attribute:color equals green", expected: false },
    { expression: "attribute:color != red", expected: false },
    { expression: "attribute:unknown != red", expected: true },
    { expression: 'attribute:color == "red"', expected: true },
    { expression: "attribute:ecs.instance-type =~ t2.*", expected: true },
    { expression: "attribute:ecs.instance-type =~ t2", expected: false },
    { expression: 'attribute:ecs.instance-type matches "(t2|t3).small"', expected: true },
    { expression: "attribute:ecs.instance-type !~ t3.*", expected: true },
    { expression: "attribute:color in [green, red]", expected: true },
    { expression: "attribute:color not_in [green,red]", expected: false },
    { expression: "attribute:color !in [green]", expected: true },
    { expression: "attribute:bare exists", expected: true },
    { expression: "attribute:unknown !exists", expected: true },
    { expression: "agentVersion > 1.9.0", expected: true },
    { expression: "runningTasksCount <= 9", expected: false },
    { expression: "registeredAt < 2026-12-01", expected: true },
    { expression: "task:group == service:web", expected: true },
    { expression: "not(task:group == database)", expected: false },
    { expression: "attribute:color == green or runningTasksCount > 1 and agentVersion < 2", expected: true },
    {
      expression: "(attribute:color == green || attribute:color == red) && !(agentVersion < 1)",
      expected: true,
    },
  ];
  for (const { expression, expected } of table)
    it(`${expected ? "selects" : "leaves out"} the instance by: ${expression}`, () => {
      assert.equal(holds(expression), expected);
    });

  const malformed = [
    "",
    "attribute:color",
    "attribute:color ==",
    "attribute:color is red",
    "(attribute:x exists",
  ];
  for (const expression of [...malformed, "attribute:x in red", "attribute:x == a b", 'attribute:x == "a'])
    it(`cannot read: ${expression}`, () => {
      assert.throws(() => parseClusterQuery(expression), Error);
    });

  it("says which operator there is not, also where every object has a member of that name", () => {
    assert.throws(() => parseClusterQuery("attribute:color constructor red"), {
      message: '"constructor" is no operator',
    });
  });

  it("has not as its own opposite, and de Morgan's law", () => {
    const simple = fc.constantFrom(...table.map(({ expression }) => `(${expression})`));
    fc.assert(
      fc.property(simple, simple, (one, two) => {
        assert.equal(holds(`not not ${one}`), holds(one));
        assert.equal(holds(`not (${one} and ${two})`), holds(`not ${one} or not ${two}`));
      }),
    );
  });
});
