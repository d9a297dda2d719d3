import assert from "node:assert/strict";
import { RESOURCE_TYPE, SERIALIZED_PROVIDER } from "../../../src/program/serialized";

describe("the stored provider", () => {
  it("is the text that every release stores: a change would run every migration again", () => {
    assert.equal(
      SERIALIZED_PROVIDER,
      'exports.handler = () => require("pulumi-ecs-task/provider").provider;',
    );
    assert.equal(RESOURCE_TYPE, "pulumi-nodejs:dynamic/ecs:Task");
  });
});
