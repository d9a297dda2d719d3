import assert from "node:assert/strict";
import type { ContainerImage } from "../../../src/lookup/container-image";
import { indexCandidates } from "../../../src/lookup/index-candidates";

function running(image: string | undefined, imageDigest?: string): ContainerImage {
  return {
    clusterArn: "cluster",
    taskArn: "task",
    taskDefinitionArn: "app:1",
    containerName: "app",
    lastStatus: "RUNNING",
    ...(image === undefined ? {} : { image }),
    ...(imageDigest === undefined ? {} : { imageDigest }),
  };
}

describe("indexCandidates", () => {
  const app = { registry: "r.example.com", path: "shop/app" };
  const copy = { registry: "copy.example.com", path: "shop/app" };

  it("asks once for each digest, wherever it can be had, and not for those that match", () => {
    const candidates = indexCandidates(
      [
        running("r.example.com/shop/app:1", "one"),
        running("r.example.com/shop/app@sha256:1", "one"),
        running("copy.example.com/shop/app", "one"),
        running("r.example.com/shop/app:2", "two"),
        running("r.example.com/shop/app:3", "matching"),
        running("r.example.com/shop/app:4"),
      ],
      ["matching"],
    );

    assert.deepStrictEqual(candidates, [
      { imageDigest: "one", repositories: [app, copy] },
      { imageDigest: "two", repositories: [app] },
    ]);
  });

  it("asks only the repository that is named", () => {
    const containers = [
      running("r.example.com/shop/app:1", "one"),
      running("copy.example.com/shop/app", "one"),
      running("r.example.com/shop/web", "two"),
    ];

    const candidates = indexCandidates(containers, [], "r.example.com/shop/app");

    assert.deepStrictEqual(candidates, [{ imageDigest: "one", repositories: [app] }]);
  });

  it("keeps an image without a name, which may be any", () => {
    const candidates = indexCandidates([running(undefined, "one")], [], "shop/app");

    assert.deepStrictEqual(candidates, [{ imageDigest: "one", repositories: [] }]);
  });
});
