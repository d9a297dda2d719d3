import assert from "node:assert/strict";
import { resourceName } from "../../../src/inputs/resource-name";

describe("the name of a resource", () => {
  for (const { urn, name } of [
    { urn: "urn:pulumi:dev::shop::pulumi-nodejs:dynamic/ecs:Task::migrate", name: "migrate" },
    { urn: "urn:pulumi:dev::shop::a:b:C$pulumi-nodejs:dynamic/ecs:Task::web-migrate", name: "web-migrate" },
    { urn: "urn:pulumi:dev::shop::t::with::colons", name: "with::colons" },
    { urn: "no urn", name: "" },
  ]) {
    it(`is ${JSON.stringify(name)} in ${urn}`, () => {
      assert.equal(resourceName(urn), name);
    });
  }
});
