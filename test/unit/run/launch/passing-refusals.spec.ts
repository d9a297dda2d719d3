import assert from "node:assert/strict";
import { isCapacityFailure, launchRetry } from "../../../../src/run/launch/passing-refusals";

describe("failures of a launch", () => {
  for (const { reasons, passes } of [
    { reasons: ["RESOURCE:MEMORY", "RESOURCE:CPU"], passes: true },
    { reasons: ["AGENT"], passes: true },
    { reasons: ["Capacity is unavailable at this time. Please try again later"], passes: true },
    { reasons: ["RESOURCE:MEMORY", "ATTRIBUTE"], passes: false },
    { reasons: ["MISSING"], passes: false },
    { reasons: ["AGENTLESS"], passes: false },
    { reasons: [undefined], passes: false },
    { reasons: [], passes: false },
  ])
    it(`${passes ? "may" : "do not"} pass by themselves: ${reasons.join(", ") || "none"}`, () => {
      assert.equal(isCapacityFailure(reasons.map((reason) => ({ reason }))), passes);
    });
});

describe("a refused launch", () => {
  for (const { message, retry } of [
    {
      message: "You have reached the limit on the number of tasks you can run concurrently",
      retry: "capacity",
    },
    {
      message: "You've reached the limit on the number of tasks in the PROVISIONING state",
      retry: "capacity",
    },
    { message: "ECS was unable to assume the role 'arn:aws:iam::1:role/x'", retry: "settling" },
    { message: "Invalid launch type", retry: undefined },
  ])
    it(`is ${retry ? `tried again (${retry})` : "final"}: ${message}`, () => {
      assert.equal(launchRetry(message), retry);
    });
});
