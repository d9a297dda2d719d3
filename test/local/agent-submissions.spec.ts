import assert from "node:assert/strict";
import {
  DescribeTasksCommand,
  RegisterTaskDefinitionCommand,
  SubmitAttachmentStateChangesCommand,
  SubmitContainerStateChangeCommand,
  SubmitTaskStateChangeCommand,
} from "@aws-sdk/client-ecs";
import { isRunning, startLab, type Lab } from "../support/lab";

describe("what an agent submits to the local ECS", function () {
  // Real processes: generous where the machine is busy, met at once where it is not.
  this.timeout(20_000);
  let lab: Lab;
  let task: string;

  before(async () => {
    lab = await startLab();
    await lab.image("app:1", {});
    const command = ["sh", "-c", "while :; do sleep 0.1; done"];
    const containerDefinitions = [{ name: "app", image: "app:1", memory: 64, stopTimeout: 0, command }];
    await lab.ecs.send(
      new RegisterTaskDefinitionCommand({ family: "app", networkMode: "awsvpc", containerDefinitions }),
    );
    const networkConfiguration = { awsvpcConfiguration: { subnets: ["subnet-1"] } };
    ({ taskArn: task } = await lab.run("app", { networkConfiguration }));
    await lab.until(task, isRunning);
  });
  after(() => lab.close());

  const describeIt = async () => (await lab.ecs.send(new DescribeTasksCommand({ tasks: [task] }))).tasks![0]!;

  it("of one container changes that container, and nothing else of the task", async () => {
    const before = await describeIt();
    const news = {
      reason: "because",
      exitCode: 9,
      runtimeId: "a".repeat(64),
      networkBindings: [{ bindIP: "0.0.0.0", containerPort: 80, hostPort: 8080, protocol: "tcp" as const }],
    };

    const { acknowledgment } = await lab.ecs.send(
      new SubmitContainerStateChangeCommand({ task, containerName: "app", status: "STOPPED", ...news }),
    );

    const after = await describeIt();
    assert.equal(acknowledgment, "ACK");
    assert.deepEqual(after, {
      ...before,
      containers: [{ ...before.containers![0]!, ...news, lastStatus: "STOPPED" }],
    });
  });

  it("of an attachment changes its status, found by the id its ARN ends in", async () => {
    const { attachments } = await describeIt();
    const attachmentArn = `arn:aws:ecs:us-east-1:123456789012:attachment/${attachments![0]!.id!}`;

    await lab.ecs.send(
      new SubmitAttachmentStateChangesCommand({
        attachments: [
          { attachmentArn, status: "DETACHED" },
          { attachmentArn: `${attachmentArn}0`, status: "FAILED" },
        ],
      }),
    );

    assert.equal((await describeIt()).attachments![0]!.status, "DETACHED");
  });

  it("of a task may hold attachments and managed agents as well", async () => {
    const { attachments } = await describeIt();
    const attachmentArn = `arn:aws:ecs:us-east-1:123456789012:attachment/${attachments![0]!.id!}`;
    const managedAgentName = "ExecuteCommandAgent";

    await lab.ecs.send(
      new SubmitTaskStateChangeCommand({
        task,
        status: "RUNNING",
        attachments: [{ attachmentArn, status: "ATTACHED" }],
        managedAgents: [{ containerName: "app", managedAgentName, status: "RUNNING", reason: "ready" }],
      }),
    );

    const now = await describeIt();
    assert.equal(now.attachments![0]!.status, "ATTACHED");
    assert.deepEqual(now.containers![0]!.managedAgents, [
      { name: managedAgentName, lastStatus: "RUNNING", reason: "ready" },
    ]);
  });

  it("is refused for a task or container that is unknown", async () => {
    const submit = (input: { task?: string; containerName?: string }) =>
      lab.ecs.send(new SubmitContainerStateChangeCommand(input));

    await assert.rejects(submit({ task: "f".repeat(32), containerName: "app" }), {
      name: "InvalidParameterException",
    });
    await assert.rejects(submit({ task, containerName: "never" }), { name: "ClientException" });
    await assert.rejects(submit({}), { name: "ClientException" });
  });
});
