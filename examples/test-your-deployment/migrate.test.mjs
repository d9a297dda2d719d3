import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, beforeEach, describe, it } from "node:test";
import {
  CreateClusterCommand,
  ECSClient,
  ListTasksCommand,
  RegisterTaskDefinitionCommand,
} from "@aws-sdk/client-ecs";
import { startLocalEcs, writeOciImage } from "local-ecs";

describe("migrate.mjs", () => {
  let folder, ecs, client, env, digest;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "migrate-"));
    const layout = join(folder, "images");
    // The image that CI built would do as well: skopeo copy docker-archive:… oci:images:shop/migrate:1
    ({ digest } = await writeOciImage({
      layout,
      reference: "shop/migrate:1",
      files: { "/app/migrate.js": "process.exit(Number(process.env.EXIT_CODE))" },
      config: { Entrypoint: ["node", "/app/migrate.js"] },
    }));
    ecs = await startLocalEcs({ images: [layout] });
    env = {
      ...process.env,
      AWS_ENDPOINT_URL_ECS: ecs.url,
      AWS_REGION: ecs.region,
      AWS_ACCESS_KEY_ID: "local",
      AWS_SECRET_ACCESS_KEY: "local",
      POLL_MS: "50",
    };
    client = new ECSClient({
      endpoint: ecs.url,
      region: ecs.region,
      credentials: { accessKeyId: "local", secretAccessKey: "local" },
    });
    await client.send(new CreateClusterCommand({}));
    for (const [family, value] of [
      ["good", "0"],
      ["bad", "3"],
    ])
      await client.send(
        new RegisterTaskDefinitionCommand({
          family,
          memory: "512",
          containerDefinitions: [
            { name: "migrate", image: "shop/migrate:1", environment: [{ name: "EXIT_CODE", value }] },
          ],
        }),
      );
  });
  after(async () => {
    client.destroy();
    await ecs.close();
    await rm(folder, { recursive: true, force: true });
  });
  // Stopped tasks are forgotten after an hour: each test finds only its own.
  beforeEach(() => ecs.advanceClock(60 * 60 * 1000));

  const migrate = (family) =>
    new Promise((resolve) => {
      const script = join(import.meta.dirname, "migrate.mjs");
      execFile(process.execPath, [script, family], { env }, (error, stdout, stderr) =>
        resolve({ code: error?.code ?? 0, stdout, stderr }),
      );
    });
  const launches = async () =>
    (await client.send(new ListTasksCommand({ desiredStatus: "STOPPED" }))).taskArns.length;

  it("runs the migration, and says which image it was", async () => {
    const { code, stdout } = await migrate("good");

    assert.equal(code, 0);
    assert.ok(stdout.endsWith(`migrated with shop/migrate:1 ${digest}\n`), stdout);
    assert.equal(await launches(), 1);
  });

  it("fails when the migration fails, and says how", async () => {
    const { code, stderr } = await migrate("bad");

    assert.equal(code, 1);
    assert.match(stderr, /Essential container in task exited \(migrate: exit code 3\)/);
  });

  it("runs the migration once when the answer of RunTask is lost twice", async () => {
    ecs.faults.add({ RunTask: [{ drop: "after", times: 2 }] });

    assert.equal((await migrate("good")).code, 0);
    assert.deepEqual(ecs.faults.pending(), {});
    assert.equal(await launches(), 1);
  });

  it("bears throttling, and a task that is not visible at first", async () => {
    ecs.faults.add({
      DescribeTasks: [
        { failures: [{ reason: "MISSING" }] },
        { error: "ThrottlingException", message: "Rate exceeded", times: 2 },
      ],
    });

    assert.equal((await migrate("good")).code, 0);
    assert.deepEqual(ecs.faults.pending(), {});
  });

  it("fails when there is no capacity", async () => {
    ecs.faults.add({ RunTask: [{ failures: [{ reason: "RESOURCE:MEMORY" }] }] });
    const { code, stderr } = await migrate("good");

    assert.equal(code, 1);
    assert.equal(stderr, "migration failed: not started: RESOURCE:MEMORY\n");
  });

  it("does not take a migration that never started for one that succeeded", async () => {
    ecs.tasks.plan({ failToStart: "Timeout waiting for network interface provisioning to complete." });
    const { code, stderr } = await migrate("good");

    assert.equal(code, 1);
    assert.match(stderr, /network interface provisioning to complete\. \(migrate: exit code none\)/);
  });
});
