import assert from "node:assert/strict";
import { eventually } from "../../support/eventually";

describe("eventually", () => {
  it("asks until it is so", async () => {
    let asked = 0;

    await eventually(() => (asked += 1) === 3);

    assert.equal(asked, 3);
  });

  it("gives up with the words of what never was so", async () => {
    const isBlue = false;

    await assert.rejects(
      eventually(() => Promise.resolve(isBlue), { limitMs: 1 }),
      /never so within 0\.001 s: .*isBlue/,
    );
  });
});
