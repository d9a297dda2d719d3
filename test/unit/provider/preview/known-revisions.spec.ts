import assert from "node:assert/strict";
import { whatRuns } from "../../../../src/inputs/definition/what-runs";
import { saltedFingerprint } from "../../../../src/text/salted-fingerprint";
import type { TaskInputs } from "../../../../src/inputs/task-inputs";
import { UNKNOWN } from "../../../../src/inputs/unknown";
import { knownRevisions } from "../../../../src/provider/preview/known-revisions";
import { readState } from "../../../../src/provider/read-state";
import { ScriptedEcs } from "../../../support/scripted-ecs";

const ARN = "arn:aws:ecs:eu-central-1:123456789012:task-definition/inside";

describe("the revisions of a forecast", () => {
  let asked: string[];

  beforeEach(() => {
    asked = [];
  });

  const connect = () => {
    const ecs = new ScriptedEcs();
    ecs.describeTaskDefinition = (name = "") => {
      asked.push(name);
      if (name.includes("denied")) return Promise.reject(new Error("denied"));
      return Promise.resolve({ containerDefinitions: [{ name: "app", image: name, command: ["x"] }] });
    };
    return Promise.resolve({ ecs, region: "eu-central-1" });
  };

  /** The images before and after. */
  async function images(
    olds: TaskInputs,
    news: TaskInputs,
    known?: Parameters<typeof knownRevisions>[2]["known"],
  ) {
    const recorded = readState("id", { ...olds, taskDefinitionArn: `${ARN}-${olds.taskDefinition}` });
    const { before, after } = await knownRevisions(recorded, news, { known, connect });
    return [before?.containers.app?.image, after?.containers.app?.image];
  }

  it("are asked for, the recorded one by what really ran, each once", async () => {
    const news = { taskDefinition: "inside:2" };

    assert.deepStrictEqual(await images({ taskDefinition: "1" }, news), [`${ARN}-1`, "inside:2"]);
    assert.deepStrictEqual(await images({ taskDefinition: "1" }, news), [`${ARN}-1`, "inside:2"]);
    assert.deepStrictEqual(asked.sort(), [`${ARN}-1`, "inside:2"]);
  });

  it("are not asked for where the task definition is the same", async () => {
    await images({ taskDefinition: "same:1" }, { taskDefinition: "same:1", count: 2 });

    assert.deepStrictEqual(asked, []);
  });

  it("are compared under the salt of what the program knows", async () => {
    const fingerprint = saltedFingerprint("salt");
    const containerDefinitions = [{ name: "app", image: "new", command: ["x"] }];
    const runs = whatRuns({ containerDefinitions }, fingerprint);
    assert.ok(runs);
    const recorded = readState("id", { taskDefinition: "salted:1" });
    const known = { salt: "salt", runs };

    const { before, after } = await knownRevisions(recorded, { taskDefinition: UNKNOWN }, { known, connect });

    assert.equal(before?.containers.app?.command, after?.containers.app?.command);
    assert.deepStrictEqual(
      [before?.containers.app?.image, after?.containers.app?.image],
      ["salted:1", "new"],
    );
    assert.deepStrictEqual(asked, ["salted:1"]);
  });

  it("are not asked for where nothing can be compared, or it is not known where", async () => {
    assert.deepStrictEqual(await images({ taskDefinition: "a:1" }, { taskDefinition: UNKNOWN }), [
      undefined,
      undefined,
    ]);
    assert.deepStrictEqual(
      await images({ taskDefinition: "b:1" }, { taskDefinition: "b:2", region: UNKNOWN }),
      [undefined, undefined],
    );
    assert.deepStrictEqual(asked, []);
  });

  it("are unknown where ECS does not say, or is another one", async () => {
    assert.deepStrictEqual(await images({ taskDefinition: "denied:1" }, { taskDefinition: "c:2" }), [
      undefined,
      "c:2",
    ]);
    assert.deepStrictEqual(
      await images({ taskDefinition: "d:1" }, { taskDefinition: "d:2", region: "us-east-1" }),
      [undefined, "d:2"],
    );
  });
});
