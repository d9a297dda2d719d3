import assert from "node:assert/strict";
import { startLab, type Lab } from "../support/lab";

describe("a task on the local ECS that cannot start", function () {
  // Real processes: generous where the machine is busy, met at once where it is not.
  this.timeout(10_000);
  let lab: Lab;
  let digest: string;

  before(async () => {
    lab = await startLab();
    ({ digest } = await lab.image("shop/migrate:1", { "/main.js": "" }));
  });
  after(() => lab.close());

  it("reports an image that does not exist without exit code, digest and runtime id", async () => {
    const task = await lab.runToEnd([{ name: "app", image: "shop/nowhere:1" }]);

    const { exitCode, imageDigest, runtimeId, reason } = task.containers![0]!;
    assert.deepEqual([exitCode, imageDigest, runtimeId], [undefined, undefined, undefined]);
    assert.match(reason!, /^CannotPullImageManifestError: manifest unknown: shop\/nowhere:1 /);
    assert.equal(task.stopCode, "TaskFailedToStart");
    assert.equal(task.stoppedReason, reason);
    assert.equal(task.startedAt, undefined);
  });

  it("reports a layer that is not what its digest says as an image that cannot be pulled", async () => {
    const broken = await lab.image("shop/broken:1", { "/main.js": "unlike any other" });
    await lab.spoilLayer(broken.digest);
    const task = await lab.runToEnd([{ name: "app", image: "shop/broken:1", command: ["node", "/main.js"] }]);

    assert.match(task.containers![0]!.reason!, /^CannotPullContainerError: .* does not match its digest/);
    assert.equal(task.containers![0]!.exitCode, undefined);
  });

  for (const program of ["/no/such", "no-such-program"])
    it(`reports the command ${program}, which does not exist, without an exit code`, async () => {
      const task = await lab.runToEnd([{ name: "app", image: "shop/migrate:1", entryPoint: [program] }]);

      const container = task.containers![0]!;
      assert.equal(container.exitCode, undefined);
      assert.equal(container.imageDigest, digest);
      assert.match(container.runtimeId!, /^[0-9a-f]{64}$/);
      assert.match(container.reason!, new RegExp(`^CannotStartContainerError: .*${program}`));
      assert.equal(task.stopCode, "TaskFailedToStart");
    });
});
