import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { findEngine, type EngineCli } from "../../src/runtime/engine/engine-cli";
import { isRunning, startLab } from "../support/lab";
import { shellFiles, skipWithout } from "../support/tools";

describe("what the local ECS leaves behind in a container engine", function () {
  // One of these starts a Node that compiles TypeScript.
  this.timeout(30_000);
  let engine: EngineCli;
  before(async function () {
    await skipWithout(this, "engine");
    engine = await findEngine();
  });

  const images = (): Promise<string> => engine.run(["images", "--quiet", "--filter=reference=local-ecs/*"]);
  const exists = (runtimeId: string): Promise<boolean> =>
    engine.run(["inspect", "--type=container", runtimeId]).then(
      () => true,
      () => false,
    );

  it("is nothing after close", async () => {
    const before = await images();
    const lab = await startLab({ runtime: "engine" });
    await lab.image("stay:1", shellFiles(), { Cmd: ["sh", "-c", "trap '' TERM; while :; do sleep 1; done"] });
    const { taskArn } = await lab.run(await lab.define([{ name: "app", image: "stay:1" }]));
    const runtimeId = (await lab.until(taskArn, isRunning)).containers![0]!.runtimeId!;
    const during = await exists(runtimeId);
    await lab.close();

    assert.deepEqual([during, await exists(runtimeId), await images()], [true, false, before]);
  });

  it("is nothing when it is closed while a task is being started", async () => {
    const containers = (): Promise<string> => engine.run(["ps", "--all", "--quiet"]);
    const before = [await images(), await containers()];
    const lab = await startLab({ runtime: "engine" });
    await lab.image("stay:1", shellFiles(), { Cmd: ["sh", "-c", "while :; do sleep 1; done"] });
    const { taskArn } = await lab.run(await lab.define([{ name: "app", image: "stay:1" }]));
    await lab.until(taskArn, (task) => task.containers![0]!.imageDigest !== undefined);
    await lab.close();

    assert.deepEqual([await images(), await containers()], before);
  });

  it("is nothing after a program that uses it and handles no signals is ended by one", async () => {
    const before = await images();
    const program = `
      const { startLab, isRunning } = require("./test/support/lab");
      const { shellFiles } = require("./test/support/tools");
      (async () => {
        const lab = await startLab({ runtime: "engine" });
        await lab.image("stay:1", shellFiles(), { Cmd: ["sh", "-c", "while :; do sleep 1; done"] });
        const { taskArn } = await lab.run(await lab.define([{ name: "app", image: "stay:1" }]));
        console.log((await lab.until(taskArn, isRunning)).containers[0].runtimeId);
      })();`;
    const folder = await mkdtemp(join(tmpdir(), "ended-"));
    const child = spawn(process.execPath, ["-r", "ts-node/register", "-e", program], {
      cwd: join(__dirname, "../.."),
      env: { ...process.env, TMPDIR: folder },
      stdio: ["ignore", "pipe", "inherit"],
    });
    const ended = once(child, "exit");
    const [runtimeId] = (await once(createInterface(child.stdout), "line")) as [string];
    const during = await exists(runtimeId);
    child.kill("SIGTERM");

    const end: unknown = await ended;
    await rm(folder, { recursive: true });
    assert.deepEqual(end, [null, "SIGTERM"]);
    assert.deepEqual([during, await exists(runtimeId), await images()], [true, false, before]);
  });
});
