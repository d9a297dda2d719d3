import assert from "node:assert/strict";
import { CreateClusterCommand } from "@aws-sdk/client-ecs";
import * as pulumi from "@pulumi/pulumi";
import { startLab, type Lab } from "../support/lab";
import { eventually } from "../support/eventually";
import { registered, type Registered } from "../support/registered";

const REPOSITORY = "123456789012.dkr.ecr.us-east-1.amazonaws.com/shop";

describe("the example build-migrate-deploy", () => {
  let lab: Lab;
  let digest: string;
  let resources: readonly Registered[];
  let outputs: Record<string, unknown>;

  before(async () => {
    lab = await startLab();
    const files = { "main.mjs": "setInterval(() => {}, 1000);" };
    ({ digest } = await lab.image(`${REPOSITORY}:1`, files, { Cmd: ["node", "main.mjs"] }));
    await lab.ecs.send(new CreateClusterCommand({ clusterName: "shop" }));
    const taskDefinition = await lab.define([{ name: "app", image: `${REPOSITORY}@${digest}` }]);
    for (const serviceName of ["shop", "another"])
      lab.local.seedService({ serviceName, cluster: "shop", taskDefinition, desiredCount: 2 });
    await eventually(() => lab.local.tasks.all().every(({ lastStatus }) => lastStatus === "RUNNING"));
    pulumi.runtime.setAllConfig({
      "project:imageDigest": digest,
      "project:repository": "shop",
      "project:cluster": "shop",
      "project:logGroup": "/shop",
      "project:executionRoleArn": "arn:aws:iam::123456789012:role/shop-execution",
      "project:subnets": '["subnet-1"]',
      "aws:region": lab.local.region,
      "aws:accessKey": "test",
      "aws:secretKey": "test",
      "aws:endpoints": JSON.stringify([{ ecs: lab.local.url }]),
    });
    const isRepository = (token: string) => token === "aws:ecr/getRepository:getRepository";
    resources = await registered(
      () => {
        // eslint-disable-next-line @typescript-eslint/no-require-imports -- the program runs when it is loaded
        const program = require("../../examples/build-migrate-deploy/index") as Record<string, unknown>;
        return [pulumi.output(program).apply((values) => (outputs = values))];
      },
      (token) => (isRepository(token) ? { repositoryUrl: REPOSITORY } : {}),
    );
  });
  after(() => lab.close());

  const named = (type: RegExp) => {
    const resource = resources.find((each) => type.test(each.type));
    assert.ok(resource, `there is no ${String(type)}`);
    return resource;
  };

  it("names the image by the digest that CI built, never by a tag", () => {
    const { containerDefinitions } = named(/taskDefinition:TaskDefinition$/).inputs;
    const [container] = JSON.parse(String(containerDefinitions)) as { name: string; image: string }[];

    assert.deepStrictEqual([container?.name, container?.image], ["app", `${REPOSITORY}@${digest}`]);
  });

  it("migrates with that digest and the service's own task definition and network", () => {
    const [migration, service] = [named(/ecs:Task$/), named(/service:Service$/)];

    assert.deepStrictEqual(migration.inputs.expectedImageDigests, { app: digest });
    assert.equal(migration.inputs.taskDefinition, "arn:shop");
    for (const name of ["cluster", "taskDefinition", "networkConfiguration", "launchType"])
      assert.deepStrictEqual(migration.inputs[name], service.inputs[name], name);
  });

  it("touches the service only after the migration, and waits until the old tasks have gone", () => {
    const [migration, service] = [named(/ecs:Task$/), named(/service:Service$/)];

    assert.ok(resources.indexOf(service) > resources.indexOf(migration), "the service did not wait");
    assert.equal(service.inputs.waitForSteadyState, true);
  });

  it("shows what was built beside what the service runs, which it asks ECS", () => {
    assert.deepStrictEqual([outputs.built, outputs.running], [digest, [digest]]);
  });
});
