import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ContainerDefinition, ContainerStateChange } from "@aws-sdk/client-ecs";
import { TaskRun, type Report } from "../../src/local/agent/task-run";
import { MovableClock } from "../../src/local/clock";
import { OciLayouts } from "../../src/local/images/oci-layouts";
import { writeOciImage } from "../../src/local/images/write-oci-image";
import { ProcessRuntime } from "../../src/local/runtime/process-runtime";
import { payloadOf } from "./support/payload";

/** What amazon-ecs-agent 1.105.1 was seen to report, case by case; ids, times and the ends of reasons left open. */
describe("what the agent reports", function () {
  // Real processes: generous where the machine is busy, met at once where it is not.
  this.timeout(10_000);
  let folder: string;
  let runtime: ProcessRuntime;
  let digest: string;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "agent-"));
    const layout = join(folder, "images");
    const files = {
      "/exit.js": "process.exit(Number(process.argv[2]))",
      "/stay.js": "process.on('SIGTERM', () => {}); setInterval(() => {}, 1000)",
    };
    ({ digest } = await writeOciImage({
      layout,
      reference: "app:1",
      files,
      config: { Entrypoint: ["node"] },
    }));
    runtime = new ProcessRuntime({ images: new OciLayouts([layout]), folder });
  });
  after(async () => {
    await runtime.close();
    await rm(folder, { recursive: true, force: true });
  });

  const reportsOf = async (
    ...containerDefinitions: readonly ContainerDefinition[]
  ): Promise<readonly Report[]> => {
    const reports: Report[] = [];
    await new TaskRun({
      payload: payloadOf({ containerDefinitions }),
      runtime,
      clock: new MovableClock(),
      submit: (report) => {
        reports.push(report);
        return Promise.resolve();
      },
      resourcesOf: () => Promise.resolve({ environment: {}, mounts: [] }),
      outputOf: () => () => undefined,
      onHealth: () => undefined,
    }).run();
    return reports;
  };

  it("for a container that exits: PENDING with the digest before the pull, RUNNING, STOPPED", async () => {
    const reports = await reportsOf({ name: "app", image: "app:1", command: ["/exit.js", "3"] });

    const imageDigest = digest;
    assert.deepEqual(reports.map(outline), [
      {
        status: "PENDING",
        times: [],
        containers: [{ containerName: "app", status: "PENDING", imageDigest }],
      },
      {
        status: "RUNNING",
        times: ["pullStartedAt", "pullStoppedAt"],
        containers: [{ containerName: "app", status: "RUNNING", imageDigest, runtimeId: "…" }],
      },
      {
        status: "STOPPED",
        times: ["pullStartedAt", "pullStoppedAt", "executionStoppedAt"],
        containers: [{ containerName: "app", status: "STOPPED", imageDigest, runtimeId: "…", exitCode: 3 }],
      },
    ]);
  });

  it("for an image named by digest: no extra PENDING", async () => {
    const reports = await reportsOf({ name: "app", image: `app@${digest}`, command: ["/exit.js", "0"] });

    assert.deepEqual(
      reports.map(({ status }) => status),
      ["RUNNING", "STOPPED"],
    );
  });

  it("for a sidecar that has to be stopped: its 137 in the same message as the exit of the essential one", async () => {
    const reports = await reportsOf(
      { name: "side", image: "app:1", command: ["/stay.js"], essential: false, stopTimeout: 0 },
      { name: "main", image: "app:1", command: ["/exit.js", "4"] },
    );

    const last = reports.at(-1)!.containers!;
    assert.deepEqual(
      last.map(({ containerName, exitCode }) => [containerName, exitCode]),
      [
        ["side", 137],
        ["main", 4],
      ],
    );
  });

  it("for an unknown tag: STOPPED alone, without exit code, digest and runtime id", async () => {
    const reports = await reportsOf({ name: "app", image: "app:2" });

    assert.deepEqual(reports.map(outline), [
      {
        status: "STOPPED",
        times: ["executionStoppedAt"],
        containers: [{ containerName: "app", status: "STOPPED", reason: "CannotPullImageManifestError" }],
      },
    ]);
  });

  it("for an unknown digest: an image that cannot be pulled", async () => {
    const reports = await reportsOf({ name: "app", image: `app@sha256:${"0".repeat(64)}` });

    assert.match(reports.at(-1)!.containers![0]!.reason!, /^CannotPullContainerError: /);
  });

  it("for an entry point that does not exist: digest and runtime id, no exit code", async () => {
    const reports = await reportsOf({ name: "app", image: "app:1", entryPoint: ["/no/such"] });

    const imageDigest = digest;
    const reason = "CannotStartContainerError";
    assert.deepEqual(outline(reports.at(-1)!).containers, [
      { containerName: "app", status: "STOPPED", imageDigest, runtimeId: "…", reason },
    ]);
  });
});

function outline({ status, containers = [], ...more }: Report) {
  return { status, times: Object.keys(more), containers: containers.map(outlineContainer) };
}

function outlineContainer({ runtimeId, reason, ...certain }: ContainerStateChange): object {
  return {
    ...certain,
    ...(runtimeId === undefined ? {} : { runtimeId: runtimeId.replace(/^[0-9a-f]{64}$/, "…") }),
    ...(reason === undefined ? {} : { reason: reason.replace(/:.*$/s, "") }),
  };
}
