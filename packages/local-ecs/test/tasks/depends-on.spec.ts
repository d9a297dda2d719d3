import assert from "node:assert/strict";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  RegisterTaskDefinitionCommand,
  StopTaskCommand,
  type Container,
  type ContainerDefinition,
  type Task,
} from "@aws-sdk/client-ecs";
import { hasStopped, isRunning, startLab, type Lab } from "../support/lab";
import { runtimeKinds, shellFiles, skipWithout } from "../support/tools";
import { eventually } from "../support/eventually";

const logConfiguration = {
  logDriver: "awslogs" as const,
  options: { "awslogs-group": "logs", "awslogs-region": "us-east-1", "awslogs-stream-prefix": "s" },
};
const shell = (
  name: string,
  script: string,
  more: Partial<ContainerDefinition> = {},
): ContainerDefinition => ({
  name,
  image: "shell:1",
  command: ["sh", "-c", script],
  logConfiguration,
  ...more,
});
/** Ends with 5 when it is asked to. */
const patient = "trap 'exit 5' TERM; echo ready; while :; do sleep 0.1; done";
const check = (command: string) => ({
  command: ["CMD-SHELL", command],
  interval: 5,
  timeout: 60,
  retries: 2,
});

for (const runtime of runtimeKinds)
  describe(`containers that depend on each other, by the runtime ${runtime}`, function () {
    // Real processes: generous where the machine is busy, met at once where it is not.
    this.timeout(30_000);
    let lab: Lab;
    before(async function () {
      await skipWithout(this, runtime);
      lab = await startLab({ runtime });
      await lab.image("shell:1", shellFiles());
    });
    // Undefined where it was skipped.
    after(() => (lab as Lab | undefined)?.close());

    const startOf = async (task: string | readonly ContainerDefinition[]) => {
      const { taskArn } = await lab.run(typeof task === "string" ? task : await lab.define(task));
      const stream = (name: string): string => `s/${name}/${taskArn.split("/").at(-1)!}`;
      return { taskArn, untilReady: (name: string) => lab.untilPrinted("logs", stream(name), "ready") };
    };
    const is = (name: string, wanted: Partial<Container>) => (task: Task) =>
      Object.entries(wanted).every(([key, value]) => container(task, name)[key as keyof Container] === value);

    it("start one that waits for a health-checked sidecar, once that is healthy", async () => {
      const { taskArn, untilReady } = await startOf([
        shell("main", "exit 4", { dependsOn: [{ containerName: "side", condition: "HEALTHY" }] }),
        shell("side", `echo > well; ${patient}`, { essential: false, healthCheck: check("cat well") }),
      ]);
      await untilReady("side");
      const waiting = await lab.until(taskArn, is("side", { lastStatus: "RUNNING" }));
      lab.local.advanceClock(5000);
      const task = await lab.until(taskArn, hasStopped);

      assert.notEqual(waiting.lastStatus, "RUNNING");
      assert.equal(container(waiting, "side").healthStatus, "UNKNOWN");
      assert.equal(container(waiting, "main").runtimeId, undefined);
      assert.deepEqual(exitCodes(task), { main: 4, side: 5 });
      assert.equal(container(task, "side").healthStatus, "HEALTHY");
      assert.equal(task.stopCode, "EssentialContainerExited");
    });

    it("show an essential container that is not well, and let it run", async () => {
      const { taskArn, untilReady } = await startOf([
        shell("main", patient, { healthCheck: check("exit 1") }),
      ]);
      await untilReady("main");
      await lab.until(taskArn, isRunning);
      await eventually(async () => {
        lab.local.advanceClock(5000);
        return (await lab.until(taskArn, () => true)).healthStatus === "UNHEALTHY";
      });
      const task = await lab.until(taskArn, isRunning);
      await lab.ecs.send(new StopTaskCommand({ task: taskArn }));
      await lab.until(taskArn, hasStopped);

      assert.equal(container(task, "main").healthStatus, "UNHEALTHY");
    });

    it("start one after another has ended well, and stop in the opposite order", async () => {
      const folder = await mkdtemp(join(tmpdir(), "shared-"));
      const notes = {
        workingDirectory: "/shared",
        mountPoints: [{ sourceVolume: "v", containerPath: "/shared" }],
      };
      const noting = (name: string, delay: string): string =>
        `trap 'sleep ${delay}; echo ${name} ends >> notes; exit 5' TERM; echo ${name} starts >> notes; echo ready; while :; do sleep 0.1; done`;
      const { taskDefinition } = await lab.ecs.send(
        new RegisterTaskDefinitionCommand({
          family: "notes",
          memory: "512",
          volumes: [{ name: "v", host: { sourcePath: folder } }],
          containerDefinitions: [
            shell("main", noting("main", "0.5"), {
              ...notes,
              dependsOn: [{ containerName: "side", condition: "START" }],
            }),
            shell("side", noting("side", "0"), {
              ...notes,
              essential: false,
              dependsOn: [{ containerName: "init", condition: "SUCCESS" }],
            }),
            shell("init", "echo init >> notes", { ...notes, essential: false }),
          ],
        }),
      );
      const { taskArn, untilReady } = await startOf(taskDefinition!.taskDefinitionArn!);
      await untilReady("side");
      await untilReady("main");
      const running = await lab.until(taskArn, isRunning);
      await lab.ecs.send(new StopTaskCommand({ task: taskArn }));
      const task = await lab.until(taskArn, hasStopped);

      assert.deepEqual(
        running.containers!.map(({ name, lastStatus, exitCode }) => [name, lastStatus, exitCode]),
        [
          ["main", "RUNNING", undefined],
          ["side", "RUNNING", undefined],
          ["init", "STOPPED", 0],
        ],
      );
      assert.deepEqual(exitCodes(task), { main: 5, side: 5, init: 0 });
      const [first, , , ...ends] = (await readFile(join(folder, "notes"), "utf8")).trim().split("\n");
      assert.deepEqual([first, ...ends], ["init", "main ends", "side ends"]);
      await rm(folder, { recursive: true });
    });

    it("do not start one whose dependency did not exit successfully, and say 143", async () => {
      const task = await lab.runToEnd([
        shell("main", "exit 0", { dependsOn: [{ containerName: "init", condition: "SUCCESS" }] }),
        shell("init", "exit 3", { essential: false }),
      ]);

      const main = container(task, "main");
      assert.deepEqual(exitCodes(task), { main: 143, init: 3 });
      assert.equal(main.runtimeId, undefined);
      assert.equal(
        main.reason,
        "CannotStartContainerError: dependency graph: failed to resolve container ordering dependency [init] for target [main] as dependency did not exit successfully.",
      );
      assert.deepEqual([task.stopCode, task.stoppedReason], ["TaskFailedToStart", main.reason]);
    });

    it("start one after another has ended in any way, where COMPLETE is enough", async () => {
      const task = await lab.runToEnd([
        shell("main", "exit 0", { dependsOn: [{ containerName: "init", condition: "COMPLETE" }] }),
        shell("init", "exit 3", { essential: false }),
      ]);

      assert.deepEqual(exitCodes(task), { main: 0, init: 3 });
      assert.equal(task.stopCode, "EssentialContainerExited");
    });

    it("give up waiting when a dependency's startTimeout is over", async () => {
      const { taskArn, untilReady } = await startOf([
        shell("main", "exit 0", { dependsOn: [{ containerName: "init", condition: "COMPLETE" }] }),
        shell("init", patient, { essential: false, startTimeout: 120 }),
      ]);
      await untilReady("init");
      await lab.until(taskArn, is("init", { lastStatus: "RUNNING" }));
      lab.local.advanceClock(120_000);
      const task = await lab.until(taskArn, hasStopped);

      assert.deepEqual(exitCodes(task), { main: 143, init: 5 });
      assert.match(container(task, "main").reason!, /\[init\] for target \[main\] has timed out\.$/);
    });

    it("show at once that one has exited which is not essential", async () => {
      const { taskArn, untilReady } = await startOf([
        shell("main", patient),
        shell("side", "exit 3", { essential: false }),
      ]);
      await untilReady("main");
      const task = await lab.until(taskArn, is("side", { lastStatus: "STOPPED", exitCode: 3 }));
      await lab.ecs.send(new StopTaskCommand({ task: taskArn }));
      await lab.until(taskArn, hasStopped);

      assert.equal(task.desiredStatus, "RUNNING");
    });

    it("go on without one that is not essential and has no image", async () => {
      const task = await lab.runToEnd([
        shell("main", "exit 0"),
        shell("side", "exit 0", { essential: false, image: "nowhere:1" }),
      ]);

      assert.deepEqual(exitCodes(task), { main: 0, side: undefined });
      assert.match(container(task, "side").reason!, /^CannotPullImageManifestError: /);
      assert.equal(task.stopCode, "EssentialContainerExited");
    });
  });

function container({ containers = [] }: Task, name: string): Container {
  return containers.find((candidate) => candidate.name === name)!;
}

function exitCodes({ containers = [] }: Task): Record<string, number | undefined> {
  return Object.fromEntries(containers.map(({ name = "", exitCode }) => [name, exitCode]));
}
