import assert from "node:assert/strict";
import { readKnownDefinition } from "../../../../src/inputs/definition/known-definition";
import { newSalt, saltedFingerprint } from "../../../../src/text/salted-fingerprint";
import { UNKNOWN } from "../../../../src/inputs/unknown";

const CONTAINERS = { app: { image: "app:1", command: "f", environment: { MODE: "g" }, secrets: {}, cpu: 5 } };

describe("what a program knows of a task definition", () => {
  it("is read as it was written", () => {
    assert.deepStrictEqual(
      readKnownDefinition({ salt: "s", containers: CONTAINERS, cpu: "256", taskRoleArn: UNKNOWN }),
      {
        salt: "s",
        runs: {
          containers: { app: { image: "app:1", command: "f", environment: { MODE: "g" }, secrets: {} } },
          cpu: "256",
          memory: undefined,
          taskRoleArn: UNKNOWN,
          executionRoleArn: undefined,
        },
      },
    );
  });

  it("is nothing where preview does not know it, or somebody else wrote it", () => {
    for (const value of [
      undefined,
      null,
      UNKNOWN,
      "x",
      [],
      {},
      { salt: "s" },
      { salt: UNKNOWN, containers: CONTAINERS },
      { salt: "s", containers: UNKNOWN },
      { salt: "s", containers: { app: { image: UNKNOWN } } },
      { salt: 5, containers: CONTAINERS },
    ])
      assert.equal(readKnownDefinition(value), undefined);
    assert.deepStrictEqual(readKnownDefinition({ salt: "s", containers: { app: 5 } })?.runs.containers, {
      app: { image: "undefined", environment: {}, secrets: {} },
    });
  });

  it("has fingerprints that depend on the salt, and are equal for equal values", () => {
    const value = ["npm", "start"];

    assert.equal(saltedFingerprint("a")(value), saltedFingerprint("a")([...value]));
    assert.notEqual(saltedFingerprint("a")(value), saltedFingerprint("b")(value));
    assert.notEqual(saltedFingerprint("a")(value), saltedFingerprint("a")(["npm"]));
    assert.match(saltedFingerprint("a")(value), /^[\w-]{22}$/);
    assert.notEqual(newSalt(), newSalt());
  });
});
