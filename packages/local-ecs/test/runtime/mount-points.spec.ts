import assert from "node:assert/strict";
import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { RegisterTaskDefinitionCommand, type MountPoint } from "@aws-sdk/client-ecs";
import { hasStopped, startLab, type Lab } from "../support/lab";

describe("mount points of containers that are processes", function () {
  // Real processes: generous where the machine is busy, met at once where it is not.
  this.timeout(10_000);
  let folder: string;
  let lab: Lab;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "mounts-"));
    lab = await startLab({ dataDir: join(folder, "data") });
    await lab.image("app:1", {
      "/main.js": 'require("fs").writeFileSync(process.argv[2], "written")',
      "/app/of-the-image": "",
    });
  });
  beforeEach(async () => {
    await mkdir(join(folder, "app/node_modules"), { recursive: true });
    await writeFile(join(folder, "app/node_modules/precious"), "precious");
    await writeFile(join(folder, "outside"), "precious");
  });
  after(async () => {
    await lab.close();
    await rm(folder, { recursive: true });
  });

  const runWith = async (mountPoints: readonly MountPoint[], writes = "x") => {
    const { taskDefinition } = await lab.ecs.send(
      new RegisterTaskDefinitionCommand({
        family: "mounts",
        memory: "512",
        volumes: [{ name: "sources", host: { sourcePath: join(folder, "app") } }, { name: "scratch" }],
        containerDefinitions: [
          {
            name: "app",
            image: "app:1",
            command: ["node", "/main.js", writes],
            workingDirectory: "/work",
            mountPoints: [...mountPoints],
          },
        ],
      }),
    );
    const { taskArn } = await lab.run(taskDefinition!.taskDefinitionArn!);
    const task = await lab.until(taskArn, hasStopped);
    return task.containers![0]!;
  };
  const sources = { sourceVolume: "sources", containerPath: "/app" };
  const assertNothingIsLost = async (): Promise<void> => {
    assert.equal(await readFile(join(folder, "app/node_modules/precious"), "utf8"), "precious");
    assert.equal(await readFile(join(folder, "outside"), "utf8"), "precious");
    assert.deepEqual(await readdir(join(folder, "app")), ["node_modules"]);
  };

  const nested: readonly (readonly [string, readonly MountPoint[]])[] = [
    ["inside of another", [sources, { sourceVolume: "scratch", containerPath: "/app/node_modules" }]],
    ["that is named before", [{ sourceVolume: "scratch", containerPath: "/app/node_modules" }, sources]],
    ["in a folder to be made", [sources, { sourceVolume: "scratch", containerPath: "/app/new/folder" }]],
  ];
  for (const [which, mountPoints] of nested)
    it(`refuse one ${which}, and leave this machine's files alone`, async () => {
      const { reason, exitCode } = await runWith(mountPoints);

      await assertNothingIsLost();
      assert.match(
        reason!,
        /^CannotStartContainerError: the mount point "\/app\/.*" is inside of another one, for which the runtime "engine" is needed$/,
      );
      assert.equal(exitCode, undefined);
    });

  for (const containerPath of ["/", "", "/..", undefined])
    it(`refuse ${JSON.stringify(containerPath)}, which is no place in a container`, async () => {
      const { reason } = await runWith([{ sourceVolume: "scratch", containerPath }]);

      assert.match(reason!, /^CannotStartContainerError: invalid mount config: destination can't be '\/'$/);
    });

  it("do not lead out of the container by ..", async () => {
    const { exitCode, reason } = await runWith([
      { sourceVolume: "scratch", containerPath: "/../../../../../outside" },
    ]);

    await assertNothingIsLost();
    assert.deepEqual([exitCode, reason], [0, undefined]);
  });

  it("may end in a slash, and take the place of what the image has there", async () => {
    const { exitCode, reason } = await runWith([{ ...sources, containerPath: "/app/" }], "../app/written");

    assert.deepEqual([exitCode, reason], [0, undefined]);
    assert.equal(await readFile(join(folder, "app/written"), "utf8"), "written");
    await rm(join(folder, "app/written"));
  });
});
