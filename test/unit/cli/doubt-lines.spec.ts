import assert from "node:assert/strict";
import { doubtLines } from "../../../src/cli/render/doubt-lines";
import type { UnansweredImage } from "../../../src/lookup/ask-registries";
import type { ContainerImage } from "../../../src/lookup/container-image";
import { TASK_ARN } from "../../support/builders";

const digest = (digit: string) => `sha256:${digit.repeat(64)}`;
const unknown: ContainerImage = {
  clusterArn: "arn:aws:ecs:eu-central-1:123456789012:cluster/prod",
  taskArn: TASK_ARN,
  taskDefinitionArn: "arn:aws:ecs:eu-central-1:123456789012:task-definition/app:41",
  group: "service:web",
  containerName: "app",
  image: "shop/app:42",
  lastStatus: "PENDING",
};
const unanswered: UnansweredImage = {
  imageDigest: digest("1"),
  repository: "registry.example.com/shop",
  reason: "denied",
  message: "it answered 401 Unauthorized",
};

describe("the doubts of a look-up", () => {
  it("are none when all was settled", () => {
    assert.deepEqual(doubtLines({ unknown: [], unanswered: [], missingTaskArns: [] }), []);
  });

  it("show the containers that have no digest", () => {
    assert.deepEqual(doubtLines({ unknown: [unknown], missingTaskArns: [] }), [
      "1 container has no digest (yet), and may run it:",
      "CLUSTER  GROUP        TASK                              CONTAINER  STATUS   IMAGE        DIGEST",
      "prod     service:web  0123456789abcdef0123456789abcdef  app        PENDING  shop/app:42  unknown",
    ]);
  });

  it("count an image once that two registries did not answer for, and name both", () => {
    const other = { ...unanswered, repository: "copy.example.com/shop" };
    const nameless = {
      imageDigest: digest("2"),
      reason: "rejected",
      message: "ECS names no image of it",
    } as const;

    assert.deepEqual(doubtLines({ unanswered: [unanswered, other, nameless], missingTaskArns: [] }), [
      "2 images that run could not be looked into, and may hold it:",
      `registry.example.com/shop@${digest("1")}  denied: it answered 401 Unauthorized.`,
      `copy.example.com/shop@${digest("1")}      denied: it answered 401 Unauthorized.`,
      `${digest("2")}${" ".repeat(28)}rejected: ECS names no image of it.`,
    ]);
  });

  it("stand apart from each other", () => {
    const lines = doubtLines({
      unknown: [unknown, unknown],
      unanswered: [unanswered],
      missingTaskArns: ["a", "b"],
    });

    assert.deepEqual(
      lines.filter((_, index) => index === 0 || lines[index - 1] === ""),
      [
        "2 containers have no digest (yet), and may run it:",
        "1 image that runs could not be looked into, and may hold it:",
        "2 tasks were listed and then not known any more, or not yet.",
      ],
    );
  });

  it("let nothing that a registry said move the cursor", () => {
    const lines = doubtLines({
      unanswered: [{ ...unanswered, message: "it said\u001b[2J" }],
      missingTaskArns: [],
    });

    assert.ok(lines[1]?.endsWith("denied: it said [2J."), lines[1]);
  });
});
