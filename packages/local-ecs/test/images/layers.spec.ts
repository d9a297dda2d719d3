import assert from "node:assert/strict";
import { lstatSync, readFileSync, readdirSync, statSync } from "node:fs";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync, zstdCompressSync } from "node:zlib";
import { applyLayer } from "../../src/images/unpack/apply-layer";
import { CASES, file, REFUSED } from "../support/layer-cases";
import { tarOf, type Entry } from "../support/tar-of";
import { treeOf } from "../support/tree-of";

describe("layers of an image", () => {
  let place: string;
  let root: string;

  beforeEach(async () => {
    place = await mkdtemp(join(tmpdir(), "layers-"));
    root = join(place, "images", "root");
    await mkdir(root, { recursive: true });
    await mkdir(join(place, "victim"));
    await writeFile(join(place, "victim", "precious"), "precious");
  });
  afterEach("and nothing outside is touched", async () => {
    assert.deepEqual(readdirSync(place).sort(), ["images", "layer.tar", "victim"]);
    assert.deepEqual(readdirSync(join(place, "victim")), ["precious"]);
    assert.equal(statSync(join(place, "victim", "precious")).nlink, 1);
    await rm(place, { recursive: true });
  });

  async function apply(
    layers: readonly (readonly Entry[])[],
    compress = (bytes: Buffer) => bytes,
  ): Promise<void> {
    for (const layer of layers) {
      const path = join(place, "layer.tar");
      await writeFile(path, compress(tarOf(layer)));
      await applyLayer(path, root);
    }
  }

  for (const { name, layers, becomes } of CASES)
    it(name, async () => {
      await apply(layers);

      assert.deepEqual(treeOf(root), [...becomes].sort());
    });

  for (const { name, layers, why } of REFUSED)
    it(`are refused: ${name}`, async () => {
      await assert.rejects(apply(layers), why);
    });

  for (const [name, compress] of [
    ["gzip", gzipSync],
    ["zstd", zstdCompressSync],
  ] as const)
    it(`may be compressed with ${name}`, async () => {
      await apply([[file("a", "x".repeat(100_000))]], (bytes) => compress(bytes));

      assert.equal(readFileSync(join(root, "a"), "utf8").length, 100_000);
    });

  it("may be of several gzip streams, one behind the other", async () => {
    const bytes = tarOf([file("a"), file("b")]);
    const compress = () => Buffer.concat([gzipSync(bytes.subarray(0, 700)), gzipSync(bytes.subarray(700))]);

    await apply([[]], compress);

    assert.deepEqual(treeOf(root), ["a: a", "b: b"]);
  });

  for (const [name, spoil] of [
    ["that end too early", (bytes: Buffer) => bytes.subarray(0, 700)],
    ["whose compression is damaged", (bytes: Buffer) => gzipSync(bytes).subarray(0, 40)],
    ["with a wrong checksum", (bytes: Buffer) => Buffer.concat([Buffer.from("X"), bytes.subarray(1)])],
    ["that are no archive", () => Buffer.from("no archive ".repeat(100))],
  ] as const)
    it(`are refused: archives ${name}`, async () => {
      await assert.rejects(apply([[file("a", "x".repeat(2000))]], spoil));
    });

  it("keep permissions, as far as their user can still replace them", async () => {
    await apply([
      [
        { ...file("run"), mode: 0o4755 },
        { ...file("secret"), mode: 0o400 },
        { path: "d/", mode: 0o511 },
      ],
    ]);

    const mode = (path: string) => (lstatSync(join(root, path)).mode & 0o7777).toString(8);
    assert.deepEqual([mode("run"), mode("secret"), mode("d")], ["755", "600", "711"]);
  });
});
