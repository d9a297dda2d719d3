import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { registered } from "../support/registered";

describe("the example fargate-service", () => {
  it("migrates with the service's own task definition and network, and lets the service wait for it", async () => {
    pulumi.runtime.setAllConfig({ "project:image": "shop@sha256:1", "project:subnets": '["subnet-1"]' });

    const resources = await registered(() => {
      // eslint-disable-next-line @typescript-eslint/no-require-imports -- the program runs when it is loaded
      const program = require("../../examples/fargate-service/index") as Record<
        string,
        pulumi.Output<unknown>
      >;
      assert.deepStrictEqual(Object.keys(program).sort(), ["imageDigests", "serviceName"]);
      return Object.values(program);
    });

    const named = (type: RegExp) => resources.find((each) => type.test(each.type));
    const migrate = named(/ecs:Task$/);
    const service = named(/service:Service$/);
    assert.ok(migrate && service);
    assert.deepStrictEqual(migrate.inputs.taskDefinition, "arn:shop");
    for (const name of ["cluster", "taskDefinition", "networkConfiguration", "launchType", "tags"])
      assert.deepStrictEqual(migrate.inputs[name], service.inputs[name], name);
    assert.ok(resources.indexOf(service) > resources.indexOf(migrate), "the service did not wait");
  });
});
