import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import type { Context } from "mocha";
import * as tar from "tar";
import { sha256 } from "../../src/images/sha256";
import { writeOciImage } from "../../src/images/write-oci-image";
import { findEngine } from "../../src/runtime/engine/engine-cli";
import { hasStopped, startLab } from "../support/lab";

interface Descriptor {
  readonly digest: string;
  readonly [member: string]: unknown;
}

/** A way in which people have images. */
interface Kind {
  readonly name: string;
  /** What it needs of the machine. */
  readonly needs?: "skopeo" | "engine";
  /** Makes it in a folder. @returns what is given to `images`, and the digest if another tool says it. */
  readonly make: (folder: string) => Promise<{ readonly place: string; readonly digest?: string }>;
  /** As the task definition names it. @defaultValue app:1 */
  readonly reference?: string;
}

const FILES = { "/app.js": "console.log('ran')" };
const CONFIG = { Cmd: ["node", "/app.js"] };

async function layout(folder: string, reference = "app:1"): Promise<{ place: string; digest: string }> {
  const place = join(folder, "layout");
  const { digest } = await writeOciImage({ layout: place, reference, files: FILES, config: CONFIG });
  return { place, digest };
}

/** Writes the layout's index anew. */
async function reindex(place: string, change: (manifest: Descriptor) => unknown): Promise<void> {
  const file = join(place, "index.json");
  const index = JSON.parse(await readFile(file, "utf8")) as { manifests: Descriptor[] };
  await writeFile(file, JSON.stringify({ ...index, manifests: index.manifests.map(change) }));
}

function blobOf(place: string, digest: string): string {
  return join(place, "blobs", "sha256", digest.slice("sha256:".length));
}

async function addBlob(place: string, content: object): Promise<Descriptor> {
  const bytes = Buffer.from(JSON.stringify(content));
  const digest = sha256(bytes);
  await writeFile(blobOf(place, digest), bytes);
  return { digest, size: bytes.length };
}

async function archived(place: string, file = `${place}.tar`): Promise<string> {
  await tar.create({ file, cwd: place }, ["."]);
  return file;
}

function skopeo(...args: readonly string[]): void {
  execFileSync("skopeo", ["--insecure-policy", "copy", "--quiet", ...args], { stdio: "pipe" });
}

/** As `docker save` wrote it before version 25: folders of layers, some of them links to others. */
async function oldDockerSave(folder: string, tags: readonly string[] | null): Promise<string> {
  const { place, digest } = await layout(folder);
  const manifest = JSON.parse(await readFile(blobOf(place, digest), "utf8")) as {
    config: Descriptor;
    layers: [Descriptor];
  };
  const saved = join(folder, "saved");
  const config = `${manifest.config.digest.slice("sha256:".length)}.json`;
  await mkdir(join(saved, "one"), { recursive: true });
  await mkdir(join(saved, "two"));
  await cp(blobOf(place, manifest.config.digest), join(saved, config));
  await writeFile(
    join(saved, "one/layer.tar"),
    gunzipSync(await readFile(blobOf(place, manifest.layers[0].digest))),
  );
  await symlink("../one/layer.tar", join(saved, "two/layer.tar"));
  const images = [
    { Config: config, RepoTags: tags, Layers: ["two/layer.tar"] },
    { Config: config, RepoTags: null, Layers: ["one/layer.tar"] },
  ];
  await writeFile(join(saved, "manifest.json"), JSON.stringify(images));
  return archived(saved);
}

const named = (reference: string, more: object = {}) => ({
  "org.opencontainers.image.ref.name": reference,
  ...more,
});

