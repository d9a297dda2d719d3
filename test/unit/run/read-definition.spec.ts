import assert from "node:assert/strict";
import { EcsApiError, type ApiErrorKind } from "../../../src/aws/ecs-gateway";
import { essentialContainers } from "../../../src/run/read-definition";
import { ScriptedEcs } from "../../support/scripted-ecs";
import { scriptedPorts } from "../../support/scripted-ports";

const containerDefinitions = [{ name: "app" }, { name: "sidecar", essential: false }];

/** The essential containers where the first `count` answers of DescribeTaskDefinition are errors. */
async function essentialAfter(count: number, kind: ApiErrorKind) {
  let calls = 0;
  const ecs = Object.assign(new ScriptedEcs(), {
    describeTaskDefinition: () => {
      calls += 1;
      return calls <= count
        ? Promise.reject(
            new EcsApiError({ operation: "DescribeTaskDefinition", kind, code: "Error", message: "no" }),
          )
        : Promise.resolve({ containerDefinitions });
    },
  });
  const found = await essentialContainers(scriptedPorts(ecs), "app:1");
  return { found, calls };
}

describe("essentialContainers", () => {
  it("asks again while ECS throttles or does not answer: without them a sidecar's failure would count", async () => {
    assert.deepStrictEqual(await essentialAfter(3, "throttled"), { found: ["app"], calls: 4 });
    assert.deepStrictEqual(await essentialAfter(1, "broken"), { found: ["app"], calls: 2 });
  });

  it("are not known where they may not be read, and ECS is asked once", async () => {
    assert.deepStrictEqual(await essentialAfter(1, "denied"), { found: undefined, calls: 1 });
  });

  it("are not known when ECS answers nothing for a minute", async () => {
    const { found } = await essentialAfter(Infinity, "broken");

    assert.equal(found, undefined);
  });
});
