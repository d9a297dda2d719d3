import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { copyFile, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startLab } from "../support/lab";
import { BUSYBOX, skipWithout } from "../support/tools";

describe("an image that a container engine has built and never pushed", function () {
  this.timeout(60_000);
  let folder: string;

  before(async function () {
    await skipWithout(this, "engine");
    folder = await mkdtemp(join(tmpdir(), "built-"));
    await copyFile(BUSYBOX, join(folder, "sh"));
    await writeFile(
      join(folder, "Dockerfile"),
      'FROM scratch\nCOPY sh /bin/sh\nCMD ["sh", "-c", "exit 3"]\n',
    );
    execFileSync("docker", ["build", "--quiet", "--tag", "built/here:1", folder], { stdio: "pipe" });
  });
  after(async () => {
    if ((folder as string | undefined) === undefined) return;
    execFileSync("docker", ["rmi", "built/here:1"], { stdio: "pipe" });
    await rm(folder, { recursive: true });
  });

  it("has the digest that its archive has, whatever runs it", async () => {
    const archive = join(folder, "built.tar");
    execFileSync("docker", ["save", "--output", archive, "built/here:1"]);
    const container = { name: "app", image: "built/here:1" };
    const inEngine = await startLab({ runtime: "engine" });
    const inProcess = await startLab({ images: [archive] });
    const [real, process] = await Promise.all([
      inEngine.runToEnd([container]),
      inProcess.runToEnd([container]),
    ]);
    await Promise.all([inEngine.close(), inProcess.close()]);

    assert.match(real.containers?.[0]?.imageDigest ?? "", /^sha256:[0-9a-f]{64}$/);
    assert.equal(real.containers?.[0]?.imageDigest, process.containers?.[0]?.imageDigest);
    assert.deepEqual([real.containers?.[0]?.exitCode, process.containers?.[0]?.exitCode], [3, 3]);
  });
});
