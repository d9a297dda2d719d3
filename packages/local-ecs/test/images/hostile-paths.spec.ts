import assert from "node:assert/strict";
import { copyFile, mkdir, mkdtemp, readFile, readdir, rm, stat, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { RegisterTaskDefinitionCommand, type ContainerDefinition } from "@aws-sdk/client-ecs";
import * as tar from "tar";
import { makeMounts } from "../../src/agent/mounts";
import { sha256, sha256OfFile } from "../../src/images/sha256";
import { unpackLayers } from "../../src/images/unpack/unpack-layers";
import { hasStopped, startLab, type Lab } from "../support/lab";
import { tarOf } from "../support/tar-of";

/** Everything here would write into the victim, or remove it, if a path of the local ECS's were led there. */
describe("a path from outside leads the local ECS nowhere else:", function () {
  // Real processes: generous where the machine is busy, met at once where it is not.
  this.timeout(20_000);
  let folder: string;
  let victim: string;
  let lab: Lab;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "hostile-"));
    victim = join(folder, "victim");
    await mkdir(victim);
    await writeFile(join(victim, "precious"), "precious");
    lab = await startLab({ dataDir: folder });
    await lab.image("app:1", {}, { Cmd: ["true"] });
  });
  afterEach("the victim is whole", async () => {
    assert.deepEqual(await readdir(victim), ["precious"]);
    assert.equal(await readFile(join(victim, "precious"), "utf8"), "precious");
    assert.equal((await stat(join(victim, "precious"))).nlink, 1);
  });
  after(async () => {
    await lab.close();
    await rm(folder, { recursive: true, force: true });
  });

  for (const name of ["../../../victim/made", "..", ".", "", "a/b", "a b", "x".repeat(256)])
    it(`a volume called ${JSON.stringify(name).slice(0, 40)} is refused`, async () => {
      const register = lab.ecs.send(
        new RegisterTaskDefinitionCommand({
          family: "hostile",
          memory: "512",
          volumes: [{ name }],
          containerDefinitions: [{ name: "app", image: "app:1" }],
        }),
      );

      await assert.rejects(register, { name: "ClientException", message: /^volumes\[0\]\.name / });
    });

  it("a mount point of a volume that nobody declared is refused", async () => {
    const mountPoints = [{ sourceVolume: "../../../victim/made", containerPath: "/made" }];

    await assert.rejects(lab.define([{ name: "app", image: "app:1", mountPoints }]), {
      name: "ClientException",
      message: "Unknown volume '../../../victim/made'.",
    });
  });

  it("a volume's name that came by another way makes no folder", async () => {
    const mountPoint = { volume: "../victim/made", hostPath: undefined, target: "/made", isReadOnly: false };

    await assert.rejects(makeMounts([mountPoint], join(folder, "volumes")), /"\.\.\/victim\/made"/);
  });

  /** Packs what it makes in a folder, entries named as given. */
  const layer = async (make: (content: string) => Promise<unknown>, entries = ["."]): Promise<string> => {
    const content = await mkdtemp(join(folder, "layer-"));
    const file = `${content}.tar`;
    await make(content);
    await tar.create({ file, cwd: content, preservePaths: true }, entries);
    return file;
  };
  const unpack = async (file: string): Promise<void> => {
    const root = join(await mkdtemp(join(folder, "unpacked-")), "rootfs");
    await unpackLayers([{ file, digest: await sha256OfFile(file) }], root).catch(() => undefined);
  };

  it("a whiteout whose path climbs out of the image removes nothing", async () => {
    const whiteout = "../../victim/.wh.precious";
    const content = await mkdtemp(join(folder, "layer-"));
    const [cwd, file] = [join(content, "in"), `${content}.tar`];
    await mkdir(cwd);
    await writeFile(join(cwd, whiteout), "");
    await tar.create({ file, cwd, preservePaths: true }, [whiteout]);
    await rm(join(cwd, whiteout));
    const entries: string[] = [];
    await tar.list({ file, onReadEntry: ({ path }) => entries.push(path) });
    assert.deepEqual(entries, [whiteout]);

    await unpack(file);
  });

  it("a hard link that leads out of the image is not made", async () => {
    const hard = join(folder, "hard.tar");
    const entries = [
      { path: "one", content: "changed" },
      { path: "two", type: "Link", to: "../../victim/precious" },
    ] as const;
    await writeFile(hard, tarOf(entries));
    const links: (string | undefined)[] = [];
    await tar.list({ file: hard, onReadEntry: ({ linkpath }) => links.push(linkpath) });
    assert.equal(links[1], "../../victim/precious");
    await unpack(hard);
  });

  describe("in an image with a link that leads out of it by way of another,", () => {
    before(async () => {
      const file = await layer(async (content) => {
        await mkdir(join(content, "a/b/c/d"), { recursive: true });
        // Where the link would lead if ".." only undid the part before it.
        await mkdir(join(content, "a/victim"));
        await symlink("../../../..", join(content, "a/b/c/d/top"));
        // Four folders up: from the image's root in its container to the victim.
        await symlink("a/b/c/d/top/../../../../victim", join(content, "out"));
      });
      const { digest } = await lab.image("links:1", { "/x": "" }, { Cmd: ["true"] });
      const blob = (of: string): string => join(lab.layout, "blobs/sha256", of.replace("sha256:", ""));
      const manifest = JSON.parse(await readFile(blob(digest), "utf8")) as { layers: { digest: string }[] };
      manifest.layers[0]!.digest = await sha256OfFile(file);
      await copyFile(file, blob(manifest.layers[0]!.digest));
      const bytes = Buffer.from(JSON.stringify(manifest));
      await writeFile(blob(sha256(bytes)), bytes);
      const index = join(lab.layout, "index.json");
      await writeFile(index, (await readFile(index, "utf8")).replaceAll(digest, sha256(bytes)));
    });

    const paths: Readonly<Record<string, Partial<ContainerDefinition>>> = {
      "a working directory below it": { workingDirectory: "/out/made" },
      "a working directory that climbs": { workingDirectory: "../../../../victim/made" },
      "a working directory that climbs from the root": { workingDirectory: "/../../../../victim/made" },
      "a mount point below it": { mountPoints: [{ sourceVolume: "v", containerPath: "/out/precious" }] },
      "a mount point far below it": { mountPoints: [{ sourceVolume: "v", containerPath: "/out/made/x" }] },
    };
    for (const [what, more] of Object.entries(paths))
      it(`${what} makes and removes nothing`, async () => {
        const { taskDefinition } = await lab.ecs.send(
          new RegisterTaskDefinitionCommand({
            family: "links",
            memory: "512",
            volumes: [{ name: "v" }],
            containerDefinitions: [{ name: "app", image: "links:1", ...more }],
          }),
        );
        const { taskArn } = await lab.run(taskDefinition!.taskDefinitionArn!);
        const task = await lab.until(taskArn, hasStopped);

        const { imageDigest, reason, exitCode } = task.containers![0]!;
        assert.match(imageDigest!, /^sha256:/);
        assert.ok(exitCode === 0 || /leads out of the image|inside of another one/.test(reason!), reason);
      });
  });
});
