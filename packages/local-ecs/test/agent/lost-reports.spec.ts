import assert from "node:assert/strict";
import { StopTaskCommand } from "@aws-sdk/client-ecs";
import type { Fault } from "../../src/api/index";
import { eventually } from "../support/eventually";
import { hasStopped, isRunning, startLab, type Lab } from "../support/lab";

describe("a report of the local ECS's agent", function () {
  // Real processes: generous where the machine is busy, met at once where it is not.
  this.timeout(10_000);
  let lab: Lab;

  beforeEach(async () => {
    lab = await startLab();
    await lab.image("app:1", {});
  });
  afterEach(() => lab.close());

  const runLong = async (): Promise<string> => {
    const command = ["node", "-e", "setInterval(() => {}, 1000)"];
    const { taskArn } = await lab.run(await lab.define([{ name: "app", image: "app:1", command }]));
    await lab.until(taskArn, isRunning);
    return taskArn;
  };
  const meet = (fault: Fault): void => {
    lab.local.faults.add({ SubmitTaskStateChange: [fault] });
  };

  const passing: readonly (readonly [string, Fault])[] = [
    ["is lost as often as the SDK tries", { drop: "before", times: 3 }],
    ["is denied, which may change", { error: "AccessDeniedException" }],
  ];
  for (const [what, fault] of passing)
    it(`that ${what} is sent again`, async () => {
      const taskArn = await runLong();
      meet(fault);
      await lab.ecs.send(new StopTaskCommand({ task: taskArn }));
      await eventually(() => lab.lines.some((line) => line.startsWith("agent: arn:")));

      lab.local.advanceClock(60_000);
      const task = await lab.until(taskArn, hasStopped);
      assert.notEqual(task.containers![0]!.exitCode, undefined);
    });

  it("that can never be taken is given up; a stop still ends the task", async () => {
    const { taskArn } = await lab.run(
      await lab.define([
        { name: "app", image: "app:1", command: ["node", "-e", "setTimeout(() => {}, 200)"] },
      ]),
    );
    await lab.until(taskArn, isRunning);
    meet({ error: "InvalidParameterException" });
    await eventually(() => lab.lines.some((line) => line.startsWith("agent: arn:")));

    await lab.ecs.send(new StopTaskCommand({ task: taskArn }));
    const { stopCode } = await lab.until(taskArn, hasStopped);
    assert.equal(stopCode, "UserInitiated");
  });

  it("is not waited for when the local ECS is closed", async () => {
    const taskArn = await runLong();
    meet({ error: "AccessDeniedException", times: "always" });
    await lab.ecs.send(new StopTaskCommand({ task: taskArn }));
    await eventually(() => lab.lines.some((line) => line.startsWith("agent: arn:")));

    await lab.local.close();
  });

  it("has at most as long a reason as the API takes", async () => {
    const secrets = [{ name: "X", valueFrom: `/${"x".repeat(2000)}` }];
    const { stoppedReason } = await lab.runToEnd([{ name: "app", image: "app:1", secrets }]);

    assert.match(stoppedReason!, /^ResourceInitializationError: /);
    assert.equal(stoppedReason!.length, 1024);
  });
});
