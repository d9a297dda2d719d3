import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { sha256 } from "../../src/images/sha256";
import { hasStopped, startLab, type Lab } from "../support/lab";
import { tarOf, type Entry } from "../support/tar-of";

/** Prints a file, and then appends to it where it is. */
const APPEND = `
  const fs = require("node:fs");
  const path = process.argv[2];
  console.log(fs.readFileSync(path, "utf8"));
  fs.appendFileSync(path, " changed");
`;

describe("an image that several containers share", function () {
  // Real processes: generous where the machine is busy, met at once where it is not.
  this.timeout(20_000);
  let lab: Lab;

  beforeEach(async () => {
    lab = await startLab();
  });
  afterEach(() => lab.close());

  async function printed(command: readonly string[], image = "app:1"): Promise<readonly string[]> {
    const options = { "awslogs-group": "g", "awslogs-region": "us-east-1", "awslogs-stream-prefix": "s" };
    const container = {
      name: "app",
      image,
      command: [...command],
      logConfiguration: { logDriver: "awslogs" as const, options },
    };
    const { taskArn } = await lab.run(await lab.define([container]));
    await lab.until(taskArn, hasStopped);
    return lab.output("g", `s/app/${taskArn.split("/").at(-1)!}`);
  }

  for (const path of [
    "/etc/app.conf",
    "/app/data.db",
    "/app/.env",
    "/usr/share/words",
    "/app/notes",
    "/bin/tool",
  ])
    it(`is for each as it was built, whatever one before has written into ${path}`, async () => {
      await lab.image("app:1", { "/append.js": APPEND, [path]: "built" });

      assert.deepEqual(await printed(["node", "/append.js", path]), ["built"]);
      assert.deepEqual(await printed(["node", "/append.js", path]), ["built"]);
    });

  it("is for each as it was built when one before has removed and replaced its files", async () => {
    const replace = `
      const fs = require("node:fs");
      console.log(fs.readdirSync(process.argv[2]).join());
      fs.rmSync(process.argv[2] + "/a");
      fs.writeFileSync(process.argv[2] + "/b", "new");
    `;
    await lab.image("app:1", { "/replace.js": replace, "/usr/x/a": "a" });

    assert.deepEqual(await printed(["node", "/replace.js", "/usr/x"]), ["a"]);
    assert.deepEqual(await printed(["node", "/replace.js", "/usr/x"]), ["a"]);
  });

  /** An image of one layer that no tool would write. */
  async function strangeImage(reference: string, entries: readonly Entry[]): Promise<void> {
    const { digest } = await lab.image(reference, {}, { Cmd: ["node", "-e", "console.log('ran')"] });
    const blob = (of: string) => join(lab.layout, "blobs", "sha256", of.slice("sha256:".length));
    const layer = tarOf(entries);
    const manifest = JSON.parse(await readFile(blob(digest), "utf8")) as { layers: object[] };
    const layerDigest = `sha256:${createHash("sha256").update(layer).digest("hex")}`;
    await writeFile(blob(layerDigest), layer);
    const bytes = Buffer.from(
      JSON.stringify({ ...manifest, layers: [{ digest: layerDigest, size: layer.length }] }),
    );
    await writeFile(blob(sha256(bytes)), bytes);
    const index = join(lab.layout, "index.json");
    await writeFile(index, (await readFile(index, "utf8")).replaceAll(digest, sha256(bytes)));
  }

  for (const [what, to] of [
    ["nowhere", "/var/nowhere"],
    ["to itself", "tmp"],
    ["below itself", "tmp/x"],
  ] as const)
    it(`runs although /tmp is a link that leads ${what}`, async () => {
      await strangeImage("strange:1", [{ path: "tmp", type: "SymbolicLink", to }]);
      const task = await lab.runToEnd([{ name: "app", image: "strange:1" }]);

      assert.equal(task.containers?.[0]?.exitCode, 0, task.stoppedReason);
    });

  it("fails its task, and no other, when a layer has links in a circle", async () => {
    await strangeImage("strange:1", [
      { path: "tmp", type: "SymbolicLink", to: "tmp/x" },
      { path: "tmp/a", content: "a" },
    ]);
    await lab.image("app:1", { "/append.js": APPEND, "/app/a": "built" });
    const task = await lab.runToEnd([{ name: "app", image: "strange:1" }]);

    assert.match(
      task.stoppedReason ?? "",
      /^CannotPullContainerError: layer sha256:\w{64} cannot be unpacked: tmp\/a: tmp: too many levels of symbolic links$/,
    );
    assert.deepEqual(await printed(["node", "/append.js", "/app/a"]), ["built"]);
  });
});
