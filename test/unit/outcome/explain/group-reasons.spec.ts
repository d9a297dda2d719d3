import assert from "node:assert/strict";
import { reasonsText } from "../../../../src/outcome/explain/group-reasons";

const exit9 = 'container "app" exited with code 9';
const reason = (taskArn: string, text = exit9) => ({ taskArn, text });

describe("reasonsText", () => {
  it("says what several tasks have in common once, and in how many", () => {
    assert.equal(reasonsText([reason("1"), reason("2"), reason("3")], 3), `3 of 3 tasks: ${exit9}`);
    assert.equal(
      reasonsText([reason("1"), reason("2", "was stopped"), reason("3")], 3),
      `2 of 3 tasks: ${exit9}, 1 of 3 tasks: was stopped`,
    );
  });

  it("counts nothing where there is one task", () => {
    assert.equal(reasonsText([reason("1"), reason("1", "and more")], 1), `${exit9}, and more`);
  });
});
