import assert from "node:assert/strict";
import type { ContainerDefinition } from "@aws-sdk/client-ecs";
import { hasStopped, startLab, type Lab } from "../support/lab";
import { shellFiles, skipWithout } from "../support/tools";

describe("what a real container prints", function () {
  // Real processes: generous where the machine is busy, met at once where it is not.
  this.timeout(30_000);
  let lab: Lab;
  before(async function () {
    await skipWithout(this, "engine");
    lab = await startLab({ runtime: "engine" });
    await lab.image("shell:1", shellFiles());
  });
  after(() => (lab as Lab | undefined)?.close());

  /** What a container prints that runs this script. */
  const printedBy = async (
    script: string,
    more: Partial<ContainerDefinition> = {},
  ): Promise<readonly string[]> => {
    const options = { "awslogs-group": "g", "awslogs-region": "us-east-1", "awslogs-stream-prefix": "s" };
    const container: ContainerDefinition = {
      name: "app",
      image: "shell:1",
      command: ["sh", "-c", script],
      logConfiguration: { logDriver: "awslogs", options },
      ...more,
    };
    const { taskArn } = await lab.run(await lab.define([container]));
    await lab.until(taskArn, hasStopped);
    return lab.output("g", `s/app/${taskArn.split("/").at(-1)!}`);
  };

  it("is whole and in order once its task has stopped", async () => {
    const lines = await printedBy("i=0; while [ $i -lt 500 ]; do i=$((i+1)); echo $i; done; printf end");

    assert.deepEqual(lines, [...Array.from({ length: 500 }, (_, index) => String(index + 1)), "end"]);
  });

  it("shows its variables as they are, also with line breaks", async () => {
    const environment = [
      { name: "ONE", value: "a\nb" },
      { name: "TWO", value: " # $c \"d\" 'e'" },
    ];

    assert.deepEqual(await printedBy('echo "$ONE"; echo "$TWO"', { environment }), [
      "a",
      "b",
      " # $c \"d\" 'e'",
    ]);
  });

  it("shows that it reaches the task metadata endpoint, as another user than its image's", async () => {
    const script = 'wget -q -O - "$ECS_CONTAINER_METADATA_URI_V4"; echo; cat /proc/self/status';
    const [metadata = "", ...status] = await printedBy(script, { user: "1234" });

    assert.equal((JSON.parse(metadata) as { Name: string }).Name, "app");
    assert.ok(status.includes("Uid:\t1234\t1234\t1234\t1234"));
  });
});
