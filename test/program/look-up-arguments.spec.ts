import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { getRunningImages, getTask, getTasksByImageDigest, isEcsTaskError } from "../../src/index";

/** What JavaScript and a cast let through. */
const call = (lookUp: unknown, args?: unknown) => (lookUp as (args?: unknown) => Promise<unknown>)(args);
const DIGEST = `sha256:${"a".repeat(64)}`;
const later = pulumi.output(
  "arn:aws:ecs:eu-central-1:123456789012:task/prod/0123456789abcdef0123456789abcdef",
);

const cases: readonly {
  readonly name: string;
  readonly ask: () => Promise<unknown>;
  readonly said: RegExp;
}[] = [
  {
    name: "getTask without arguments",
    ask: () => call(getTask),
    said: /^getTask was called with wrong arguments: taskArn is required; must be a string\.$/,
  },
  {
    name: "getTask without an ARN",
    ask: () => call(getTask, { taskArn: undefined }),
    said: /taskArn is required/,
  },
  {
    name: "getTask with an Output",
    ask: () => call(getTask, { taskArn: later }),
    said: /^getTask: taskArn is an Output or a Promise, .* Call getTaskOutput\(…\), which takes both\.$/,
  },
  {
    name: "getTask with a Promise",
    ask: () => call(getTask, { taskArn: Promise.resolve("arn") }),
    said: /^getTask: taskArn is an Output or a Promise/,
  },
  {
    name: "getTask with an endpoint that is none",
    ask: () => call(getTask, { taskArn: "arn", endpoint: "localhost:7777" }),
    said: /endpoint is "localhost:7777"; must be a URL that begins with http/,
  },
  {
    name: "getRunningImages of an Output",
    ask: () => call(getRunningImages, { cluster: later }),
    said: /Call getRunningImagesOutput/,
  },
  {
    name: "getRunningImages of an empty name",
    ask: () => call(getRunningImages, { cluster: "" }),
    said: /cluster is empty; must be a cluster's name or ARN/,
  },
  {
    name: "getRunningImages of several clusters",
    ask: () => call(getRunningImages, { clusters: ["x"] }),
    said: /clusters is not a known property; did you mean "cluster"\?/,
  },
  {
    name: "getTasksByImageDigest without arguments",
    ask: () => call(getTasksByImageDigest),
    said: /imageDigest is required/,
  },
  {
    name: "getTasksByImageDigest with a word misspelled",
    ask: () => call(getTasksByImageDigest, { imageDigest: DIGEST, familiy: "shop" }),
    said: /familiy is not a known property; did you mean "family"\?/,
  },
  {
    name: "getTasksByImageDigest of another status",
    ask: () => call(getTasksByImageDigest, { imageDigest: DIGEST, desiredStatus: "PENDING" }),
    said: /desiredStatus is "PENDING"; must be one of "RUNNING", "STOPPED"/,
  },
];

describe("a look-up that is called in a way it cannot be", () => {
  for (const { name, ask, said } of cases) {
    it(`says so: ${name}`, async () => {
      const error = await ask().then(
        () => undefined,
        (reason: unknown) => reason,
      );

      assert.ok(isEcsTaskError(error, "WRONG_ARGUMENT"), String(error));
      assert.match(error.message, said);
    });
  }
});
