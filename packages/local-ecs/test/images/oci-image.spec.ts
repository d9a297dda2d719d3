import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  mkdir,
  mkdtemp,
  open,
  readFile,
  readdir,
  realpath,
  rm,
  stat,
  symlink,
  writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as tar from "tar";
import { parseDigest } from "../../src/images/digest";
import { ImagePlaces } from "../../src/images/folders/image-places";
import { blobPath } from "../../src/images/folders/blob-path";
import { OciLayouts } from "../../src/images/folders/oci-layouts";
import { sha256, sha256OfFile } from "../../src/images/sha256";
import { unpackLayers } from "../../src/images/unpack/unpack-layers";
import { tarOf } from "../support/tar-of";
import { writeOciImage, type ImageFiles } from "../../src/images/write-oci-image";

describe("OCI images", function () {
  // Real processes: generous where the machine is busy, met at once where it is not.
  this.timeout(10_000);
  let folder: string;
  let layout: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "oci-"));
    layout = join(folder, "layout");
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const write = (reference: string, files: ImageFiles | readonly ImageFiles[]) =>
    writeOciImage({ layout, reference, files, config: { Env: ["A=b"], Cmd: ["run"] } });
  const layoutsIn = (...places: readonly string[]) =>
    new OciLayouts(new ImagePlaces(places, join(folder, "archives")));
  const fetchFrom = async (reference: string) => (await layoutsIn(layout).resolve(reference)).fetch();
  const unpack = async (reference: string): Promise<string> => {
    const root = join(folder, "root");
    await unpackLayers((await fetchFrom(reference)).layers, root);
    return root;
  };
  const filesIn = async (root: string): Promise<readonly string[]> => {
    const entries = await readdir(root, { recursive: true, withFileTypes: true });
    return entries
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => join(parentPath, name).slice(root.length))
      .sort();
  };

  it("have the sha256 of their manifest as digest", async () => {
    const { digest } = await write("shop/migrate:1", { "/a": "a" });

    const manifest = await readFile(blobPath(layout, parseDigest(digest, "test")));
    assert.equal(digest, `sha256:${createHash("sha256").update(manifest).digest("hex")}`);
  });

  it("have the same digest for the same content, whenever and with whatever umask they are written", async () => {
    const files = { "/b/c": { content: "c", mode: 0o755 }, "/a": "a" };
    const one = await write("one:1", files);
    const before = process.umask(0o077);
    const two = await write("two:1", files).finally(() => process.umask(before));
    const other = await write("other:1", { ...files, "/a": "changed" });

    assert.equal(one.digest, two.digest);
    assert.notEqual(one.digest, other.digest);
  });

  it("are found by each of their names, and by digest where a name has moved on", async () => {
    const older = await write("shop/app:1", { "/a": "1" });
    await write("shop/app:stable", { "/a": "1" });
    const newer = await write("shop/app:1", { "/a": "2" });
    const find = async (reference: string) => (await layoutsIn(folder, layout).resolve(reference)).digest;

    assert.equal(await find("shop/app:1"), newer.digest);
    assert.equal(await find("shop/app:stable"), older.digest);
    assert.equal(await find(`shop/app@${older.digest}`), older.digest);
    await assert.rejects(find("shop/app"), /manifest unknown: shop\/app is in none of the image folders/);
    await assert.rejects(find(`shop/other@${newer.digest}`), /manifest unknown/);
  });

  it("do not lose each other when they are written at the same time", async () => {
    const names = ["a:1", "b:1", "c:1", "d:1"];
    const written = await Promise.all(names.map((name) => write(name, { "/name": name })));

    const images = layoutsIn(layout);
    const found = await Promise.all(names.map((name) => images.resolve(name)));
    assert.deepEqual(
      found.map(({ digest }) => digest),
      written.map(({ digest }) => digest),
    );
  });

  it("leave a layer whole for whoever reads it while the same is written again", async () => {
    await write("app:1", { "/a": "1" });
    const [layer] = (await fetchFrom("app:1")).layers;
    // Held open, so that its number is not given to the next file.
    await using reader = await open(layer!.file);

    await write("app:2", { "/a": "1" });

    // Another file in its place: nobody wrote into the one that is being read.
    assert.notEqual((await stat(layer!.file)).ino, (await reader.stat()).ino);
    assert.equal(await sha256OfFile(layer!.file), layer!.digest);
  });

  it("report an index by its own digest and run the manifest for Linux in it", async () => {
    const { digest } = await write("app:1", { "/a": "a" });
    const size = (await readFile(blobPath(layout, parseDigest(digest, "test")))).length;
    const mediaType = "application/vnd.oci.image.manifest.v1+json";
    const platforms = ["amd64", "arm64"].map((architecture) => ({ architecture, os: "linux" }));
    const manifests = platforms.map((platform) => ({ mediaType, digest, size, platform }));
    const index = Buffer.from(JSON.stringify({ schemaVersion: 2, manifests }));
    const indexDigest = sha256(index);
    await writeFile(blobPath(layout, indexDigest), index);
    const annotations = { "org.opencontainers.image.ref.name": "multi:1" };
    const indexType = "application/vnd.oci.image.index.v1+json";
    const entry = { mediaType: indexType, digest: indexDigest, size: index.length, annotations };
    await writeFile(join(layout, "index.json"), JSON.stringify({ schemaVersion: 2, manifests: [entry] }));

    const resolved = await layoutsIn(layout).resolve("multi:1");

    assert.equal(resolved.digest, indexDigest);
    const { config, layers } = await resolved.fetch();
    assert.deepEqual(config.Cmd, ["run"]);
    assert.equal(layers.length, 1);
  });

  it("unpack layer over layer, without what a higher layer has removed", async () => {
    await write("app:1", [
      { "/keep": "1", "/gone": "1", "/dir/gone": "1", "/folder/a": "1", "/opaque/old": "1" },
      {
        "/keep": "2",
        "/.wh.gone": "",
        "/dir/.wh.gone": "",
        "/.wh.folder": "",
        "/opaque/.wh..wh..opq": "",
        "/opaque/new": "2",
      },
    ]);
    const root = await unpack("app:1");

    assert.deepEqual(await filesIn(root), ["/keep", "/opaque/new"]);
    assert.equal(await readFile(join(root, "keep"), "utf8"), "2");
  });

  it("unpack with the permissions they were written with", async () => {
    await write("app:1", { "/bin/run": { content: "#!/bin/sh", mode: 0o755 }, "/data": "x" });
    const root = await unpack("app:1");

    assert.equal((await stat(join(root, "bin/run"))).mode & 0o777, 0o755);
    assert.equal((await stat(join(root, "data"))).mode & 0o777, 0o644);
  });

  it("remove nothing outside of their own folder when a link leads out of it", async () => {
    const outside = join(folder, "outside");
    await write("app:1", { "/link/.wh.precious": "" });
    await writeOciImage({ layout: outside, reference: "x:1", files: {} });
    await writeFile(join(outside, "precious"), "1");
    const { layers } = await fetchFrom("app:1");
    const root = join(folder, "root");
    await unpackLayers([], root);
    await symlink(outside, join(root, "link"));
    await unpackLayers(layers, root).catch(() => undefined);

    assert.equal(await readFile(join(outside, "precious"), "utf8"), "1");
  });

  /** A layer as other tools write it. */
  const layerOf = async (make: (content: string) => Promise<void>) => {
    const [content, file] = [join(folder, "content"), join(folder, "layer.tar")];
    await mkdir(content);
    await make(content);
    await tar.create({ file, cwd: content }, ["."]);
    return file;
  };
  const unpackFile = async (file: string): Promise<string> => {
    const root = join(folder, "root");
    await unpackLayers([{ file, digest: await sha256OfFile(file) }], root);
    return root;
  };

  it("keep links leading to where they lead in the image", async () => {
    const links: Readonly<Record<string, string>> = {
      absolute: "/opt/x",
      "opt/deep/absolute": "/opt/x",
      "opt/deep/out": "../../../../opt/x",
      "opt/relative": "x",
      "opt/root": "/",
    };
    const file = await layerOf(async (content) => {
      await mkdir(join(content, "opt/deep"), { recursive: true });
      await writeFile(join(content, "opt/x"), "x");
      for (const [path, target] of Object.entries(links)) await symlink(target, join(content, path));
    });
    const root = await unpackFile(file);

    const real = Object.keys(links).map((path) => realpath(join(root, path)));
    const x = await realpath(join(root, "opt/x"));
    assert.deepEqual(await Promise.all(real), [x, x, x, x, await realpath(root)]);
  });

  it("are refused when a layer is a damaged archive, whatever its digest", async () => {
    const file = await layerOf((content) => writeFile(join(content, "main.js"), "main"));
    const bytes = await readFile(file);
    bytes[bytes.indexOf("main.js")] = "X".charCodeAt(0);
    await writeFile(file, bytes);

    await assert.rejects(unpackFile(file), { message: /^layer sha256:[0-9a-f]{64} cannot be unpacked: / });
  });

  it("are refused when a file of theirs cannot be written", async () => {
    const path = "x".repeat(300);
    const file = join(folder, "layer.tar");
    await writeFile(file, tarOf([{ path, content: "x" }]));

    await assert.rejects(unpackFile(file), { message: /cannot be unpacked: x+: ENAMETOOLONG/ });
  });

  it("have the digest and the content that skopeo sees", async function () {
    const skopeo = (...args: readonly string[]) => spawnSync("skopeo", args, { encoding: "utf8" });
    if (skopeo("--version").error !== undefined) return this.skip();
    const { digest } = await write("shop/migrate:1", [{ "/a": "1" }, { "/b": "2" }]);
    const inspected = skopeo("inspect", `oci:${layout}:shop/migrate:1`);
    const copied = skopeo(
      "copy",
      "--insecure-policy",
      `oci:${layout}:shop/migrate:1`,
      `dir:${join(folder, "copy")}`,
    );

    assert.equal(inspected.status, 0, inspected.stderr);
    const seen = JSON.parse(inspected.stdout) as Record<string, unknown>;
    assert.deepEqual([seen.Digest, seen.Architecture, seen.Env], [digest, "amd64", ["A=b"]]);
    // skopeo verifies every digest while it copies.
    assert.equal(copied.status, 0, copied.stderr);
  });
});
