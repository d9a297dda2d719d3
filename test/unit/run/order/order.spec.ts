import assert from "node:assert/strict";
import type { TaskInputs } from "../../../../src/inputs/task-inputs";
import { orderOf } from "../../../../src/run/order/order";

const RUN = { identity: "IDENTITY1234", life: "life", generation: 2 };
const inputs: TaskInputs = { taskDefinition: "app:1" };
const tokenOf = (over: Partial<TaskInputs>) => orderOf({ ...inputs, ...over }, RUN, "eu-central-1").token(0);

describe("the clientToken of an order", () => {
  it("stays when a startedBy of the user's own comes or goes", () => {
    assert.equal(tokenOf({ startedBy: "me" }), tokenOf({}));
  });

  it("holds beside a startedBy of the user's own what no request says", () => {
    const app = `sha256:${"a".repeat(64)}`;
    const unsaid: Partial<TaskInputs>[] = [
      { triggers: ["a"] },
      { triggers: ["b"] },
      { expectedImageDigests: { app } },
    ];

    const tokens = [{}, ...unsaid].map((over) => tokenOf({ startedBy: "me", ...over }));

    assert.equal(new Set(tokens).size, 4);
  });
});
