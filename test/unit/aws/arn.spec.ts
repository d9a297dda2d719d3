import assert from "node:assert/strict";
import {
  clusterArnOfTask,
  clusterOfTask,
  familyOf,
  isBareFamily,
  parseArn,
  sameReference,
  clusterName,
} from "../../../src/aws/arn";

const TASK = "arn:aws:ecs:eu-central-1:123456789012:task";

describe("an ARN", () => {
  it("is read into its parts, with colons left in the resource", () => {
    assert.deepStrictEqual(parseArn("arn:aws-cn:ecs:cn-north-1:1:task-definition/app:41"), {
      partition: "aws-cn",
      service: "ecs",
      region: "cn-north-1",
      accountId: "1",
      resource: "task-definition/app:41",
    });
  });

  for (const text of [
    "app:41",
    "a:b:c:d:e:f",
    "arn::ecs:r:1:x",
    "arn:aws::r:1:x",
    "arn:aws:ecs",
    "arn:aws:ecs:r",
  ])
    it(`is not "${text}"`, () => {
      assert.equal(parseArn(text), undefined);
    });
});

describe("the cluster of a task", () => {
  for (const { arn, cluster } of [
    { arn: `${TASK}/prod/0f3c`, cluster: "prod" },
    { arn: `${TASK}/0f3c`, cluster: "default" },
    { arn: `${TASK}/prod/`, cluster: undefined },
    { arn: TASK, cluster: undefined },
    { arn: `${TASK}/a/b/c`, cluster: undefined },
    { arn: "arn:aws:ecs:eu-central-1:1:cluster/prod", cluster: undefined },
    { arn: "arn:aws:batch:eu-central-1:1:task/prod/0f3c", cluster: undefined },
    { arn: "task/prod/0f3c", cluster: undefined },
  ])
    it(`is ${cluster ?? "none"} for ${arn}`, () => {
      assert.equal(clusterOfTask(arn), cluster);
    });
});

describe("the ARN of a task's cluster", () => {
  it("is in the same partition, region and account, and is none for what is no task's ARN", () => {
    const taskArn = "arn:aws-cn:ecs:cn-north-1:1:task/prod/0f3c";

    assert.equal(clusterArnOfTask(taskArn), "arn:aws-cn:ecs:cn-north-1:1:cluster/prod");
    assert.equal(clusterArnOfTask("0f3c"), undefined);
    assert.equal(clusterArnOfTask("arn:aws:ecs:a:1:cluster/prod"), undefined);
  });
});

describe("the name in a reference", () => {
  it("is the same for a name and its ARN, and for nothing else's ARN", () => {
    assert.equal(clusterName("arn:aws:ecs:eu-central-1:1:cluster/prod"), "prod");
    assert.equal(
      clusterName("arn:aws:ecs:eu-central-1:1:service/prod"),
      "arn:aws:ecs:eu-central-1:1:service/prod",
    );
    assert.equal(familyOf("arn:aws:ecs:eu-central-1:1:task-definition/app:41"), "app");
    assert.equal(isBareFamily("arn:aws:ecs:eu-central-1:1:task-definition/app"), true);
    assert.equal(isBareFamily("app:41"), false);
  });

  it("says as much as both references say: two ARNs differ in region and account, a name matches either", () => {
    const [one, other] = ["arn:aws:ecs:a:1:cluster/prod", "arn:aws:ecs:b:1:cluster/prod"];

    assert.equal(sameReference(one, other, clusterName), false);
    assert.equal(sameReference(one, "prod", clusterName), true);
    assert.equal(sameReference("prod", other, clusterName), true);
    assert.equal(sameReference("prod", "test", clusterName), false);
  });
});
