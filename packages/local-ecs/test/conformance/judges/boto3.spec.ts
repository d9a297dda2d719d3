import assert from "node:assert/strict";
import { join } from "node:path";
import { CreateClusterCommand, ECSClient, RegisterTaskDefinitionCommand } from "@aws-sdk/client-ecs";
import { allOperations } from "../../../src/operations/all-operations";
import { image, startJudged, type Judged } from "./judged-local";

describe("boto3", function () {
  this.timeout(120_000);
  let judged: Judged;
  before(async function () {
    const started = await startJudged();
    if (started === undefined) this.skip();
    judged = started;
  });
  after(() => (judged as Judged | undefined)?.close());

  it("finds nothing in the answer of any operation that its service model does not have", async () => {
    const { url, region } = judged.local;
    const credentials = { accessKeyId: "local", secretAccessKey: "local" };
    const ecs = new ECSClient({ endpoint: url, region, credentials });
    await ecs.send(new CreateClusterCommand({}));
    const containerDefinitions = [{ name: "app", image, memory: 64, command: ["sh", "-c", "sleep 600"] }];
    await ecs.send(new RegisterTaskDefinitionCommand({ family: "served", containerDefinitions }));
    ecs.destroy();
    const tags = [{ key: "one", value: "1" }];
    const serviceArn = judged.local.seedService({ serviceName: "web", taskDefinition: "served", tags });

    const { stdout } = await judged.call("python", [
      join(__dirname, "boto3_judge.py"),
      url,
      serviceArn,
      image,
    ]);

    const known = [...allOperations.values()].map(({ name }) => name).sort();
    assert.deepEqual(JSON.parse(stdout), known);
  });
});
