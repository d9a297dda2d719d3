import assert from "node:assert/strict";
import {
  DeregisterTaskDefinitionCommand,
  DescribeTaskDefinitionCommand,
  ListTaskDefinitionFamiliesCommand,
  ListTaskDefinitionsCommand,
  paginateListTaskDefinitions,
} from "@aws-sdk/client-ecs";
import { startBench, type Bench } from "./support/bench";
import { conforms } from "./support/conforms";
import { image } from "./support/image";

describe("task definitions", () => {
  let bench: Bench;
  before(async () => {
    bench = await startBench();
  });

  const describeIt = async (taskDefinition: string) =>
    (await bench.ecs.send(new DescribeTaskDefinitionCommand({ taskDefinition }))).taskDefinition!;

  conforms("a family without revision is its latest active one", async () => {
    const family = bench.unique("family");
    const [one, two] = [await bench.define({ family }), await bench.define({ family })];
    const before = (await describeIt(family)).taskDefinitionArn;

    await bench.ecs.send(new DeregisterTaskDefinitionCommand({ taskDefinition: two }));

    assert.equal(before, two);
    assert.equal((await describeIt(family)).taskDefinitionArn, one);
    assert.equal((await describeIt(two)).status, "INACTIVE");
  });

  conforms("DescribeTaskDefinition says which one it cannot find", async () => {
    await assert.rejects(describeIt(bench.unique("never")), {
      name: "ClientException",
      message: "Unable to describe task definition.",
    });
  });

  conforms("ListTaskDefinitions lists active revisions of exactly that family, newest last", async () => {
    const familyPrefix = bench.unique("listed");
    await bench.define({ family: `${familyPrefix}-longer` });
    const arns = [];
    for (let count = 0; count < 3; count += 1) arns.push(await bench.define({ family: familyPrefix }));
    await bench.ecs.send(new DeregisterTaskDefinitionCommand({ taskDefinition: arns[1] }));

    const { taskDefinitionArns } = await bench.ecs.send(new ListTaskDefinitionsCommand({ familyPrefix }));
    const reversed = await bench.ecs.send(new ListTaskDefinitionsCommand({ familyPrefix, sort: "DESC" }));
    const inactive = await bench.ecs.send(
      new ListTaskDefinitionsCommand({ familyPrefix, status: "INACTIVE" }),
    );

    assert.deepEqual(taskDefinitionArns, [arns[0], arns[2]]);
    assert.deepEqual(reversed.taskDefinitionArns, [arns[2], arns[0]]);
    assert.deepEqual(inactive.taskDefinitionArns, [arns[1]]);
  });

  conforms("ListTaskDefinitions gives pages of the size asked for", async () => {
    const familyPrefix = bench.unique("paged");
    const arns = [];
    for (let count = 0; count < 3; count += 1) arns.push(await bench.define({ family: familyPrefix }));

    const pages = [];
    for await (const { taskDefinitionArns } of paginateListTaskDefinitions(
      { client: bench.ecs, pageSize: 2 },
      { familyPrefix },
    ))
      pages.push(taskDefinitionArns);

    assert.deepEqual(pages, [arns.slice(0, 2), arns.slice(2)]);
  });

  conforms("ListTaskDefinitionFamilies knows families without an active revision", async () => {
    const familyPrefix = bench.unique("families");
    const [gone, kept] = [`${familyPrefix}-gone`, `${familyPrefix}-kept`];
    await bench.ecs.send(
      new DeregisterTaskDefinitionCommand({ taskDefinition: await bench.define({ family: gone }) }),
    );
    await bench.define({ family: kept });

    const list = async (status?: "ACTIVE" | "INACTIVE") =>
      (await bench.ecs.send(new ListTaskDefinitionFamiliesCommand({ familyPrefix, status }))).families;

    assert.deepEqual(await list(), [gone, kept]);
    assert.deepEqual(await list("ACTIVE"), [kept]);
    assert.deepEqual(await list("INACTIVE"), [gone]);
  });

  conforms("RegisterTaskDefinition refuses Fargate without task size", async () => {
    await assert.rejects(bench.define({ cpu: undefined }), { name: "ClientException", message: /'cpu'/ });
  });

  conforms("RegisterTaskDefinition refuses a container without memory on EC2", async () => {
    const answer = bench.define({
      requiresCompatibilities: ["EC2"],
      networkMode: "bridge",
      memory: undefined,
      containerDefinitions: [{ name: "app", image }],
    });

    await assert.rejects(answer, { name: "ClientException", message: /'memory' or 'memoryReservation'/ });
  });

  conforms("RegisterTaskDefinition refuses when no container is essential", async () => {
    const answer = bench.define({ containerDefinitions: [{ ...bench.shell(), essential: false }] });

    await assert.rejects(answer, { name: "ClientException", message: /essential/ });
  });
});
