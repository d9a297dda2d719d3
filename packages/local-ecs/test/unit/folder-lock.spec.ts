import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { lockFolder } from "../../src/saved/folder-lock";

describe("the lock of a folder", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "lock-"));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  it("counts for nothing when an earlier process had this one's id, as in a container", () => {
    writeFileSync(join(folder, "lock"), String(process.pid));

    lockFolder(folder)();
    assert.deepEqual(readdirSync(folder), []);
  });

  it("holds within this process too, by whatever path, until it is taken back", () => {
    const unlock = lockFolder(folder);
    assert.throws(() => lockFolder(relative(process.cwd(), folder)), /is in use by process/);

    unlock();
    lockFolder(folder)();
  });
});
