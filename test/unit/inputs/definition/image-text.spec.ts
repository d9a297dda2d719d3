import assert from "node:assert/strict";
import { digestChange, imageChange, imageText } from "../../../../src/inputs/definition/image-text";

const ONE = `sha256:${"0123456789abcdef".repeat(4)}`;
const TWO = `sha256:${"fedcba9876543210".repeat(4)}`;
const ECR = "123456789012.dkr.ecr.eu-central-1.amazonaws.com/";

const CHANGES: readonly (readonly [before: string, after: string, change: string | undefined])[] = [
  ["shop/app:41", "shop/app:42", "shop/app:41 -> :42"],
  [`${ECR}shop/app:41`, `${ECR}shop/app:42`, "shop/app:41 -> :42"],
  [`${ECR}shop/app@${ONE}`, `${ECR}shop/app@${TWO}`, "shop/app@sha256:0123456789ab -> @sha256:fedcba987654"],
  [`app:1@${ONE}`, `app:1@${TWO}`, "app:1@sha256:0123456789ab -> :1@sha256:fedcba987654"],
  ["app:1", `app@${ONE}`, "app:1 -> @sha256:0123456789ab"],
  ["shop/app:1", "shop/api:1", "shop/app:1 -> shop/api:1"],
  ["localhost:5000/app:1", "localhost:5000/app:2", "app:1 -> :2"],
  ["localhost:5000/app:1", "ghcr.io/app:1", "localhost:5000/app:1 -> ghcr.io/app:1"],
  ["app:1", "ghcr.io/app:1", "app:1 -> ghcr.io/app:1"],
  ["app", "app:2", "app:latest -> :2"],
  ["app", "app:latest", undefined],
  ["app:1", "app:1", undefined],
  ["", "app:1", ":latest -> app:1"],
];

describe("the text of an image", () => {
  for (const [before, after, change] of CHANGES)
    it(`is ${change ?? "nothing"} for ${before.slice(0, 60)} and ${after.slice(0, 60)}`, () => {
      assert.equal(imageChange(before, after), change);
    });

  it("has no host, and the beginning of its digest", () => {
    assert.equal(imageText(`${ECR}shop/app@${ONE}`), "shop/app@sha256:0123456789ab");
    assert.equal(imageText("app"), "app:latest");
  });

  it("is short, whatever the image is called", () => {
    assert.ok((imageChange(`${"a".repeat(500)}:1`, `b:${"2".repeat(500)}`) ?? "").length < 200);
  });

  it("shows digests, and no other value", () => {
    assert.equal(digestChange(ONE, TWO), " sha256:0123456789ab -> sha256:fedcba987654");
    for (const [before, after] of [
      ["hunter2", TWO],
      [ONE, "hunter2"],
      [undefined, TWO],
      [ONE, { secret: 1 }],
    ])
      assert.equal(digestChange(before, after), "");
  });
});
