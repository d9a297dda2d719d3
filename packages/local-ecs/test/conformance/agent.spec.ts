import assert from "node:assert/strict";
import {
  DiscoverPollEndpointCommand,
  SubmitContainerStateChangeCommand,
  SubmitTaskStateChangeCommand,
} from "@aws-sdk/client-ecs";
import { startBench, type Bench } from "./support/bench";
import { conforms } from "./support/conforms";
import { targetName } from "./support/target";

// AWS lets only agents report, and only for tasks of their own instance.
(targetName === "aws" ? describe.skip : describe)("what agents send", () => {
  let bench: Bench;
  let taskArn: string;
  before(async () => {
    bench = await startBench();
    ({ taskArn } = await bench.run(await bench.define()));
    // From here on the task's own agent has nothing to say, and does not say it over what we say. Moto has no agent,
    // and takes each look at a task for a step towards its end.
    if (targetName === "local") await bench.until(taskArn, "RUNNING");
  });

  conforms("DiscoverPollEndpoint names an endpoint", async () => {
    const { endpoint } = await bench.ecs.send(new DiscoverPollEndpointCommand({ cluster: bench.cluster }));

    assert.match(endpoint!, /^https?:/);
  });

  conforms("SubmitContainerStateChange shows in DescribeTasks", async () => {
    const { acknowledgment } = await bench.ecs.send(
      new SubmitContainerStateChangeCommand({
        cluster: bench.cluster,
        task: taskArn,
        containerName: "app",
        reason: "because",
      }),
    );

    assert.equal(acknowledgment, "ACK");
    assert.equal((await bench.describe(taskArn)).containers![0]!.reason, "because");
  });

  conforms("SubmitTaskStateChange shows in DescribeTasks", async () => {
    const imageDigest = `sha256:${"a".repeat(64)}`;
    await bench.ecs.send(
      new SubmitTaskStateChangeCommand({
        cluster: bench.cluster,
        task: taskArn,
        status: "STOPPED",
        containers: [{ containerName: "app", status: "STOPPED", exitCode: 7, imageDigest }],
      }),
    );

    const { containers } = await bench.until(taskArn, "STOPPED");

    assert.equal(containers![0]!.exitCode, 7);
    assert.equal(containers![0]!.imageDigest, imageDigest);
  });
});
