import assert from "node:assert/strict";
import { FAILURE_CODES } from "../../../../src/errors";
import { FAILURE_KINDS } from "../../../../src/outcome/explain/error-code-patterns";
import { judgeOutcome, type Expectation } from "../../../../src/outcome/judge-outcome";
import { failureKind } from "../../../../src/outcome/explain/recognise-failure";
import type { TaskRecord } from "../../../../src/outcome/task-record";
import { container, neverStarted, stoppedTask } from "../../../support/builders";
import { TEXTS_OF_ECS } from "../../../support/texts-of-ecs";

const FOUND_BY_US = ["SIDECAR_FAILED", "WORK_UNKNOWN", "WRONG_IMAGE"];

function codeOf(task: TaskRecord, expectation: Expectation = {}): string {
  const outcome = judgeOutcome([task], expectation);
  assert.ok(outcome.kind === "FAILED");
  return failureKind(outcome.reasons[0], task).code;
}

describe("failureKind", () => {
  for (const { code, reason, exitCode, ...said } of TEXTS_OF_ECS) {
    const words = [reason, said.stoppedReason, said.stopCode, exitCode].find((each) => each !== undefined);
    it(`is ${code} for ${String(words).slice(0, 100)}`, () => {
      const one = exitCode === undefined ? neverStarted() : container({ exitCode });

      assert.equal(codeOf(stoppedTask([{ ...one, ...(reason && { reason }) }], said)), code);
    });
  }

  it("is WRONG_IMAGE for a digest that was not expected, whatever else is said", () => {
    const task = stoppedTask([container({ imageDigest: "sha256:1" })], { stoppedReason: "RESOURCE:CPU" });

    assert.equal(codeOf(task, { expectedImageDigests: { app: "sha256:2" } }), "WRONG_IMAGE");
  });

  it("is WORK_UNKNOWN for a container that was killed where nothing shows which one has the work", () => {
    const task = stoppedTask([container(), container({ name: "side", exitCode: 137 })]);

    assert.equal(codeOf(task), "WORK_UNKNOWN");
  });

  it("is SIDECAR_FAILED for a container that failed although the work ended well", () => {
    const task = stoppedTask([container(), container({ name: "side", exitCode: 139 })]);

    assert.equal(codeOf(task, { workContainers: ["app"] }), "SIDECAR_FAILED");
  });

  it("advises to write a command as a list where it is one word with blanks", () => {
    const remedyOf = (reason: string) => {
      const app = neverStarted({ reason });
      return failureKind({ taskArn: "t", container: app, text: "" }, stoppedTask([app])).remedy;
    };

    for (const quote of [`"`, `\\"`, `\\\\\\"`]) {
      const said = (command: string) =>
        `CannotStartContainerError: exec: ${quote}${command}${quote}: executable file not found in $PATH`;
      assert.match(remedyOf(said("npm run migrate")), /write it as a list of words/);
      assert.match(remedyOf(said("npm")), /^the command was not found in the image/);
    }
  });

  it("knows by the stop code alone how a task ended of which nothing is known but that", () => {
    const kind = failureKind({ taskArn: "t", text: "" }, undefined);

    assert.equal(kind.code, "CONTAINER_FAILED");
  });

  it("has a case here for each kind, and 80 texts in all", () => {
    assert.ok(TEXTS_OF_ECS.filter(({ reason, stoppedReason }) => reason ?? stoppedReason).length >= 80);
    const tested = new Set([...TEXTS_OF_ECS.map(({ code }) => code), ...FOUND_BY_US]);

    assert.deepStrictEqual(
      FAILURE_CODES.filter((code) => !tested.has(code)),
      [],
    );
  });

  it("has one remedy for each code", () => {
    const codes = FAILURE_KINDS.map(({ code }) => code);

    assert.equal(new Set(codes).size, codes.length);
  });
});
