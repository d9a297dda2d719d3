import assert from "node:assert/strict";
import {
  DescribeTasksCommand,
  ListTasksCommand,
  StopTaskCommand,
  type ContainerDefinition,
} from "@aws-sdk/client-ecs";
import type { LocalEcsOptions } from "../../src/api/index";
import { hasStopped, isRunning, startLab, type Lab } from "../support/lab";

const minuteMs = 60_000;

describe("time and plans of the local ECS", function () {
  // Real processes: generous where the machine is busy, met at once where it is not.
  this.timeout(10_000);
  let lab: Lab;
  let digest: string;

  const start = async (options: LocalEcsOptions = {}): Promise<void> => {
    lab = await startLab(options);
    ({ digest } = await lab.image("app:1", {
      "/exit.js": "process.exit(Number(process.argv[2]))",
      "/long.js": "setInterval(() => {}, 1000)",
    }));
  };
  afterEach(() => lab.close());

  const short: ContainerDefinition = { name: "app", image: "app:1", command: ["node", "/exit.js", "3"] };
  const long: ContainerDefinition = {
    name: "app",
    image: "app:1",
    command: ["node", "/long.js"],
    stopTimeout: 0,
  };
  const list = async () => (await lab.ecs.send(new ListTasksCommand({}))).taskArns!;
  const describeTask = async (task: string) => {
    const { tasks, failures } = await lab.ecs.send(new DescribeTasksCommand({ tasks: [task] }));
    return { task: tasks![0], reason: failures![0]?.reason };
  };

  describe("a lag of reading", () => {
    it("keeps new tasks from each operation for as long as it is told", async () => {
      await start({ lagMs: { ListTasks: 10 * minuteMs, DescribeTasks: 20 * minuteMs } });
      const { taskArn } = await lab.run(await lab.define([long]));
      const seen = async () => [(await list()).includes(taskArn), (await describeTask(taskArn)).reason];

      assert.deepEqual(await seen(), [false, "MISSING"]);
      lab.local.advanceClock(10 * minuteMs);
      assert.deepEqual(await seen(), [true, "MISSING"]);
      lab.local.advanceClock(10 * minuteMs);
      assert.deepEqual(await seen(), [true, undefined]);
    });
  });

  describe("a hidden task", () => {
    it("is missing for both operations, and goes on", async () => {
      await start();
      const { taskArn } = await lab.run(await lab.define([long]));
      await lab.until(taskArn, isRunning);
      lab.local.tasks.hide(taskArn);
      assert.deepEqual([await list(), (await describeTask(taskArn)).reason], [[], "MISSING"]);
      lab.local.tasks.show(taskArn.split("/").at(-1)!);

      assert.deepEqual(await list(), [taskArn]);
      assert.equal((await describeTask(taskArn)).task!.lastStatus, "RUNNING");
    });
  });

  describe("retention", () => {
    it("shows a stopped task as long as it is told", async () => {
      await start({ stoppedTaskRetentionMs: minuteMs });
      const { taskArn } = await lab.runToEnd([short]);
      lab.local.advanceClock(minuteMs);

      assert.equal((await describeTask(taskArn!)).reason, "MISSING");
    });
  });

  describe("throttling", () => {
    it("refuses what is more than AWS's bucket of reading holds, until it has filled again", async () => {
      await start({ throttling: true });
      const read = () => lab.once.send(new ListTasksCommand({}));
      const answers = await Promise.allSettled(Array.from({ length: 300 }, read));
      const refused = answers.filter((answer) => answer.status === "rejected");

      assert.ok(refused.length > 0 && answers.length - refused.length >= 100, String(refused.length));
      const { name, message, $metadata } = refused[0]!.reason as Error & {
        $metadata: { httpStatusCode: number };
      };
      assert.deepEqual(
        [name, message, $metadata.httpStatusCode],
        ["ThrottlingException", "Rate exceeded", 400],
      );
      lab.local.advanceClock(5000);
      await read();
    });
  });

  describe("a task plan", () => {
    it("holds a task as PROVISIONING until it is released", async () => {
      await start({ taskPlans: [{ holdAt: "PROVISIONING" }] });
      const { taskArn, lastStatus } = await lab.run(await lab.define([short]));
      lab.local.advanceClock(60 * minuteMs);
      assert.equal(lastStatus, "PROVISIONING");
      assert.equal((await describeTask(taskArn)).task!.lastStatus, "PROVISIONING");
      lab.local.tasks.release(taskArn);

      assert.equal((await lab.until(taskArn, hasStopped)).containers![0]!.exitCode, 3);
    });

    it("holds a task as PENDING, out of reach of its agent, until it is released", async () => {
      await start({ taskPlans: [{ holdAt: "PENDING", family: "app" }] });
      const { taskArn } = await lab.run(await lab.define([short]));
      const { taskArn: other } = await lab.run(await lab.define([short], "other"));
      await lab.until(other, hasStopped);
      assert.equal((await describeTask(taskArn)).task!.lastStatus, "PENDING");
      lab.local.tasks.release(taskArn);

      assert.equal((await lab.until(taskArn, hasStopped)).containers![0]!.exitCode, 3);
    });

    for (const holdAt of ["PROVISIONING", "PENDING"] as const)
      it(`lets a task be stopped that is held as ${holdAt}`, async () => {
        await start({ taskPlans: [{ holdAt }] });
        const { taskArn } = await lab.run(await lab.define([short]));
        await lab.ecs.send(new StopTaskCommand({ task: taskArn, reason: "no longer wanted" }));
        const task = await lab.until(taskArn, hasStopped);

        assert.deepEqual([task.stopCode, task.stoppedReason], ["UserInitiated", "no longer wanted"]);
        assert.equal(task.containers![0]!.exitCode, undefined);
      });

    it("fails a task to start with the reason that is given, and no exit code", async () => {
      const failToStart = "Timeout waiting for network interface provisioning to complete.";
      await start({ taskPlans: [{ failToStart }] });
      const taskDefinition = await lab.define([short]);
      const { taskArn } = await lab.run(taskDefinition);
      const task = await lab.until(taskArn, hasStopped);
      const next = await lab.until((await lab.run(taskDefinition)).taskArn, hasStopped);

      assert.deepEqual([task.stopCode, task.stoppedReason], ["TaskFailedToStart", failToStart]);
      assert.deepEqual(
        [task.startedAt, task.containers![0]!.exitCode, task.containers![0]!.imageDigest],
        [undefined, undefined, undefined],
      );
      assert.equal(next.stopCode, "EssentialContainerExited");
    });

    it("lets exit codes arrive late", async () => {
      await start({ taskPlans: [{ exitCodesAfterMs: minuteMs }] });
      const { taskArn, containers } = await lab.runToEnd([short]);
      lab.local.advanceClock(minuteMs);

      assert.equal(containers![0]!.exitCode, undefined);
      assert.equal(containers![0]!.lastStatus, "STOPPED");
      assert.equal((await describeTask(taskArn!)).task!.containers![0]!.exitCode, 3);
    });

    it("leaves out image digests, for every task if told so", async () => {
      await start({ taskPlans: [{ withoutImageDigest: true, times: "always" }] });

      const digestOfNext = async () => (await lab.runToEnd([short])).containers![0]!.imageDigest;
      const planned = [await digestOfNext(), await digestOfNext()];
      lab.local.tasks.clearPlans();

      assert.deepEqual([...planned, await digestOfNext()], [undefined, undefined, digest]);
    });

    it("interrupts a task some time after it has started", async () => {
      await start({
        taskPlans: [{ interrupt: { stopCode: "SpotInterruption", afterMs: 10 * minuteMs } }],
      });
      const { taskArn } = await lab.run(await lab.define([long]));
      await lab.until(taskArn, isRunning);
      lab.local.advanceClock(10 * minuteMs);

      assert.equal((await lab.until(taskArn, hasStopped)).stopCode, "SpotInterruption");
    });

    it("is refused when it makes no sense", async () => {
      await start();

      assert.throws(() => {
        lab.local.tasks.plan({ holdAt: "RUNNING" as "PENDING" });
      }, new Error('The task plan has a member holdAt that must be "PROVISIONING" or "PENDING".'));
    });
  });

  describe("an interruption", () => {
    const interrupted = async (
      stopCode: "SpotInterruption" | "TerminationNotice",
      stoppedReason?: string,
    ) => {
      const { taskArn } = await lab.run(await lab.define([long]), {
        tags: [{ key: "who", value: "me" }],
      });
      await lab.until(taskArn, isRunning);
      lab.local.tasks.interrupt(taskArn, {
        stopCode,
        ...(stoppedReason === undefined ? {} : { stoppedReason }),
      });
      return lab.until(taskArn, hasStopped);
    };

    it("of Spot capacity stops the containers, whose exit codes are known", async () => {
      await start();
      const { stopCode, stoppedReason, desiredStatus, containers } = await interrupted("SpotInterruption");

      assert.deepEqual(
        [stopCode, stoppedReason, desiredStatus, containers![0]!.exitCode],
        ["SpotInterruption", "Your Spot Task was interrupted.", "STOPPED", 137],
      );
    });

    it("of the host leaves no exit code", async () => {
      await start();
      const { stopCode, stoppedReason, containers } = await interrupted("TerminationNotice");

      assert.equal(stopCode, "TerminationNotice");
      assert.match(stoppedReason!, /^Host EC2 \(instance i-[0-9a-f]+\) terminated\.$/);
      assert.equal(containers![0]!.exitCode, undefined);
    });

    it("says the reason that is given", async () => {
      await start();

      assert.equal(
        (await interrupted("TerminationNotice", "Planned maintenance")).stoppedReason,
        "Planned maintenance",
      );
    });

    it("of a task that does not exist is an error", async () => {
      await start();

      assert.throws(() => {
        lab.local.tasks.interrupt("nobody", { stopCode: "SpotInterruption" });
      }, new Error('There is no task "nobody".'));
    });
  });
});
