import assert from "node:assert/strict";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  DescribeTasksCommand,
  RegisterTaskDefinitionCommand,
  StopTaskCommand,
  SubmitAttachmentStateChangesCommand,
  SubmitContainerStateChangeCommand,
  SubmitTaskStateChangeCommand,
} from "@aws-sdk/client-ecs";
import { hasStopped, isRunning, startLab, type Lab } from "../support/lab";

describe("what an agent submits to the local ECS", function () {
  // Real processes: generous where the machine is busy, met at once where it is not.
  this.timeout(20_000);
  let lab: Lab;
  let task: string;
  let stateDir: string;

  before(async () => {
    stateDir = await mkdtemp(join(tmpdir(), "state-"));
    lab = await startLab({ stateDir });
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
  after(async () => {
    await lab.close();
    await rm(stateDir, { recursive: true });
  });

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

  it("of an attachment writes nothing of tasks that have none of that name", async () => {
    const journal = () => readFile(join(stateDir, "state.db-wal"));
    const before = await journal();

    await lab.ecs.send(
      new SubmitAttachmentStateChangesCommand({
        attachments: [{ attachmentArn: "arn:aws:ecs:us-east-1:123456789012:attachment/x", status: "FAILED" }],
      }),
    );

    assert.deepEqual(await journal(), before);
  });

  it("of a task that could not start may be an empty reason, which is none", async () => {
    await lab.define([{ name: "app", image: "app:1" }], "failing");
    lab.local.tasks.plan({ family: "failing", holdAt: "PENDING" });
    const { taskArn } = await lab.run("failing");

    await lab.ecs.send(
      new SubmitTaskStateChangeCommand({
        task: taskArn,
        status: "STOPPED",
        reason: "",
        containers: [{ containerName: "app", status: "STOPPED", reason: "" }],
      }),
    );
    lab.local.tasks.release(taskArn);

    assert.equal((await lab.until(taskArn, hasStopped)).stoppedReason, "Task failed to start");
  });

  it("is too late for a task that has stopped", async () => {
    await lab.ecs.send(new StopTaskCommand({ task }));
    const stopped = await lab.until(task, hasStopped);
    const attachmentArn = `arn:aws:ecs:us-east-1:123456789012:attachment/${stopped.attachments![0]!.id!}`;

    await lab.ecs.send(
      new SubmitContainerStateChangeCommand({ task, containerName: "app", status: "RUNNING", exitCode: 1 }),
    );
    await lab.ecs.send(
      new SubmitAttachmentStateChangesCommand({ attachments: [{ attachmentArn, status: "ATTACHED" }] }),
    );

    assert.deepEqual(await describeIt(), stopped);
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
