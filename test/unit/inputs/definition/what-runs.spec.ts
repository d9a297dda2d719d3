import assert from "node:assert/strict";
import { whatRuns } from "../../../../src/inputs/definition/what-runs";
import { UNKNOWN } from "../../../../src/inputs/unknown";
import { canonicalJson } from "../../../../src/text/canonical-json";

const runs = (definition: object) => whatRuns(definition, canonicalJson);
const one = (container: object) =>
  runs({ containerDefinitions: [{ name: "app", image: "a", ...container }] });

describe("what a task definition runs", () => {
  it("is the same as an object, as JSON, and as ECS describes it with its defaults", () => {
    const written = { name: "app", image: "shop/app:1" };
    const described = {
      ...written,
      cpu: 0,
      essential: true,
      environment: [],
      mountPoints: [],
      portMappings: [],
      command: [],
    };

    const expected = runs({ containerDefinitions: [written], cpu: "1 vCPU", memory: "2GB" });

    assert.deepStrictEqual(
      runs({ containerDefinitions: JSON.stringify([written]), cpu: 1024, memory: "2048" }),
      expected,
    );
    assert.deepStrictEqual(
      runs({ containerDefinitions: [described], cpu: "1024", memory: "2 gb" }),
      expected,
    );
    assert.deepStrictEqual([expected?.cpu, expected?.memory], ["1024", "2048"]);
  });

  it("holds fingerprints of commands and values, by name where they have one", () => {
    const container = {
      command: ["a"],
      entryPoint: ["b"],
      environment: [{ name: "MODE", value: "x" }, { name: "EMPTY" }],
      secrets: [{ name: "KEY", valueFrom: "arn" }, { name: "NONE" }],
      memory: 512,
      memoryReservation: "256",
    };
    const found = whatRuns({ containerDefinitions: [{ name: "app", image: "a", ...container }] }, () => "#");

    assert.deepStrictEqual(found?.containers.app, {
      image: "a",
      command: "#",
      entryPoint: "#",
      environment: { MODE: "#", EMPTY: "#" },
      secrets: { KEY: "#", NONE: "#" },
      cpu: undefined,
      memory: "512",
      memoryReservation: "256",
    });
  });

  it("is nothing where its containers cannot be read, or are not known", () => {
    for (const containerDefinitions of [
      undefined,
      UNKNOWN,
      "{",
      "{}",
      "5",
      [5],
      [{ name: "app", image: UNKNOWN }],
      null,
    ])
      assert.equal(runs({ containerDefinitions }), undefined);
  });

  it("knows each size and role by itself", () => {
    const found = runs({ containerDefinitions: [], cpu: "256", taskRoleArn: UNKNOWN, executionRoleArn: "" });

    assert.deepStrictEqual(found, {
      containers: {},
      cpu: "256",
      memory: undefined,
      taskRoleArn: UNKNOWN,
      executionRoleArn: undefined,
    });
  });

  it("passes over members that are not what they should be", () => {
    assert.deepStrictEqual(
      one({ environment: "x", secrets: [5, {}], command: "npm start", image: 5, name: 5 }),
      {
        ...runs({ containerDefinitions: [] }),
        containers: {
          5: { ...one({})?.containers.app, image: "5", secrets: { "": '""' } },
        },
      },
    );
    assert.equal(one({ image: {} })?.containers.app?.image, "");
    assert.deepStrictEqual(Object.keys(runs({ containerDefinitions: [{ image: "a" }] })?.containers ?? {}), [
      "",
    ]);
  });
});
