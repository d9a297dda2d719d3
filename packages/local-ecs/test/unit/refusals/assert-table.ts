import assert from "node:assert/strict";
import type { Rule } from "../../../src/refusals/rule";

/** By what a rule refuses: a subject that breaks it and no rule before it, and a neighbour that breaks none. */
export type Cases<Subject> = Readonly<
  Record<string, { readonly refused: Subject; readonly accepted: Subject; readonly message: string }>
>;

/** A test for each rule; one that has no case fails, and so does a case that has no rule. */
export function testTable<Subject>(rules: readonly Rule<Subject>[], cases: Cases<Subject>): void {
  const broken = (subject: Subject) => rules.filter(({ message }) => message(subject) !== undefined);

  for (const rule of rules)
    it(`refuses ${rule.refused}, and not its neighbour`, () => {
      const { refused, accepted, message } = cases[rule.refused] ?? assert.fail("no case");

      assert.deepEqual(broken(accepted), []);
      assert.equal(broken(refused)[0]?.refused, rule.refused);
      assert.equal(rule.message(refused), message);
    });

  it("has no case without a rule, and names a source in each rule", () => {
    assert.deepEqual(Object.keys(cases).toSorted(), rules.map(({ refused }) => refused).toSorted());
    assert.deepEqual(
      rules.filter(({ source }) => source === ""),
      [],
    );
  });
}
