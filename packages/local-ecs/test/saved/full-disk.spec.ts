import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmdirSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CreateClusterCommand, DescribeClustersCommand } from "@aws-sdk/client-ecs";
import { startLab } from "../support/lab";

const GAVE_UP =
  /could not be written, because the disk is full\. The local ECS ends; started again with this folder/;

/** A disk of its own, of one megabyte. */
function mount(folder: string): boolean {
  return spawnSync("mount", ["-t", "tmpfs", "-o", "size=1m", "tmpfs", folder]).status === 0;
}

describe("a state folder on a disk that is full", function () {
  this.timeout(20_000);
  let disk: string;

  before(function () {
    disk = mkdtempSync(join(tmpdir(), "disk-"));
    if (mount(disk)) return;
    rmdirSync(disk);
    this.skip();
  });
  after(() => {
    spawnSync("umount", [disk]);
    rmdirSync(disk);
  });

  it("ends the local ECS with a sentence, and keeps all that was answered", async () => {
    const stateDir = join(disk, "state");
    const log: string[] = [];
    const first = await startLab({ stateDir, log: (line) => log.push(line) });
    const made: string[] = [];
    let failure: unknown;
    await writeFile(join(disk, "ballast"), "x".repeat(500_000));
    for (let nth = 0; failure === undefined && nth < 5000; nth += 1)
      try {
        const clusterName = `cluster-${nth}`;
        const tags = [{ key: "long", value: "x".repeat(200) }];
        await first.ecs.send(new CreateClusterCommand({ clusterName, tags }));
        made.push(clusterName);
      } catch (error) {
        failure = error;
      }
    assert.ok(failure instanceof Error);
    await assert.rejects(first.local.ended, GAVE_UP);
    assert.match(log.join("\n"), GAVE_UP);
    await first.close();

    await writeFile(join(disk, "ballast"), "");
    const again = await startLab({ stateDir });
    const { clusters } = await again.ecs.send(new DescribeClustersCommand({ clusters: made.slice(-100) }));
    await again.close();

    assert.deepEqual(
      clusters?.map(({ clusterName }) => clusterName),
      made.slice(-100),
    );
  });
});
