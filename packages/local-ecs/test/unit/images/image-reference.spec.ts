import assert from "node:assert/strict";
import { parseImageReference } from "../../../src/images/image-reference";

const digest = `sha256:${"a".repeat(64)}`;

describe("parseImageReference", () => {
  const references: readonly [string, string, string | undefined, string | undefined][] = [
    ["shop/migrate:1", "shop/migrate", "1", undefined],
    ["shop/migrate", "shop/migrate", "latest", undefined],
    ["localhost:5000/migrate", "localhost:5000/migrate", "latest", undefined],
    ["localhost:5000/migrate:2", "localhost:5000/migrate", "2", undefined],
    [`shop/migrate@${digest}`, "shop/migrate", undefined, digest],
    [`shop/migrate:1@${digest}`, "shop/migrate", "1", digest],
  ];
  for (const [reference, repository, tag, itsDigest] of references)
    it(`takes ${reference} apart`, () => {
      assert.deepEqual(parseImageReference(reference), { repository, tag, digest: itsDigest });
    });
});
