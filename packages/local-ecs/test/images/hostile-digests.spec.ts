import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startLab, type Lab } from "../support/lab";

const types = {
  index: "application/vnd.oci.image.index.v1+json",
  manifest: "application/vnd.oci.image.manifest.v1+json",
  config: "application/vnd.oci.image.config.v1+json",
  layer: "application/vnd.oci.image.layer.v1.tar",
};
const zeros = "0".repeat(64);

/** What is no digest; the first three lead from where images are unpacked to the victim. */
const hostile: readonly unknown[] = [
  "../../victim",
  "sha256:/../../../victim",
  "sha256:../../../victim",
  "sha256:ABC",
  `sha256:${"A".repeat(64)}`,
  `sha256:${"0".repeat(63)}`,
  `sha256:${zeros}0`,
  `sha256:${zeros}\n`,
  `md5:${zeros}`,
  zeros,
  "",
  7,
  null,
  undefined,
];

describe("an image with a digest that is none", function () {
  // Real processes: generous where the machine is busy, met at once where it is not.
  this.timeout(20_000);
  let folder: string;
  let victim: string;
  let lab: Lab;
  let registry: Server;
  const served = new Map<string, Buffer>();

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "hostile-"));
    victim = join(folder, "victim");
    lab = await startLab({ dataDir: folder });
    registry = createServer((request, response) => {
      const content = served.get(request.url!.split("/").at(-1)!);
      response.writeHead(content === undefined ? 404 : 200, { "content-type": types.manifest }).end(content);
    });
    await new Promise<void>((resolve) => registry.listen(0, "127.0.0.1", resolve));
  });
  beforeEach(async () => {
    await mkdir(victim, { recursive: true });
    await writeFile(join(victim, "precious"), "precious");
    served.clear();
    await rm(lab.layout, { recursive: true, force: true });
    await mkdir(join(lab.layout, "blobs/sha256"), { recursive: true });
  });
  afterEach("the victim is whole", async () => {
    assert.equal(await readFile(join(victim, "precious"), "utf8"), "precious");
  });
  after(async () => {
    await lab.close();
    registry.close();
    registry.closeAllConnections();
    await rm(folder, { recursive: true, force: true });
  });

  /** Puts content into the layout and the registry. @returns its descriptor. */
  const put = async (mediaType: string, content: object): Promise<object> => {
    const bytes = Buffer.from(JSON.stringify({ mediaType, ...content }));
    const hex = createHash("sha256").update(bytes).digest("hex");
    await writeFile(join(lab.layout, "blobs/sha256", hex), bytes);
    served.set(`sha256:${hex}`, bytes);
    return { mediaType, digest: `sha256:${hex}`, size: bytes.length };
  };
  /** Gives an image a name in the layout and a tag in the registry. */
  const name = async (image: object): Promise<void> => {
    const annotations = { "org.opencontainers.image.ref.name": "hostile:1" };
    await writeFile(
      join(lab.layout, "index.json"),
      JSON.stringify({ manifests: [{ ...image, annotations }] }),
    );
    const content = served.get((image as { readonly digest: string }).digest);
    if (content !== undefined) served.set("1", content);
  };
  const reasonOf = async (image: string): Promise<string> => {
    const { containers, stopCode } = await lab.runToEnd([{ name: "app", image, command: ["true"] }]);
    assert.equal(stopCode, "TaskFailedToStart");
    return containers![0]!.reason!;
  };
  const inRegistry = (): string => `127.0.0.1:${(registry.address() as AddressInfo).port}/team/hostile:1`;

  /** Each takes the digest to where it enters. */
  const doors: Readonly<Record<string, (digest: unknown) => Promise<object>>> = {
    "an index in an image": async (digest) =>
      put(types.index, { manifests: [{ mediaType: types.manifest, digest, size: 1 }] }),
    "the configuration of a manifest": async (digest) =>
      put(types.manifest, { config: { mediaType: types.config, digest, size: 1 }, layers: [] }),
    "a layer of a manifest": async (digest) =>
      put(types.manifest, {
        config: await put(types.config, {}),
        layers: [{ mediaType: types.layer, digest, size: 1 }],
      }),
  };

  it("is refused where the index of a layout names it, and removes nothing", async () => {
    for (const digest of hostile) {
      await name({ mediaType: types.manifest, digest, size: 1 });

      const reason = await reasonOf("hostile:1");
      assert.ok(reason.startsWith("CannotPullImageManifestError: "), reason);
      assert.ok(reason.includes(`${join(lab.layout, "index.json")} `), reason);
      assert.match(reason, /is no digest|has no digest/);
    }
  });

  for (const [door, make] of Object.entries(doors))
    it(`is refused where ${door} names it, in a layout and in a registry`, async () => {
      for (const digest of hostile) {
        await name(await make(digest));

        for (const image of ["hostile:1", inRegistry()]) {
          const reason = await reasonOf(image);
          assert.ok(reason.startsWith("CannotPullContainerError: "), reason);
          assert.match(reason, /is no digest|has no digest/);
          assert.ok(reason.includes(image === "hostile:1" ? lab.layout : image.slice(0, -2)), reason);
        }
      }
    });

  it("is shown shortened and without control characters", async () => {
    await name({ mediaType: types.manifest, digest: `\u001b[2J\u009b\u202e${"x".repeat(5000)}`, size: 1 });

    const reason = await reasonOf("hostile:1");
    assert.ok(reason.includes(String.raw`"\u001b[2J\u009b\u202exxx`), reason);
    assert.ok(reason.length < 500, reason);
    assert.doesNotMatch(reason, /\p{C}/u);
  });

  it("does not hide the other images of its layout", async () => {
    const { digest } = await lab.image("good:1", {}, { Cmd: ["true"] });
    const path = join(lab.layout, "index.json");
    const index = JSON.parse(await readFile(path, "utf8")) as { manifests: object[] };
    const sha512 = { mediaType: types.manifest, digest: `sha512:${zeros}${zeros}`, size: 1 };
    await writeFile(path, JSON.stringify({ manifests: [sha512, null, {}, ...index.manifests] }));

    const { containers } = await lab.runToEnd([{ name: "app", image: "good:1" }]);
    assert.deepEqual([containers![0]!.imageDigest, containers![0]!.exitCode], [digest, 0]);
  });

  it("is refused where a task definition names it", async () => {
    for (const digest of ["sha256:ABC", "../../victim", `md5:${zeros}`, `sha256:${zeros}@sha256:${zeros}`])
      for (const image of [`hostile@${digest}`, `${inRegistry()}@${digest}`]) {
        const reason = await reasonOf(image);
        assert.ok(reason.startsWith("CannotPullContainerError: invalid reference format: "), reason);
      }
  });

  const shapes: readonly (readonly [string, object | string])[] = [
    ["null", "null"],
    ["a list", []],
    ["an object without manifests", {}],
    ["manifests that are no list", { manifests: 7 }],
    ["half a document", '{"manifests"'],
  ];
  for (const [what, content] of shapes)
    it(`is refused with the file's name where its index is ${what}`, async () => {
      const path = join(lab.layout, "index.json");
      await writeFile(path, typeof content === "string" ? content : JSON.stringify(content));

      const reason = await reasonOf("hostile:1");
      assert.ok(reason.startsWith(`CannotPullImageManifestError: ${path} `), reason);
      assert.doesNotMatch(reason, /undefined|TypeError|Cannot read/);
    });
});
