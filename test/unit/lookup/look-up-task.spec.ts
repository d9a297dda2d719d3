import assert from "node:assert/strict";
import type { Task } from "@aws-sdk/client-ecs";
import { explainTask } from "../../../src/lookup/explain-task";
import { lookUpTask } from "../../../src/lookup/look-up-task";
import { TASK_ARN } from "../../support/builders";
import { scriptedPorts } from "../../support/scripted-ports";
import { ScriptedEcs } from "../../support/scripted-ecs";

const FAILED: Task = {
  lastStatus: "STOPPED",
  stopCode: "EssentialContainerExited",
  stoppedReason: "no route to postgres://secret",
  overrides: {
    containerOverrides: [
      { name: "app", environment: [{ name: "DATABASE_URL", value: "postgres://secret" }] },
    ],
  },
  containers: [{ name: "app", exitCode: 1, reason: "postgres://secret did not answer" }],
};

describe("a look at a task that somebody else started", () => {
  for (const [name, look] of [
    ["lookUpTask", lookUpTask],
    ["explainTask", explainTask],
  ] as const) {
    it(`${name} shows no value of its environment overrides`, async () => {
      const ecs = new ScriptedEcs();
      ecs.describe = () => FAILED;

      const seen = await look(scriptedPorts(ecs), TASK_ARN);

      assert.deepStrictEqual(
        [seen?.outcome, seen?.stoppedReason, seen?.containers.app?.reason],
        ["FAILED", "no route to [DATABASE_URL]", "[DATABASE_URL] did not answer"],
      );
      assert.ok(!JSON.stringify(seen).includes("postgres://secret"));
    });
  }

  it("lookUpTask judges as explainTask does: a sidecar with a command of its own has work to do", async () => {
    const ecs = new ScriptedEcs();
    const containers = [
      { name: "app", exitCode: 0 },
      { name: "proxy", exitCode: 143 },
    ];
    const overrides = { containerOverrides: [{ name: "proxy", command: ["export"] }] };
    ecs.describe = () => ({ ...FAILED, containers, overrides });
    ecs.describeTaskDefinition = () => Promise.resolve({ containerDefinitions: containers });

    const [lookedUp, explained] = await Promise.all([
      lookUpTask(scriptedPorts(ecs), TASK_ARN),
      explainTask(scriptedPorts(ecs), TASK_ARN),
    ]);

    assert.deepStrictEqual([lookedUp.outcome, explained?.outcome], ["FAILED", "FAILED"]);
  });
});
