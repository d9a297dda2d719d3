import assert from "node:assert/strict";
import { heldUpText, waitingContainers } from "../../../../src/outcome/explain/held-up";
import { container, neverStarted, runningTask } from "../../../support/builders";

const TIMES = { startTimeoutSeconds: 900, timeoutSeconds: 3600 };
const task = (containers: Parameters<typeof runningTask>[0] = {}) =>
  runningTask({ lastStatus: "PENDING", ...containers });
const init = container({ name: "migrate", lastStatus: "RUNNING", exitCode: undefined! });
const app = neverStarted({ name: "app", lastStatus: "PENDING" });

describe("a task that is not RUNNING although a container of it has run", () => {
  it("is told with who waits for whom", () => {
    const definition = {
      containerDefinitions: [
        { name: "app", dependsOn: [{ containerName: "migrate", condition: "SUCCESS" as const }] },
        { name: "migrate" },
      ],
    };

    assert.equal(
      heldUpText(task({ containers: [app, init] }), definition, TIMES),
      'task 0123456789abcdef0123456789abcdef is PENDING after 900 s, and a container of it has run: container "app" waits for "migrate" (RUNNING) to be SUCCESS. It is not stopped; timeoutSeconds (3600 s) counts',
    );
  });

  it("is told with the status of its containers where the task definition may not be read", () => {
    assert.match(
      heldUpText(task({ containers: [app, init, { name: "side" }] }), undefined, TIMES),
      /a container of it has run: "app" is PENDING, "migrate" is RUNNING, "side" is status unknown\./,
    );
  });
});

describe("who waits for whom", () => {
  const waits = (condition: "HEALTHY" | "COMPLETE" | "SUCCESS", other: Partial<typeof init> | undefined) =>
    waitingContainers(task({ containers: other ? [app, { ...init, ...other }] : [app] }), {
      containerDefinitions: [
        { name: "app", dependsOn: [{ containerName: "migrate", condition }] },
        { dependsOn: [{ containerName: undefined, condition: undefined }] },
      ],
    }).find((each) => each.includes('"app"'));

  it("says how healthy the other one is, and how it ended", () => {
    assert.match(
      waits("HEALTHY", { healthStatus: "UNHEALTHY" }) ?? "",
      /\(RUNNING, UNHEALTHY\) to be HEALTHY$/,
    );
    assert.match(waits("SUCCESS", { lastStatus: "STOPPED", exitCode: 3 }) ?? "", /\(STOPPED, exit code 3\)/);
    assert.match(waits("COMPLETE", undefined) ?? "", /\(status unknown\) to be COMPLETE$/);
  });

  it("is nobody once the other one is where it should be", () => {
    assert.equal(waits("HEALTHY", { healthStatus: "HEALTHY" }), undefined);
    assert.equal(waits("COMPLETE", { exitCode: 3 }), undefined);
    assert.equal(waits("SUCCESS", { exitCode: 0 }), undefined);
  });

  it("is nobody where the one that waited has stopped, or only waited for a start", () => {
    const dependsOn = [{ containerName: "migrate", condition: "START" as const }];
    const definition = { containerDefinitions: [{ name: "app", dependsOn }] };
    const ended = { ...app, lastStatus: "STOPPED" };
    const created = neverStarted({ name: "migrate", lastStatus: "PENDING" });

    assert.deepStrictEqual(waitingContainers(task({ containers: [app, init] }), definition), []);
    assert.deepStrictEqual(waitingContainers(task({ containers: [ended, created] }), definition), []);
    assert.deepStrictEqual(waitingContainers(task({ containers: [app, created] }), definition), [
      'container "app" waits for "migrate" (PENDING) to be START',
    ]);
  });

  it("is nobody once a container has been created", () => {
    const started = { ...app, runtimeId: "r" };
    const definition = {
      containerDefinitions: [
        { name: "app", dependsOn: [{ containerName: "migrate", condition: "START" as const }] },
      ],
    };

    assert.deepStrictEqual(waitingContainers(task({ containers: [started, init] }), definition), []);
  });
});
