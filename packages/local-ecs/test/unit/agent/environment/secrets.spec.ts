import assert from "node:assert/strict";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseValueFrom, secretStore } from "../../../../src/agent/environment/secrets";

const account = "us-east-1:123456789012";

describe("parseValueFrom", () => {
  const cases: readonly (readonly [string, readonly string[], string | undefined])[] = [
    ["/prod/db", ["/prod/db"], undefined],
    [
      `arn:aws:ssm:${account}:parameter/prod/db`,
      [`arn:aws:ssm:${account}:parameter/prod/db`, "/prod/db", "prod/db"],
      undefined,
    ],
    [
      `arn:aws:secretsmanager:${account}:secret:db-AbCdEf`,
      [`arn:aws:secretsmanager:${account}:secret:db-AbCdEf`, "db-AbCdEf", "db"],
      undefined,
    ],
    [
      `arn:aws:secretsmanager:${account}:secret:db:user:AWSCURRENT:`,
      [`arn:aws:secretsmanager:${account}:secret:db`, "db"],
      "user",
    ],
    [
      `arn:aws:secretsmanager:${account}:secret:db:::id`,
      [`arn:aws:secretsmanager:${account}:secret:db`, "db"],
      undefined,
    ],
  ];
  for (const [valueFrom, names, jsonKey] of cases)
    it(`knows under which names ${valueFrom} may be kept`, () => {
      assert.deepEqual(parseValueFrom(valueFrom), { names, jsonKey });
    });
});

describe("secretStore", () => {
  it("reads one file per secret, without its last line break, and none outside of its folder", async () => {
    const folder = await mkdtemp(join(tmpdir(), "secrets-"));
    await mkdir(join(folder, "in/prod"), { recursive: true });
    await writeFile(join(folder, "in/prod/db"), "one\ntwo\n");
    await writeFile(join(folder, "outside"), "no");
    const store = secretStore(join(folder, "in"));

    assert.equal(await store.find("/prod/db"), "one\ntwo");
    assert.equal(await store.find("prod/db"), "one\ntwo");
    assert.equal(await store.find("../outside"), undefined);
    await rm(folder, { recursive: true });
  });

  it("finds in a map what the map itself has", async () => {
    const store = secretStore({ a: "" });

    assert.equal(await store.find("a"), "");
    assert.equal(await store.find("constructor"), undefined);
  });
});
