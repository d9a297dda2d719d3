import assert from "node:assert/strict";
import { hasStopped, startLab, type Lab } from "./support/lab";
import { shellFiles, skipWithout } from "./support/tools";

describe("the output of a real container", function () {
  // Real processes: generous where the machine is busy, met at once where it is not.
  this.timeout(30_000);
  let lab: Lab;
  before(async function () {
    await skipWithout(this, "engine");
    lab = await startLab({ runtime: "engine" });
    await lab.image("shell:1", shellFiles());
  });
  after(() => (lab as Lab | undefined)?.close());

  it("is whole and in order once its task has stopped", async () => {
    const options = { "awslogs-group": "g", "awslogs-region": "us-east-1", "awslogs-stream-prefix": "s" };
    const { taskArn } = await lab.run(
      await lab.define([
        {
          name: "app",
          image: "shell:1",
          command: ["sh", "-c", "i=0; while [ $i -lt 500 ]; do i=$((i+1)); echo $i; done; printf end"],
          logConfiguration: { logDriver: "awslogs", options },
        },
      ]),
    );
    await lab.until(taskArn, hasStopped);

    const lines = await lab.output("g", `s/app/${taskArn.split("/").at(-1)!}`);
    assert.deepEqual(lines, [...Array.from({ length: 500 }, (_, index) => String(index + 1)), "end"]);
  });

  it("says in a container what its variables are, also those with line breaks", async () => {
    const options = { "awslogs-group": "g", "awslogs-region": "us-east-1", "awslogs-stream-prefix": "s" };
    const { taskArn } = await lab.run(
      await lab.define([
        {
          name: "app",
          image: "shell:1",
          command: ["sh", "-c", 'echo "$ONE"; echo "$TWO"'],
          environment: [
            { name: "ONE", value: "a\nb" },
            { name: "TWO", value: " # $c \"d\" 'e'" },
          ],
          logConfiguration: { logDriver: "awslogs", options },
        },
      ]),
    );
    await lab.until(taskArn, hasStopped);

    assert.deepEqual(await lab.output("g", `s/app/${taskArn.split("/").at(-1)!}`), [
      "a",
      "b",
      " # $c \"d\" 'e'",
    ]);
  });
});
