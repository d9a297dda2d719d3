import assert from "node:assert/strict";
import { RegisterTaskDefinitionCommand, StopTaskCommand, type Task } from "@aws-sdk/client-ecs";
import { container, fargate } from "../support/fargate-definition";
import { hasStopped, isRunning, startLab, type Lab } from "../support/lab";

const DEPROVISIONING_MS = 300;

describe("a Fargate task that ends", function () {
  this.timeout(20_000);
  let lab: Lab;
  before(async () => {
    lab = await startLab({ phaseMs: { DEPROVISIONING: DEPROVISIONING_MS } });
    await lab.image("app:1", {}, { Cmd: ["node", "-e", ""] });
  });
  after(() => lab.close());

  const isDeprovisioning = ({ lastStatus }: Task) => lastStatus === "DEPROVISIONING";

  async function run(command: readonly string[]): Promise<string> {
    const containerDefinitions = [{ ...container, command: [...command] }];
    const { taskDefinition } = await lab.ecs.send(
      new RegisterTaskDefinitionCommand({ ...fargate, containerDefinitions }),
    );
    const networkConfiguration = { awsvpcConfiguration: { subnets: ["subnet-1"] } };
    const { taskArn } = await lab.run(taskDefinition!.taskDefinitionArn!, {
      launchType: "FARGATE",
      networkConfiguration,
    });
    return taskArn;
  }

  it("by itself shows all but its end while its network interface goes, for as long as is set", async () => {
    const taskArn = await run(["node", "-e", "process.exit(3)"]);
    const passing = await lab.until(taskArn, isDeprovisioning);
    const ended = await lab.until(taskArn, hasStopped);
    const { stoppedAt, ...others } = ended;

    assert.equal(passing.desiredStatus, "STOPPED");
    assert.equal(passing.stopCode, "EssentialContainerExited");
    assert.deepEqual(
      passing.containers?.map(({ lastStatus, exitCode }) => [lastStatus, exitCode]),
      [["STOPPED", 3]],
    );
    assert.equal(passing.stoppedAt, undefined);
    for (const at of ["startedAt", "executionStoppedAt", "stoppingAt"] as const)
      assert.deepEqual(passing[at], others[at]);
    assert.ok(stoppedAt && passing.executionStoppedAt && passing.stoppingAt && passing.startedAt);
    assert.ok(
      passing.startedAt <= passing.executionStoppedAt && passing.executionStoppedAt <= passing.stoppingAt,
    );
    assert.ok(stoppedAt.getTime() - passing.stoppingAt.getTime() >= DEPROVISIONING_MS);
  });

  it("because it was stopped passes DEACTIVATING, with its containers still RUNNING", async () => {
    const taskArn = await run(["node", "-e", "setTimeout(() => {}, 60000)"]);
    await lab.until(taskArn, isRunning);
    await lab.ecs.send(new StopTaskCommand({ task: taskArn }));
    const passing = await lab.until(taskArn, ({ desiredStatus }) => desiredStatus === "STOPPED");

    assert.equal(passing.stopCode, "UserInitiated");
    assert.ok(["DEACTIVATING", "STOPPING", "DEPROVISIONING"].includes(passing.lastStatus ?? ""));
    await lab.until(taskArn, hasStopped);
  });

  it("refuses statuses that there are not, and durations that are none", async () => {
    await assert.rejects(startLab({ phaseMs: { GOING: 1 } as never }), {
      message: 'phaseMs must name statuses of tasks, like DEPROVISIONING: "GOING" is none.',
    });
    await assert.rejects(startLab({ phaseMs: { DEPROVISIONING: -1 } }), {
      message: "phaseMs.DEPROVISIONING must be a number of milliseconds, 0 or more: -1 is not.",
    });
  });
});