const KINDS: readonly Kind[] = [
  { name: "an OCI image layout", make: (folder) => layout(folder) },
  {
    name: "an archive of an OCI image layout",
    make: async (folder) => {
      const { place, digest } = await layout(folder);
      return { place: await archived(place), digest };
    },
  },
  {
    name: "a compressed archive in a folder, beside other things",
    make: async (folder) => {
      const { place, digest } = await layout(folder);
      await mkdir(join(folder, "images"));
      await writeFile(join(folder, "images/app.tar.gz"), gzipSync(await readFile(await archived(place))));
      await writeFile(join(folder, "images/README.md"), "no image");
      return { place: join(folder, "images"), digest };
    },
  },
  {
    name: "a layout in a folder of layouts",
    make: async (folder) => ({ ...(await layout(folder)), place: folder }),
  },
  {
    name: "as BuildKit writes it: the whole name beside the tag, an index with provenance",
    make: async (folder) => {
      const { place } = await layout(folder);
      const index: { digest?: string } = {};
      const attestation = await addBlob(place, { schemaVersion: 2, layers: [] });
      const [manifest] = (
        JSON.parse(await readFile(join(place, "index.json"), "utf8")) as { manifests: [Descriptor] }
      ).manifests;
      const mediaType = "application/vnd.oci.image.index.v1+json";
      const inner = await addBlob(place, {
        schemaVersion: 2,
        mediaType,
        manifests: [
          { ...manifest, annotations: undefined },
          {
            ...attestation,
            mediaType: manifest.mediaType,
            platform: { architecture: "unknown", os: "unknown" },
          },
        ],
      });
      index.digest = inner.digest;
      const annotations = named("1", { "io.containerd.image.name": "docker.io/library/app:1" });
      await reindex(place, () => ({ ...inner, mediaType, annotations }));
      return { place: await archived(place), digest: inner.digest };
    },
  },
  {
    name: "as containerd exports it, with a registry's name",
    reference: "123456789012.dkr.ecr.us-east-1.amazonaws.com/shop/app:7",
    make: async (folder) => {
      const { place, digest } = await layout(folder);
      const name = "123456789012.dkr.ecr.us-east-1.amazonaws.com/shop/app:7";
      await reindex(place, (manifest) => ({
        ...manifest,
        annotations: named("7", { "io.containerd.image.name": name }),
      }));
      return { place, digest };
    },
  },
  {
    name: "as Podman names what it builds",
    make: (folder) => layout(folder, "localhost/app:1"),
  },
  {
    name: "named like Docker Hub does, asked for by its short name",
    make: (folder) => layout(folder, "docker.io/library/app:1"),
  },
  {
    name: "named shortly, asked for as Docker Hub's",
    reference: "docker.io/library/app:1",
    make: (folder) => layout(folder),
  },
  {
    name: "as docker save writes it since version 25: a layout and a manifest.json",
    make: async (folder) => {
      const { place, digest } = await layout(folder);
      await writeFile(join(place, "manifest.json"), "[]");
      const annotations = named("1", { "io.containerd.image.name": "docker.io/library/app:1" });
      await reindex(place, (manifest) => ({ ...manifest, annotations }));
      return { place: await archived(place), digest };
    },
  },
  {
    name: "as docker save wrote it before version 25",
    make: async (folder) => ({ place: await oldDockerSave(folder, ["app:1", "other:2"]) }),
  },
  {
    name: "with a configuration that says nothing",
    make: async (folder) => {
      const { place, digest } = await layout(folder);
      const manifest = JSON.parse(await readFile(blobOf(place, digest), "utf8")) as { config: Descriptor };
      const config = JSON.parse(await readFile(blobOf(place, manifest.config.digest), "utf8")) as object;
      const silent = await addBlob(place, { ...config, config: null });
      const changed = await addBlob(place, { ...manifest, config: { ...manifest.config, ...silent } });
      await reindex(place, (written) => ({ ...written, ...changed }));
      return { place, digest: changed.digest };
    },
  },
  {
    name: "as Skopeo copies it, with zstd",
    needs: "skopeo",
    make: async (folder) => {
      const { place } = await layout(folder);
      skopeo(
        "--dest-compress-format",
        "zstd",
        "--dest-compress",
        `oci:${place}:app:1`,
        `oci:${join(folder, "zstd")}:app:1`,
      );
      return { place: join(folder, "zstd") };
    },
  },
  {
    name: "as Skopeo copies it, uncompressed, into an archive",
    needs: "skopeo",
    make: async (folder) => {
      const { place } = await layout(folder);
      skopeo("--dest-decompress", `oci:${place}:app:1`, `oci-archive:${join(folder, "app.tar")}:app:1`);
      return { place: join(folder, "app.tar") };
    },
  },
  {
    name: "as Skopeo writes Docker's archives",
    needs: "skopeo",
    make: async (folder) => {
      const { place } = await layout(folder);
      skopeo(`oci:${place}:app:1`, `docker-archive:${join(folder, "app.tar")}:app:1`);
      return { place: join(folder, "app.tar") };
    },
  },
  {
    name: "as docker build and docker save make it",
    needs: "engine",
    make: async (folder) => {
      await writeFile(join(folder, "app.js"), FILES["/app.js"]);
      await writeFile(join(folder, "Dockerfile"), 'FROM scratch\nCOPY app.js /\nCMD ["node", "/app.js"]\n');
      execFileSync("docker", ["build", "--quiet", "--tag", "app:1", folder], { stdio: "pipe" });
      execFileSync("docker", ["save", "--output", join(folder, "app.tar"), "app:1"], { stdio: "pipe" });
      execFileSync("docker", ["rmi", "app:1"], { stdio: "pipe" });
      return { place: join(folder, "app.tar") };
    },
  },
];

