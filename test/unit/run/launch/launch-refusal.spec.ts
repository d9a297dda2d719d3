import assert from "node:assert/strict";
import { EcsApiError } from "../../../../src/aws/ecs-gateway";
import { refused } from "../../../../src/run/launch/launch-refusal";
import { normaliseInputs } from "../../../../src/inputs/normalise-inputs";
import type { TaskInputs } from "../../../../src/inputs/task-inputs";

const noInstances = new EcsApiError({
  operation: "RunTask",
  kind: "rejected",
  code: "InvalidParameterException",
  message: "No Container Instances were found in your cluster.",
});

function messageFor(inputs: Partial<TaskInputs>): string {
  const normal = normaliseInputs({ taskDefinition: "app:1", ...inputs });
  return refused(normal, noInstances).message;
}

describe("a launch that ECS refuses for want of container instances", () => {
  it("says what to set for Fargate, where no launch type was asked for", () => {
    assert.match(
      messageFor({}),
      /were found in your cluster\. .* for Fargate set launchType: "FARGATE"\. Nothing was started\.$/,
    );
  });

  it("says nothing of Fargate where EC2 was asked for", () => {
    assert.doesNotMatch(messageFor({ launchType: "EC2" }), /FARGATE/);
  });
});
