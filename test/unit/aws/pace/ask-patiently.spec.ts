import assert from "node:assert/strict";
import { EcsApiError, type ApiErrorKind } from "../../../../src/aws/ecs-gateway";
import { askPatiently } from "../../../../src/aws/pace/ask-patiently";
import { ScriptedEcs } from "../../../support/scripted-ecs";
import { scriptedPorts } from "../../../support/scripted-ports";

/** Asks somebody who fails in these ways first, and then answers. */
async function ask(failures: readonly ApiErrorKind[]) {
  const ports = scriptedPorts(new ScriptedEcs());
  let asked = 0;
  const answer = await askPatiently(ports, "DescribeTasks", () => {
    const kind = failures[asked];
    asked += 1;
    return kind
      ? Promise.reject(new EcsApiError({ operation: "ListTasks", kind, code: "E", message: kind }))
      : Promise.resolve("yes");
  }).catch((error: unknown) => (error as Error).message);
  return { answer, asked, seconds: ports.clock.nowMs() / 1000 };
}

describe("askPatiently", () => {
  it("asks again after what passes, with growing pauses", async () => {
    assert.deepStrictEqual(await ask(["throttled", "broken", "unreachable"]), {
      answer: "yes",
      asked: 4,
      seconds: 10.5,
    });
  });

  it("does not ask again when it is refused", async () => {
    assert.deepStrictEqual(await ask(["denied"]), { answer: "denied", asked: 1, seconds: 0 });
  });

  it("gives up after a minute", async () => {
    // After 1.5, 3, 6, 12 and 22.5 seconds; another 22.5 would be more than a minute.
    assert.deepStrictEqual(await ask(Array<ApiErrorKind>(100).fill("throttled")), {
      answer: "throttled",
      asked: 6,
      seconds: 45,
    });
  });
});
