import assert from "node:assert/strict";
import type { ContainerSpec } from "../../../../src/runtime/container-runtime";
import { createArguments, splitEnvironment } from "../../../../src/runtime/engine/create-arguments";

const nothing: ContainerSpec = {
  entryPoint: undefined,
  command: undefined,
  environment: {},
  workingDirectory: undefined,
  user: undefined,
  memoryMib: undefined,
  mounts: [],
  isOffline: false,
};
const argumentsOf = (spec: Partial<ContainerSpec>): readonly string[] =>
  createArguments(
    { image: "app:1", name: "name" },
    { ...nothing, ...spec },
    { file: "f", others: ["X=1\n2"] },
  );

describe("createArguments", () => {
  it("puts nothing but the image's own behaviour where the task says nothing", () => {
    assert.deepEqual(argumentsOf({}), [
      "create",
      "--name=name",
      "--pull=never",
      "--no-healthcheck",
      "--network=host",
      "--env-file=f",
      "--env=X=1\n2",
      "app:1",
    ]);
  });

  it("divides an entry point between option and words, with the command behind", () => {
    const given = argumentsOf({ entryPoint: ["sh", "-c"], command: ["--x"] });

    assert.deepEqual(given.slice(-4), ["--entrypoint=sh", "app:1", "-c", "--x"]);
  });

  it("passes on limits, mounts, user, folder and the lack of a network", () => {
    const given = argumentsOf({
      memoryMib: 64,
      mounts: [
        { source: "/a", target: "/b", isReadOnly: true },
        { source: "/c", target: "/d", isReadOnly: false },
      ],
      user: "1000:1000",
      workingDirectory: "/w",
      isOffline: true,
    });

    for (const one of [
      "--memory=64m",
      "--memory-swap=64m",
      "--volume=/a:/b:ro",
      "--volume=/c:/d",
      "--user=1000:1000",
      "--workdir=/w",
      "--network=none",
    ])
      assert.ok(given.includes(one), one);
  });
});

describe("splitEnvironment", () => {
  it("leaves to the file what a file can hold: no line breaks, and nothing that looks like a comment", () => {
    assert.deepEqual(splitEnvironment({ A: "1", B: "x\ny", "#C": "1", D: "" }), {
      lines: ["A=1", "D="],
      others: ["B=x\ny", "#C=1"],
    });
  });
});
