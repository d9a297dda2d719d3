import assert from "node:assert/strict";
import { access } from "node:fs/promises";
import { StopTaskCommand, type Container } from "@aws-sdk/client-ecs";
import { isAlive } from "../support/is-alive";
import { hasStopped, isRunning, startLab, type Lab } from "../support/lab";
import { eventually } from "../support/eventually";

const forEver = `process.on("SIGTERM", () => {}); console.log("ready"); setInterval(() => {}, 1000);`;
const logConfiguration = {
  logDriver: "awslogs" as const,
  options: { "awslogs-group": "logs", "awslogs-region": "us-east-1", "awslogs-stream-prefix": "s" },
};

describe("a task on the local ECS whose containers end or have to", function () {
  // Real processes: generous where the machine is busy, met at once where it is not.
  this.timeout(10_000);
  let lab: Lab;

  before(async () => {
    lab = await startLab();
    await lab.image(
      "shop/migrate:1",
      { "/app/exit.js": "process.exit(Number(process.argv[2]))", "/app/for-ever.js": forEver },
      { WorkingDir: "/app", Entrypoint: ["node"] },
    );
  });
  after(() => lab.close());

  it("stops the essential container's siblings by force when they do not listen", async () => {
    const image = "shop/migrate:1";
    const task = await lab.runToEnd([
      { name: "side", image, command: ["for-ever.js"], essential: false, stopTimeout: 0 },
      { name: "main", image, command: ["exit.js", "4"] },
    ]);

    assert.deepEqual(exitCodes(task.containers!), { main: 4, side: 137 });
    assert.equal(task.stopCode, "EssentialContainerExited");
  });

  it("is asked to stop by its main process alone, which may end its children as it likes", async () => {
    const child = `process.on("SIGTERM", () => console.log("child was told")); setInterval(() => {}, 1000); console.log("ready")`;
    const parent = `
      const { spawn } = require("node:child_process");
      spawn(process.execPath, ["-e", ${JSON.stringify(child)}], { stdio: "inherit" });
      process.on("SIGTERM", () => setTimeout(() => { console.log("parent was told"); process.exit(7); }, 100));
    `;
    await lab.image("parent:1", { "/parent.js": parent });
    const { taskArn } = await lab.run(
      await lab.define([
        { name: "app", image: "parent:1", command: ["node", "/parent.js"], logConfiguration },
      ]),
    );
    await lab.untilPrinted("logs", streamOf(taskArn, "app"), "ready");
    await lab.ecs.send(new StopTaskCommand({ task: taskArn }));
    const task = await lab.until(taskArn, hasStopped);

    assert.deepEqual(exitCodes(task.containers!), { app: 7 });
    assert.deepEqual(await lab.output("logs", streamOf(taskArn, "app")), ["ready", "parent was told"]);
  });

  it("goes on when a container that is not essential exits", async () => {
    await lab.image("shop/short:1", { "/main.js": "console.log(process.pid); process.exitCode = 1;" });
    const taskDefinition = await lab.define([
      {
        name: "side",
        image: "shop/short:1",
        command: ["node", "/main.js"],
        essential: false,
        logConfiguration,
      },
      { name: "main", image: "shop/migrate:1", command: ["for-ever.js"], stopTimeout: 0, logConfiguration },
    ]);
    const { taskArn } = await lab.run(taskDefinition);
    await lab.untilPrinted("logs", streamOf(taskArn, "main"), "ready");
    await eventually(async () => {
      const [pid] = await lab.output("logs", streamOf(taskArn, "side"));
      return pid !== undefined && !isAlive(Number(pid));
    });
    const running = await lab.until(taskArn, isRunning);
    await lab.ecs.send(new StopTaskCommand({ task: taskArn, reason: "enough" }));
    const task = await lab.until(taskArn, hasStopped);

    assert.equal(running.desiredStatus, "RUNNING");
    assert.deepEqual(exitCodes(task.containers!), { side: 1, main: 137 });
    assert.deepEqual([task.stopCode, task.stoppedReason], ["UserInitiated", "enough"]);
  });

  it("asks a container to end before it is killed after its stopTimeout", async () => {
    const listens = `process.on("SIGTERM", () => process.exit(5)); console.log("ready"); setInterval(() => {}, 1000);`;
    await lab.image("shop/polite:1", { "/main.js": listens });
    const { arn, stream } = await runWithLogs(lab, "shop/polite:1", ["node", "/main.js"]);
    await lab.untilPrinted("logs", stream, "ready");
    const { task: answer } = await lab.ecs.send(new StopTaskCommand({ task: arn }));
    const task = await lab.until(arn, hasStopped);

    assert.deepEqual([answer!.desiredStatus, answer!.stopCode], ["STOPPED", "UserInitiated"]);
    assert.equal(task.containers![0]!.exitCode, 5);
  });

  it("kills a container that does not listen once its stopTimeout is over", async () => {
    const { arn, stream } = await runWithLogs(lab, "shop/migrate:1", ["for-ever.js"]);
    await lab.untilPrinted("logs", stream, "ready");
    await lab.until(arn, isRunning);
    await lab.ecs.send(new StopTaskCommand({ task: arn }));
    const stopping = await lab.until(arn, ({ lastStatus }) => lastStatus === "STOPPING");
    lab.local.advanceClock(30_000);
    const task = await lab.until(arn, hasStopped);

    assert.equal(stopping.containers![0]!.exitCode, undefined);
    assert.equal(task.containers![0]!.exitCode, 137);
  });

  it("ends everything that the container has started", async () => {
    const parent = `
      const { spawn } = require("node:child_process");
      const child = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"], { stdio: "inherit" });
      console.log(child.pid);`;
    await lab.image("shop/family:1", { "/main.js": `${parent} setTimeout(() => process.exit(0), 50);` });
    const { arn, stream } = await runWithLogs(lab, "shop/family:1", ["node", "/main.js"]);
    await lab.until(arn, hasStopped);

    const [childPid] = await lab.output("logs", stream);
    assert.match(childPid!, /^\d+$/);
    await eventually(() => !isAlive(Number(childPid)));
  });

  it("keeps no files of a container that has ended", async () => {
    await lab.image("shop/where:1", { "/main.js": "console.log(__dirname)" });
    const { arn, stream } = await runWithLogs(lab, "shop/where:1", ["node", "/main.js"]);
    await lab.until(arn, hasStopped);
    const [folder] = await lab.output("logs", stream);

    assert.match(folder!, /rootfs$/);
    await eventually(() =>
      access(folder!).then(
        () => false,
        () => true,
      ),
    );
  });
});

function exitCodes(containers: readonly Container[]): Record<string, number | undefined> {
  return Object.fromEntries(containers.map(({ name = "", exitCode }) => [name, exitCode]));
}

async function runWithLogs(
  lab: Lab,
  image: string,
  command: string[],
): Promise<{ readonly arn: string; readonly stream: string }> {
  const { taskArn } = await lab.run(await lab.define([{ name: "app", image, command, logConfiguration }]));
  return { arn: taskArn, stream: streamOf(taskArn, "app") };
}

function streamOf(taskArn: string, container: string): string {
  return `s/${container}/${taskArn.split("/").at(-1)!}`;
}
