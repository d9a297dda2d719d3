import assert from "node:assert/strict";
import { RegistryError, type ManifestSource } from "../../../src/registry/manifest-source";
import { askRegistries } from "../../../src/lookup/ask-registries";

const index = (...digests: string[]) =>
  Buffer.from(JSON.stringify({ manifests: digests.map((digest) => ({ digest })) }));
const at = (registry: string) => ({ registry, path: "app" });

/** Registries that hold these manifests by their digests, and refuse when their host is `closed`. */
function registries(manifests: Readonly<Record<string, Buffer>>) {
  const asked: string[] = [];
  const source: ManifestSource = {
    manifest({ registry }, digest) {
      asked.push(`${registry} ${digest}`);
      if (registry === "closed") return Promise.reject(new RegistryError("denied", "it answered 403"));
      return Promise.resolve(manifests[digest]!);
    },
  };
  return { asked, source };
}

describe("askRegistries", () => {
  it("finds the indexes that hold the digest, and says how far it is", async () => {
    const { source } = registries({ one: index("x", "wanted"), two: index("x"), three: index("wanted") });
    const candidates = ["one", "two", "three"].map((imageDigest) => ({
      imageDigest,
      repositories: [at("open")],
    }));
    const done: number[] = [];

    const answers = await askRegistries(
      { source, onAnswer: (count) => done.push(count) },
      "wanted",
      candidates,
    );

    assert.deepStrictEqual(answers, { imageIndexDigests: ["one", "three"], unanswered: [] });
    assert.deepStrictEqual(done, [1, 2, 3]);
  });

  it("goes on to the next repository of an image, and asks none after one has answered", async () => {
    const { source, asked } = registries({ one: index("wanted") });
    const repositories = [at("closed"), at("open"), at("another")];

    const answers = await askRegistries({ source }, "wanted", [{ imageDigest: "one", repositories }]);

    assert.deepStrictEqual(answers, { imageIndexDigests: ["one"], unanswered: [] });
    assert.deepStrictEqual(asked, ["closed one", "open one"]);
  });

  it("says what nobody answered, and of which image there is no name", async () => {
    const { source } = registries({});
    const candidates = [
      { imageDigest: "one", repositories: [at("closed")] },
      { imageDigest: "two", repositories: [] },
    ];

    const { imageIndexDigests, unanswered } = await askRegistries({ source }, "wanted", candidates);

    assert.deepStrictEqual(imageIndexDigests, []);
    assert.deepStrictEqual(unanswered, [
      { imageDigest: "one", repository: "closed/app", reason: "denied", message: "it answered 403" },
      {
        imageDigest: "two",
        reason: "rejected",
        message: "ECS does not name the image by which a registry could be asked",
      },
    ]);
  });

  it("fails on what is no answer of a registry", async () => {
    const source: ManifestSource = { manifest: () => Promise.reject(new TypeError("a bug")) };
    const candidates = [{ imageDigest: "one", repositories: [at("open")] }];

    await assert.rejects(askRegistries({ source }, "wanted", candidates), new TypeError("a bug"));
  });
});
