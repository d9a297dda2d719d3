import assert from "node:assert/strict";
import { startLab, type Lab } from "./support/lab";

describe("a task on the local ECS", () => {
  let lab: Lab;
  before(async () => (lab = await startLab()));
  after(() => lab.close());

  it("runs its command and ends with the exit code and the image's digest", async () => {
    const { digest } = await lab.image("shop/migrate:1", {
      "/app/main.js": "console.log('hi'); process.exit(3)",
    });
    const task = await lab.runToEnd([
      { name: "app", image: "shop/migrate:1", command: ["node", "/app/main.js"] },
    ]);

    assert.equal(task.stopCode, "EssentialContainerExited");
    assert.equal(task.containers?.[0]?.exitCode, 3);
    assert.equal(task.containers[0].imageDigest, digest);
  });
});
