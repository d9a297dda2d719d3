import assert from "node:assert/strict";
import { dependenciesIn } from "../../../src/task/dependencies";

describe("dependenciesIn", () => {
  it("reads who waits for whom, START where no condition is said", () => {
    const dependsOn = [
      { containerName: "init", condition: "SUCCESS" as const },
      { containerName: "db", condition: undefined },
    ];

    assert.deepStrictEqual(
      dependenciesIn({ containerDefinitions: [{ name: "app", dependsOn }, { name: "db" }] }),
      [
        { container: "app", on: "init", condition: "SUCCESS" },
        { container: "app", on: "db", condition: "START" },
      ],
    );
  });

  it("knows none where the task definition could not be read, and none by a name that is not there", () => {
    assert.deepStrictEqual(dependenciesIn(undefined), []);
    assert.deepStrictEqual(dependenciesIn({}), []);
    const nameless = { dependsOn: [{ containerName: undefined, condition: undefined }] };
    assert.deepStrictEqual(dependenciesIn({ containerDefinitions: [nameless] }), [
      { container: "", on: "", condition: "START" },
    ]);
  });
});
