import assert from "node:assert/strict";
import {
  CreateClusterCommand,
  DeleteClusterCommand,
  DescribeClustersCommand,
  ListClustersCommand,
  RunTaskCommand,
} from "@aws-sdk/client-ecs";
import { startLab, type Lab } from "../support/lab";

const container = { name: "app", image: "app:1" };

describe("clusters of the local ECS", function () {
  // Real processes: generous where the machine is busy, met at once where it is not.
  this.timeout(10_000);
  let lab: Lab;

  before(async () => {
    lab = await startLab();
  });
  after(() => lab.close());

  it("are created once, and a deleted one is answered for as AWS does", async () => {
    await lab.image("app:1", { "/main.js": "setInterval(() => {}, 1000)" });
    const create = () => lab.ecs.send(new CreateClusterCommand({ clusterName: "short-lived" }));
    const [one, two] = [await create(), await create()];
    const taskDefinition = await lab.define([{ ...container, command: ["node", "/main.js"] }], "long");
    const run = () => lab.ecs.send(new RunTaskCommand({ taskDefinition, cluster: "short-lived" }));
    const remove = (cluster: string) => lab.ecs.send(new DeleteClusterCommand({ cluster }));

    assert.equal(one.cluster!.clusterArn, two.cluster!.clusterArn);
    await run();
    await assert.rejects(remove("short-lived"), { name: "ClusterContainsTasksException" });
    await lab.ecs.send(new CreateClusterCommand({ clusterName: "empty" }));
    assert.equal((await remove("empty")).cluster!.status, "INACTIVE");
    await assert.rejects(lab.ecs.send(new RunTaskCommand({ taskDefinition, cluster: "empty" })), {
      name: "ClusterNotFoundException",
      message: "The referenced cluster was inactive.",
    });
    const { clusters, failures } = await lab.ecs.send(
      new DescribeClustersCommand({ clusters: ["empty", "never"] }),
    );
    assert.deepEqual(
      clusters!.map(({ status }) => status),
      ["INACTIVE"],
    );
    assert.deepEqual(
      failures!.map(({ reason }) => reason),
      ["MISSING"],
    );
    const { clusterArns } = await lab.ecs.send(new ListClustersCommand({}));
    assert.deepEqual(
      clusterArns!.map((arn) => arn.split("/").at(-1)),
      ["default", "short-lived"],
    );
  });
});
