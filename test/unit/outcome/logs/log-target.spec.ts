import assert from "node:assert/strict";
import type { ContainerDefinition, TaskDefinition } from "@aws-sdk/client-ecs";
import { logTargets } from "../../../../src/outcome/logs/log-target";

const options = { "awslogs-group": "/shop/app", "awslogs-stream-prefix": "ecs" };
const withLogs = (logConfiguration: ContainerDefinition["logConfiguration"]): ContainerDefinition => ({
  name: "app",
  logConfiguration,
});
const arnIn = (partition: string, region: string) => `arn:${partition}:ecs:${region}:1:task/prod/0f3c`;

describe("logTargets", () => {
  it("finds the stream of a container by prefix, name and task id, in the driver's region", () => {
    const definition = {
      containerDefinitions: [
        withLogs({ logDriver: "awslogs", options: { ...options, "awslogs-region": "eu-west-1" } }),
      ],
    };

    const { app } = logTargets(definition, arnIn("aws", "eu-central-1"));

    assert.deepStrictEqual(
      [app?.logGroup, app?.logStream, app?.region],
      ["/shop/app", "ecs/app/0f3c", "eu-west-1"],
    );
    assert.equal(
      app?.consoleUrl,
      "https://console.aws.amazon.com/cloudwatch/home?region=eu-west-1#logsV2:log-groups/log-group/$252Fshop$252Fapp/log-events/ecs$252Fapp$252F0f3c",
    );
  });

  it("links to the console of the task's partition", () => {
    const definition = { containerDefinitions: [withLogs({ logDriver: "awslogs", options })] };

    const host = (partition: string, region: string) =>
      new URL(logTargets(definition, arnIn(partition, region)).app?.consoleUrl ?? "").host;

    assert.equal(host("aws-cn", "cn-north-1"), "console.amazonaws.cn");
    assert.equal(host("aws-us-gov", "us-gov-west-1"), "console.amazonaws-us-gov.com");
    assert.equal(host("aws-eusc", "eusc-de-east-1"), "console.amazonaws-eusc.eu");
  });

  it("knows no stream for other drivers, without a prefix, or without a task definition", () => {
    const noPrefix = withLogs({ logDriver: "awslogs", options: { "awslogs-group": "g" } });
    const other = withLogs({ logDriver: "awsfirelens", options });

    const names = (definition: TaskDefinition | undefined) =>
      Object.keys(logTargets(definition, arnIn("aws", "r")));
    assert.deepStrictEqual(names({ containerDefinitions: [noPrefix, other] }), []);
    assert.deepStrictEqual(names(undefined), []);
  });

  it("takes no name for what every object has", () => {
    const proto = { ...withLogs({ logDriver: "awslogs", options }), name: "__proto__" };
    const targets = logTargets({ containerDefinitions: [proto] }, arnIn("aws", "r"));

    assert.deepStrictEqual(Object.keys(targets), ["__proto__"]);
    assert.ok(targets.__proto__?.logStream.includes("__proto__"));
    assert.equal(targets.constructor, undefined);
  });

  it("links to the console of AWS itself from a partition that it does not know", () => {
    const definition = { containerDefinitions: [withLogs({ logDriver: "awslogs", options })] };

    const { app } = logTargets(definition, arnIn("aws-iso", "us-iso-east-1"));

    assert.equal(new URL(app?.consoleUrl ?? "").host, "console.aws.amazon.com");
  });
});
