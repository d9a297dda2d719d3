import assert from "node:assert/strict";
import { accountOf } from "../../../src/api/local-ecs-options";
import { ecsArn } from "../../../src/state/arn";
import { logStreamArn } from "../../../src/operations/logs/log-group";

describe("an ARN of the local ECS", () => {
  const partitions: readonly (readonly [region: string, partition: string])[] = [
    ["eu-west-1", "aws"],
    ["cn-north-1", "aws-cn"],
    ["us-gov-west-1", "aws-us-gov"],
    ["eusc-de-east-1", "aws-eusc"],
    ["us-iso-east-1", "aws-iso"],
    ["us-isob-east-1", "aws-iso-b"],
    ["eu-isoe-west-1", "aws-iso-e"],
    ["us-isof-south-1", "aws-iso-f"],
  ];
  for (const [region, partition] of partitions)
    it(`is of ${partition} in ${region}`, () => {
      const account = accountOf({ region });

      assert.equal(ecsArn(account, "cluster/c"), `arn:${partition}:ecs:${region}:123456789012:cluster/c`);
      assert.equal(
        logStreamArn(account, "g", "s"),
        `arn:${partition}:logs:${region}:123456789012:log-group:g:log-stream:s`,
      );
    });
});
