import assert from "node:assert/strict";
import { changesText, definitionChanges } from "../../../../src/inputs/definition/definition-changes";
import { whatRuns } from "../../../../src/inputs/definition/what-runs";
import { UNKNOWN } from "../../../../src/inputs/unknown";
import { canonicalJson } from "../../../../src/text/canonical-json";

const APP = { name: "app", image: "shop/app:41", environment: [{ name: "MODE", value: "fast" }] };

function changed(before: object, after: object): string {
  const [old, now] = [before, after].map((definition) => whatRuns(definition, canonicalJson));
  assert.ok(old && now);
  return changesText(definitionChanges(old, now));
}

const ofApp = (after: object, before: object = {}) =>
  changed(
    { containerDefinitions: [{ ...APP, ...before }] },
    { containerDefinitions: [{ ...APP, ...after }] },
  );

describe("what differs between two revisions", () => {
  it("is told of each container, and of the task", () => {
    const containerDefinitions = [
      { ...APP, image: "shop/app:42", command: ["npm", "start"], entryPoint: ["sh"] },
    ];

    assert.equal(
      changed(
        { containerDefinitions: [APP], cpu: "256" },
        { containerDefinitions, cpu: "512", taskRoleArn: "arn:aws:iam::1:role/path/shop" },
      ),
      "app: image shop/app:41 -> :42, command, entryPoint; task cpu 256 -> 512, taskRoleArn none -> shop",
    );
  });

  it("names variables and secrets, and shows no value", () => {
    const environment = [
      { name: "MODE", value: "hunter2" },
      { name: "FEATURE_X", value: "hunter2" },
    ];
    const secrets = [{ name: "KEY", valueFrom: "hunter2" }];

    assert.equal(
      ofApp({ environment, secrets }, { secrets: [{ name: "OLD", valueFrom: "x" }] }),
      "app: environment +FEATURE_X ~MODE, secrets +KEY -OLD",
    );
  });

  it("shows the sizes of a container", () => {
    assert.equal(
      ofApp({ cpu: 256, memory: 512, memoryReservation: 128 }, { memory: 256 }),
      "app: cpu none -> 256, memory 256 -> 512, memoryReservation none -> 128",
    );
  });

  it("names containers that come and go", () => {
    const proxy = { name: "proxy", image: "envoy:1" };

    assert.equal(
      changed({ containerDefinitions: [APP] }, { containerDefinitions: [APP, proxy] }),
      "proxy: added, image envoy:1",
    );
    assert.equal(
      changed({ containerDefinitions: [APP, proxy] }, { containerDefinitions: [APP] }),
      "proxy: removed",
    );
  });

  it("takes no container for what every object has", () => {
    const odd = { name: "constructor", image: "odd:1" };

    assert.equal(
      changed({ containerDefinitions: [APP] }, { containerDefinitions: [APP, odd] }),
      "constructor: added, image odd:1",
    );
  });

  it("is nothing where nothing that runs differs", () => {
    assert.equal(ofApp({ essential: true, cpu: 0, portMappings: [{ containerPort: 80 }] }), "");
  });

  it("leaves out what preview does not know", () => {
    assert.equal(
      changed(
        { containerDefinitions: [APP], taskRoleArn: "a" },
        { containerDefinitions: [APP], taskRoleArn: UNKNOWN },
      ),
      "",
    );
  });

  it("says that two roles of one name differ", () => {
    assert.equal(
      changed({ containerDefinitions: [APP], taskRoleArn: "a/b" }, { containerDefinitions: [APP] }),
      "taskRoleArn b -> none",
    );
    const role = (account: number) => ({
      containerDefinitions: [APP],
      executionRoleArn: `arn:aws:iam::${account}:role/shop`,
    });

    assert.equal(changed(role(1), role(2)), "executionRoleArn");
  });

  it("has about 200 characters, and counts the rest", () => {
    const containers = (tag: number) =>
      Array.from({ length: 30 }, (_, number) => ({ name: `container-${number}`, image: `shop/app:${tag}` }));
    const text = changed({ containerDefinitions: containers(1) }, { containerDefinitions: containers(2) });

    assert.ok(text.length < 220, text);
    assert.match(text, /^container-0: image shop\/app:1 -> :2; container-1: .*; 2\d more$/);
  });

  it("tells one change, however long it is", () => {
    const environment = Array.from({ length: 50 }, (_, number) => ({
      name: `VARIABLE_${number}`,
      value: "x",
    }));

    assert.match(ofApp({ environment, command: ["x"] }), /^app: command; 1 more$/);
    assert.match(ofApp({ environment }), /^app: environment \+VARIABLE_0 /);
  });
});
