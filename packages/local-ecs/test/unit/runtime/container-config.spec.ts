import assert from "node:assert/strict";
import { combineWithImage } from "../../../src/runtime/container-config";

const image = {
  Env: ["PATH=/bin", "A=image", "EMPTY"],
  Entrypoint: ["entry"],
  Cmd: ["cmd"],
  WorkingDir: "/app",
};
const nothing = { entryPoint: undefined, command: undefined, environment: {}, workingDirectory: undefined };

describe("combineWithImage", () => {
  const commands: readonly { name: string; spec: object; argv: readonly string[] }[] = [
    { name: "the image's entry point and command by themselves", spec: {}, argv: ["entry", "cmd"] },
    {
      name: "the image's entry point with one's own command",
      spec: { command: ["own"] },
      argv: ["entry", "own"],
    },
    {
      name: "one's own entry point without the image's command",
      spec: { entryPoint: ["own"] },
      argv: ["own"],
    },
    {
      name: "one's own entry point and command",
      spec: { entryPoint: ["a"], command: ["b"] },
      argv: ["a", "b"],
    },
    {
      name: "empty lists as if they were absent",
      spec: { entryPoint: [], command: [] },
      argv: ["entry", "cmd"],
    },
  ];
  for (const { name, spec, argv } of commands)
    it(`takes ${name}`, () => {
      assert.deepEqual(combineWithImage({ ...nothing, ...spec }, image).argv, argv);
    });

  it("puts the task's variables over the image's, and takes the working directory from the task first", () => {
    const own = combineWithImage(
      { ...nothing, environment: { A: "task=1" }, workingDirectory: "/own" },
      image,
    );

    assert.deepEqual(own.environment, { PATH: "/bin", A: "task=1", EMPTY: "" });
    assert.equal(own.workingDirectory, "/own");
    assert.equal(combineWithImage(nothing, image).workingDirectory, "/app");
    assert.equal(combineWithImage(nothing, {}).workingDirectory, "/");
  });

  it("stops with SIGTERM unless the image names another signal", () => {
    assert.equal(combineWithImage(nothing, {}).stopSignal, "SIGTERM");
    assert.equal(combineWithImage(nothing, { StopSignal: "SIGINT" }).stopSignal, "SIGINT");
  });

  const stopSignals: readonly (readonly [string | undefined, NodeJS.Signals])[] = [
    [undefined, "SIGTERM"],
    ["SIGINT", "SIGINT"],
    ["QUIT", "SIGQUIT"],
    ["sigusr1", "SIGUSR1"],
    ["2", "SIGINT"],
    ["SIGNONE", "SIGTERM"],
    ["999", "SIGTERM"],
  ];
  for (const [StopSignal, stopSignal] of stopSignals)
    it(`takes the stop signal ${String(StopSignal)} for ${stopSignal}`, () => {
      const spec = {
        entryPoint: undefined,
        command: undefined,
        environment: {},
        workingDirectory: undefined,
      };
      const image = StopSignal === undefined ? {} : { StopSignal };

      assert.equal(combineWithImage(spec, image).stopSignal, stopSignal);
    });
});
