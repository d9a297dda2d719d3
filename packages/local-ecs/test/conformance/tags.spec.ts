import assert from "node:assert/strict";
import {
  DescribeTasksCommand,
  ListTagsForResourceCommand,
  TagResourceCommand,
  UntagResourceCommand,
  type Tag,
} from "@aws-sdk/client-ecs";
import { startBench, type Bench } from "./support/bench";
import { conforms } from "./support/conforms";

describe("tags", function () {
  this.timeout(600_000);
  let bench: Bench;
  before(async () => {
    bench = await startBench();
  });

  const one = { key: "one", value: "1" };
  const two = { key: "two", value: "2" };
  const sorted = (tags: readonly Tag[]) => [...tags].sort((a, b) => a.key!.localeCompare(b.key!));
  const tagsOf = async (resourceArn: string) =>
    sorted((await bench.ecs.send(new ListTagsForResourceCommand({ resourceArn }))).tags!);

  conforms("a running task's tags are set, changed and removed", async () => {
    const { taskArn: resourceArn } = await bench.run(await bench.define(), { tags: [one] });

    await bench.ecs.send(new TagResourceCommand({ resourceArn, tags: [{ key: "one", value: "new" }, two] }));
    const changed = await tagsOf(resourceArn);
    await bench.ecs.send(new UntagResourceCommand({ resourceArn, tagKeys: ["one"] }));

    assert.deepEqual(changed, [{ key: "one", value: "new" }, two]);
    assert.deepEqual(await tagsOf(resourceArn), [two]);
  });

  conforms("a task definition has tags", async () => {
    const resourceArn = await bench.define({ tags: [one] });

    await bench.ecs.send(new TagResourceCommand({ resourceArn, tags: [two] }));

    assert.deepEqual(await tagsOf(resourceArn), [one, two]);
  });

  conforms("DescribeTasks shows tags only when asked for", async () => {
    const { taskArn } = await bench.run(await bench.define(), { tags: [one] });
    const { cluster } = bench;

    const without = await bench.ecs.send(new DescribeTasksCommand({ cluster, tasks: [taskArn] }));

    assert.deepEqual(without.tasks![0]!.tags ?? [], []);
    assert.deepEqual((await bench.describe(taskArn)).tags, [one]);
  });

  conforms("propagateTags gives a task the tags of its task definition", async () => {
    const taskDefinition = await bench.define({ tags: [one] });

    const { taskArn } = await bench.run(taskDefinition, { propagateTags: "TASK_DEFINITION", tags: [two] });

    assert.deepEqual(sorted((await bench.describe(taskArn)).tags!), [one, two]);
  });

  conforms("enableECSManagedTags names the cluster", async () => {
    const { taskArn } = await bench.run(await bench.define(), { enableECSManagedTags: true });

    assert.deepEqual((await bench.describe(taskArn)).tags, [
      { key: "aws:ecs:clusterName", value: bench.cluster },
    ]);
  });

  conforms("TagResource refuses keys that AWS keeps for itself", async () => {
    const resourceArn = await bench.define();
    const answer = bench.ecs.send(
      new TagResourceCommand({ resourceArn, tags: [{ key: "aws:x", value: "y" }] }),
    );

    await assert.rejects(answer, { name: "InvalidParameterException" });
  });
});
