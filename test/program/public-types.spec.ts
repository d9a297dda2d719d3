import assert from "node:assert/strict";
import type { Output } from "@pulumi/pulumi";
import {
  type EcsTask,
  getTask,
  getTaskOutput,
  isEcsTaskError,
  type ErrorCode,
  type GetTaskArgs,
  type LookUpOptions,
} from "../../src/index";
import { EcsTaskError } from "../../src/errors";

type Equal<A, B> = [A, B] extends [B, A] ? true : false;
type ValueOf<T> = T extends Output<infer Value> ? Value : never;

/** Compiles only where the types are the same. */
function same<A, B>(areEqual: Equal<A, B>): void {
  assert.ok(areEqual);
}

describe("the types of outputs", () => {
  it("say what may be absent", () => {
    same<ValueOf<EcsTask["taskArn"]>, string | undefined>(true);
    same<ValueOf<EcsTask["taskDefinitionArn"]>, string | undefined>(true);
    same<ValueOf<EcsTask["clusterArn"]>, string | undefined>(true);
    same<ValueOf<EcsTask["lastStatus"]>, string | undefined>(true);
    same<ValueOf<EcsTask["createdAt"]>, string | undefined>(true);
    same<ValueOf<EcsTask["generation"]>, number | undefined>(true);
    same<ValueOf<EcsTask["phase"]>, "SETTLED" | "FAILED" | "RUNNING" | "UNKNOWN" | undefined>(true);
    same<ValueOf<EcsTask["taskArns"]>, string[]>(true);
    same<ValueOf<EcsTask["outcome"]>, "SUCCEEDED" | "FAILED" | "RUNNING" | "UNKNOWN">(true);
  });

  it("fit the look-up of a task, which says that no ARN is none", async () => {
    const look = (task: EcsTask) => getTaskOutput({ taskArn: task.taskArn });
    const options: LookUpOptions = { region: undefined };
    const args: GetTaskArgs = { taskArn: "", region: "us-east-1", ...options };

    assert.equal(typeof look, "function");
    await assert.rejects(getTask({ ...args, region: "us-east-1" }), (error: unknown) =>
      isEcsTaskError(error, "NO_TASK_ARN"),
    );
  });
});

describe("isEcsTaskError", () => {
  it("knows the error of a look-up and of the provider, by its code", async () => {
    const ofLookUp: unknown = await getTask({ taskArn: "x", region: "us-east-1" }).catch(
      (error: unknown) => error,
    );
    const ofProvider = new EcsTaskError("NO_REGION", "no region");

    assert.deepStrictEqual([isEcsTaskError(ofLookUp), isEcsTaskError(ofProvider)], [true, true]);
    assert.equal(isEcsTaskError(ofLookUp, "NO_TASK_ARN"), true);
    assert.equal(isEcsTaskError(ofLookUp, "NO_REGION"), false);
    if (isEcsTaskError(ofLookUp)) same<typeof ofLookUp.code, ErrorCode>(true);
  });

  it("takes no other error for one", () => {
    const others = [
      new Error("x"),
      Object.assign(new Error("x"), { code: "NO_REGION" }),
      undefined,
      null,
      "NO_REGION",
    ];

    assert.deepStrictEqual(
      others.map((error) => isEcsTaskError(error)),
      others.map(() => false),
    );
  });
});
