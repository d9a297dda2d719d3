import assert from "node:assert/strict";
import fc from "fast-check";
import { manifestDigestsIn } from "../../../src/registry/image-index";

describe("manifestDigestsIn", () => {
  it("gives the digests of an index, in their order", () => {
    fc.assert(
      fc.property(fc.array(fc.stringMatching(/^sha256:[0-9a-f]{8}$/)), (digests) => {
        const index = JSON.stringify({ schemaVersion: 2, manifests: digests.map((digest) => ({ digest })) });

        assert.deepStrictEqual(manifestDigestsIn(index), digests);
      }),
    );
  });

  for (const { name, text } of [
    { name: "the manifest of one platform", text: '{"config":{"digest":"sha256:1"},"layers":[]}' },
    { name: "entries that are none", text: '{"manifests":[null,{},{"digest":1},"sha256:1"]}' },
    { name: "another kind of manifests", text: '{"manifests":{"digest":"sha256:1"}}' },
    { name: "JSON that is no object", text: "[]" },
    { name: "no JSON", text: "<html>" },
  ])
    it(`finds none in ${name}`, () => {
      assert.deepStrictEqual(manifestDigestsIn(text), []);
    });
});
