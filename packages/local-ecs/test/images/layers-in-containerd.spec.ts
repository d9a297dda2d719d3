import assert from "node:assert/strict";
import { execFileSync, spawn, spawnSync, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, posix } from "node:path";
import type { Context } from "mocha";
import { sha256 } from "../../src/images/sha256";
import { eventually } from "../support/eventually";
import { CASES } from "../support/layer-cases";
import { tarOf, type Entry } from "../support/tar-of";
import { treeOf } from "../support/tree-of";

/** What containerd does in another way, and why it is not done here. */
const DIFFERENT_THERE: Readonly<Record<string, string>> = {
  "a file stands where a folder is needed": "refused there",
  "whiteouts with names that are no names remove nothing": "refused there",
  "a whiteout leaves what its own layer brings, whichever comes first":
    "the specification says so; there the order of entries decides",
  "an opaque whiteout removes what lower layers had, and nothing of its own, whichever comes first":
    "the same for folders",
  "a whiteout of what is not there": "there its folder is made",
};

/** An independent judge: Fargate unpacks with containerd. */
describe("layers of an image become what they become in containerd:", function () {
  this.timeout(30_000);
  let folder: string;
  let containerd: ChildProcess;

  before(async function () {
    skipWithoutContainerd(this);
    folder = await mkdtemp(join(tmpdir(), "containerd-"));
    const config = join(folder, "config.toml");
    await writeFile(config, configOf(folder));
    containerd = spawn("containerd", ["--config", config], { stdio: "ignore" });
    await eventually(() => spawnSync("ctr", ["--address", join(folder, "socket"), "version"]).status === 0);
  });
  after(async () => {
    if ((containerd as ChildProcess | undefined) === undefined) return;
    containerd.kill();
    await once(containerd, "exit");
    await rm(folder, { recursive: true, force: true });
  });

  function ctr(...args: readonly string[]): string {
    // The snapshotter that lays layers over each other in one folder. With overlays a link of a lower layer is not seen.
    const env = { ...process.env, CONTAINERD_SNAPSHOTTER: "native" };
    return execFileSync("ctr", ["--address", join(folder, "socket"), ...args], {
      env,
      encoding: "utf8",
      stdio: "pipe",
    });
  }

  for (const { name, layers, becomes } of CASES.filter((each) => !(each.name in DIFFERENT_THERE)))
    it(name, async () => {
      const id = sha256(Buffer.from(name)).slice(-12);
      const archive = join(folder, "image.tar");
      await writeFile(archive, archiveOf(`docker.io/judged/${id}:1`, layers));
      ctr("images", "import", archive);
      ctr("snapshots", "prepare", id, chainOf(layers));
      const root = / (\/\S+) \S+ -o /.exec(ctr("snapshots", "mounts", "TARGET", id))?.[1] ?? "";

      assert.deepEqual(
        treeOf(root).filter(isNoDevice).map(linkFromRoot).sort(),
        [...becomes].map(linkFromRoot).sort(),
      );
    });
});

/** How containerd calls what layers have become together. @see https://github.com/opencontainers/image-spec/blob/v1.1.0/config.md#layer-chainid */
function chainOf(layers: readonly (readonly Entry[])[]): string {
  const [first = "", ...others] = layers.map((entries) => sha256(tarOf(entries)));
  return others.reduce<string>((chain, layer) => sha256(Buffer.from(`${chain} ${layer}`)), first);
}

function skipWithoutContainerd(context: Context): void {
  const isHere = ["containerd", "ctr"].every((name) => spawnSync(name, ["--version"]).status === 0);
  if (isHere && process.getuid?.() === 0) return;
  console.log("      skipped: containerd and ctr are not here, or this is not root");
  context.skip();
}

function configOf(folder: string): string {
  return `version = 2
root = ${JSON.stringify(join(folder, "root"))}
state = ${JSON.stringify(join(folder, "state"))}
disabled_plugins = ["io.containerd.grpc.v1.cri"]
[grpc]
address = ${JSON.stringify(join(folder, "socket"))}
`;
}

/** As `docker save` writes it. */
function archiveOf(image: string, layers: readonly (readonly Entry[])[]): Buffer {
  const archives = layers.map((entries) => tarOf(entries));
  const config = JSON.stringify({
    architecture: "amd64",
    os: "linux",
    config: {},
    rootfs: { type: "layers", diff_ids: archives.map((bytes) => sha256(bytes)) },
  });
  const names = archives.map((_, index) => `layer-${index}.tar`);
  const manifest = JSON.stringify([{ Config: "config.json", RepoTags: [image], Layers: names }]);
  return tarOf([
    { path: "config.json", content: config },
    ...archives.map((content, index) => ({ path: names[index]!, content })),
    { path: "manifest.json", content: manifest },
  ]);
}

/** The same for a link from the image's root as for one that climbs there. */
function linkFromRoot(line: string): string {
  const [path = "", target] = line.split(" -> ");
  if (target === undefined) return line;
  return `${path} -> ${posix.resolve("/", posix.dirname(path), target)}`;
}

/** What a process of this user could not be given is no part of what becomes of an image here. */
function isNoDevice(line: string): boolean {
  return !/^(dev\/null|pipe): $/.test(line);
}
