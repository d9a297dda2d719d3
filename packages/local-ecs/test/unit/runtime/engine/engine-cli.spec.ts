import assert from "node:assert/strict";
import { EngineCli } from "../../../../src/runtime/engine/engine-cli";

describe("a command of a container engine that fails", () => {
  const failure = (script: string): Promise<Error> =>
    new EngineCli("sh").run(["-c", script, "--env=PASSWORD=hunter2"]).then(
      () => assert.fail("it did not fail"),
      (error: unknown) => error as Error,
    );

  const silent: readonly (readonly [string, string])[] = [
    ["exit 3", "sh -c failed with 3"],
    ["kill -9 $$", "sh -c failed with SIGKILL"],
  ];
  for (const [script, message] of silent)
    it(`without a word is told without what it was given: ${script}`, async () => {
      assert.equal((await failure(script)).message, message);
    });

  it("is told by its first line", async () => {
    assert.equal((await failure("echo no such image >&2; echo more >&2; exit 1")).message, "no such image");
  });
});
