import assert from "node:assert/strict";
import { columnLines } from "../../../src/cli/render/column-lines";
import { imageTable } from "../../../src/cli/render/image-table";

describe("the table of images", () => {
  it("cuts nothing off, and says of what ECS did not tell that it is unknown", () => {
    const task = {
      clusterArn: "arn:aws:ecs:eu-central-1:1:cluster/prod",
      taskArn: "arn:aws:ecs:eu-central-1:1:task/prod/0f3c",
      taskDefinitionArn: "arn:aws:ecs:eu-central-1:1:task-definition/app:1",
    };
    const lines = imageTable([
      {
        ...task,
        group: "service:web",
        containerName: "app",
        lastStatus: "RUNNING",
        image: "shop/app:1",
        imageDigest: `sha256:${"0".repeat(64)}`,
      },
      { ...task, containerName: "proxy", lastStatus: "PENDING" },
    ]);

    assert.deepStrictEqual(lines, [
      "CLUSTER  GROUP        TASK  CONTAINER  STATUS   IMAGE       DIGEST",
      `prod     service:web  0f3c  app        RUNNING  shop/app:1  sha256:${"0".repeat(64)}`,
      "prod     -            0f3c  proxy      PENDING  -           unknown",
    ]);
  });
});

describe("columnLines", () => {
  it("puts the cells of a column below each other, also where rows end early", () => {
    assert.deepStrictEqual(columnLines([["a", "b"], ["long"], []]), ["a     b", "long", ""]);
    assert.deepStrictEqual(columnLines([]), []);
  });
});
