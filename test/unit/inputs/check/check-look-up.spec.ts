import assert from "node:assert/strict";
import { checkLookUp } from "../../../../src/inputs/check/check-look-up";

const ARN = "arn:aws:ecs:eu-central-1:123456789012:task/prod/0123456789abcdef0123456789abcdef";

describe("checkLookUp", () => {
  it("finds nothing wrong with what each look-up is for, and leaves ARNs and digests to whoever reads them", () => {
    const region = "eu-central-1";
    const found = [
      checkLookUp("getTask", { taskArn: ARN, region }),
      checkLookUp("getTask", { taskArn: "" }),
      checkLookUp("getRunningImages", { cluster: "prod", endpoint: "http://127.0.0.1:1" }),
      checkLookUp("getTasksByImageDigest", { imageDigest: "latest", askRegistry: true, family: "app" }),
    ];

    assert.deepStrictEqual(found, [[], [], [], []]);
  });

  it("names each thing that is wrong", () => {
    const failures = checkLookUp("getTasksByImageDigest", { digest: ARN, serviceName: 1 });

    assert.deepStrictEqual(
      failures.map(({ property }) => property),
      ["imageDigest", "digest", "serviceName"],
    );
  });
});
