import assert from "node:assert/strict";
import {
  CreateClusterCommand,
  DeleteClusterCommand,
  DescribeClustersCommand,
  ListClustersCommand,
  RunTaskCommand,
} from "@aws-sdk/client-ecs";
import { startBench, type Bench } from "./support/bench";
import { conforms } from "./support/conforms";

describe("clusters", () => {
  let bench: Bench;
  before(async () => {
    bench = await startBench();
  });

  const create = async () => {
    const clusterName = bench.unique("cluster");
    return (await bench.ecs.send(new CreateClusterCommand({ clusterName }))).cluster!;
  };

  conforms("CreateCluster gives the cluster that is there already", async () => {
    const one = await create();

    const { cluster } = await bench.ecs.send(new CreateClusterCommand({ clusterName: one.clusterName }));

    assert.equal(cluster!.clusterArn, one.clusterArn);
    assert.equal(cluster!.status, "ACTIVE");
  });

  conforms("DescribeClusters answers MISSING for a cluster that never was", async () => {
    const { clusters, failures } = await bench.ecs.send(
      new DescribeClustersCommand({ clusters: [bench.unique("never")] }),
    );

    assert.deepEqual([clusters, failures!.map(({ reason }) => reason)], [[], ["MISSING"]]);
  });

  conforms("a deleted cluster is INACTIVE, and listed no more", async () => {
    const { clusterArn } = await create();

    const { cluster } = await bench.ecs.send(new DeleteClusterCommand({ cluster: clusterArn }));

    assert.equal(cluster!.status, "INACTIVE");
    const { clusters } = await bench.ecs.send(new DescribeClustersCommand({ clusters: [clusterArn!] }));
    assert.deepEqual(
      clusters!.map(({ status }) => status),
      ["INACTIVE"],
    );
    const { clusterArns } = await bench.ecs.send(new ListClustersCommand({}));
    assert.ok(!clusterArns!.includes(clusterArn!));
  });

  conforms("RunTask refuses a deleted cluster", async () => {
    const { clusterArn } = await create();
    const taskDefinition = await bench.define();
    await bench.ecs.send(new DeleteClusterCommand({ cluster: clusterArn }));

    const answer = bench.ecs.send(
      new RunTaskCommand({ cluster: clusterArn, taskDefinition, ...bench.fargate }),
    );

    await assert.rejects(answer, { name: "ClusterNotFoundException" });
  });

  conforms("DeleteCluster refuses while tasks are active", async () => {
    const { clusterArn } = await create();
    await bench.run(await bench.define(), { cluster: clusterArn });

    const answer = bench.ecs.send(new DeleteClusterCommand({ cluster: clusterArn }));

    await assert.rejects(answer, { name: "ClusterContainsTasksException" });
  });
});