describe("a task runs an image", function () {
  this.timeout(30_000);
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "kinds-"));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  for (const { name, needs, make, reference = "app:1" } of KINDS)
    it(name, async function () {
      if (needs !== undefined) await skipWithoutTool(this, needs);
      const { place, digest } = await make(folder);
      const lab = await startLab({ images: [place] });
      const images = await lab.local.images();
      const taskDefinition = await lab.define([
        { name: "app", image: reference, command: ["node", "/app.js"] },
      ]);
      const { taskArn } = await lab.run(taskDefinition);
      const task = await lab.until(taskArn, hasStopped);
      await lab.close();

      const [container] = task.containers ?? [];
      assert.equal(container?.exitCode, 0, container?.reason ?? task.stoppedReason);
      assert.match(container.imageDigest ?? "", /^sha256:[0-9a-f]{64}$/);
      if (digest !== undefined) assert.equal(container.imageDigest, digest);
      assert.ok(
        images.some((image) => image.digest === container.imageDigest),
        JSON.stringify(images),
      );
    });

  it("and says of an archive that is none of images why it is not", async () => {
    const file = join(folder, "other.tar");
    await mkdir(join(folder, "other"));
    await writeFile(join(folder, "other/readme"), "x");
    await archived(join(folder, "other"), file);
    const lab = await startLab({ images: [dirname(file)] });
    const task = await lab.runToEnd([{ name: "app", image: "app:1" }]);
    await lab.close();

    assert.equal(
      task.stoppedReason,
      `CannotPullImageManifestError: ${file} is no archive of images: it has neither index.json nor manifest.json`,
    );
  });

  it("and lists the others beside an archive that is none, which its log names", async () => {
    const { place, digest } = await layout(folder);
    await mkdir(join(folder, "other"));
    await writeFile(join(folder, "other/readme"), "x");
    const other = await archived(join(folder, "other"));
    const lab = await startLab({ images: [other, place] });
    const listed = await lab.local.images();
    const again = await lab.local.images();
    await lab.close();

    assert.deepEqual([listed.map((image) => image.digest), again], [[digest], listed]);
    assert.ok(
      lab.lines.includes(`${other} is no archive of images: it has neither index.json nor manifest.json`),
    );
  });

  it("and finds one that was saved again since", async () => {
    const { place } = await layout(folder);
    const file = await archived(place);
    const lab = await startLab({ images: [file] });
    const digest = async () =>
      (await lab.runToEnd([{ name: "app", image: "app:1" }])).containers?.[0]?.imageDigest;
    const first = await digest();
    const again = await writeOciImage({
      layout: place,
      reference: "app:1",
      files: { ...FILES, "/new": "" },
      config: CONFIG,
    });
    await archived(place);
    const second = await digest();
    await lab.close();

    assert.notEqual(second, first);
    assert.equal(second, again.digest);
  });

  it("by its digest, when it has no name", async () => {
    const place = await oldDockerSave(folder, null);
    const lab = await startLab({ images: [place] });
    const [image] = await lab.local.images();
    const task = await lab.runToEnd([{ name: "app", image: `app@${image?.digest ?? ""}` }]);
    await lab.close();

    assert.deepEqual([image?.reference, task.containers?.[0]?.exitCode], [undefined, 0]);
  });
});

async function skipWithoutTool(context: Context, tool: "skopeo" | "engine"): Promise<void> {
  const isHere =
    tool === "skopeo"
      ? spawnSync("skopeo", ["--version"]).status === 0
      : await findEngine().then(
          () => true,
          () => false,
        );
  if (isHere) return;
  console.log(`      skipped: ${tool} is not here`);
  context.skip();
}
