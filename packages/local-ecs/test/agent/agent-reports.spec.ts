import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ContainerDefinition, ContainerStateChange } from "@aws-sdk/client-ecs";
import { TaskRun, type Report } from "../../src/agent/task-run";
import { MovableClock } from "../../src/time/clock";
import { ImagePlaces } from "../../src/images/folders/image-places";
import { blobPath } from "../../src/images/folders/blob-path";
import { OciLayouts } from "../../src/images/folders/oci-layouts";
import { sha256 } from "../../src/images/sha256";
import { writeOciImage } from "../../src/images/write-oci-image";
import type { ContainerRuntime } from "../../src/runtime/container-runtime";
import { makeRuntime } from "../../src/runtime/make-runtime";
import { payloadOf } from "../support/payload";
import { runtimeKinds, shellFiles, skipWithout } from "../support/tools";

/** What amazon-ecs-agent 1.105.1 was seen to report, case by case; ids, times and the ends of reasons left open. */
for (const kind of runtimeKinds)
  describe(`what the agent reports, by the runtime ${kind}`, function () {
    // Real processes: generous where the machine is busy, met at once where it is not.
    this.timeout(30_000);
    let folder: string;
    let runtime: ContainerRuntime;
    let digest: string;
    let index: string;

    before(async function () {
      await skipWithout(this, kind);
      folder = await mkdtemp(join(tmpdir(), "agent-"));
      const layout = join(folder, "images");
      const config = { Entrypoint: ["sh", "-c"] };
      ({ digest } = await writeOciImage({ layout, reference: "app:1", files: shellFiles(), config }));
      index = await addIndex(layout, "multi:1", digest);
      runtime = await makeRuntime({
        kind,
        layouts: new OciLayouts(new ImagePlaces([layout], join(folder, "archives"))),
        dockerConfig: undefined,
        folder,
      });
    });
    after(async () => {
      await (runtime as ContainerRuntime | undefined)?.close();
      if (folder) await rm(folder, { recursive: true, force: true });
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
      const reports = await reportsOf({ name: "app", image: "app:1", command: ["exit 3"] });

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
      const reports = await reportsOf({ name: "app", image: `app@${digest}`, command: ["exit 0"] });

      assert.deepEqual(
        reports.map(({ status }) => status),
        ["RUNNING", "STOPPED"],
      );
    });

    it("for a sidecar that has to be stopped: its 137 in the same message as the exit of the essential one", async () => {
      const reports = await reportsOf(
        {
          name: "side",
          image: "app:1",
          command: ["trap '' TERM; while :; do sleep 0.1; done"],
          essential: false,
          stopTimeout: 0,
        },
        { name: "main", image: "app:1", command: ["exit 4"] },
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

    it("for a tag that is an index: the digest of the index", async () => {
      const reports = await reportsOf({ name: "app", image: "multi:1", command: ["exit 0"] });

      assert.notEqual(index, digest);
      assert.deepEqual(
        reports.map(({ status, containers }) => [
          status,
          containers![0]!.imageDigest,
          containers![0]!.exitCode,
        ]),
        [
          ["PENDING", index, undefined],
          ["RUNNING", index, undefined],
          ["STOPPED", index, 0],
        ],
      );
    });

    it("for a container that takes more memory than it may: 137 and OutOfMemoryError", async function () {
      if (kind === "process") {
        console.log("      skipped, processes have no limit of memory");
        return this.skip();
      }
      const endless = "x=xxxxxxxxxxxxxxxx; while :; do x=$x$x; done";
      const reports = await reportsOf({ name: "app", image: "app:1", command: [endless], memory: 32 });

      const { exitCode, reason } = reports.at(-1)!.containers![0]!;
      assert.deepEqual([exitCode, reason], [137, "OutOfMemoryError: Container killed due to memory usage"]);
    });
  });

/** Adds an index with this image for this platform to a layout. @returns its digest. */
async function addIndex(layout: string, reference: string, digest: string): Promise<string> {
  const path = join(layout, "index.json");
  const top = JSON.parse(await readFile(path, "utf8")) as { manifests: { digest: string }[] };
  const image = top.manifests.find((candidate) => candidate.digest === digest)!;
  const mediaType = "application/vnd.oci.image.index.v1+json";
  const bytes = Buffer.from(
    JSON.stringify({ schemaVersion: 2, mediaType, manifests: [{ ...image, annotations: undefined }] }),
  );
  const indexDigest = sha256(bytes);
  await writeFile(blobPath(layout, indexDigest), bytes);
  const annotations = { "org.opencontainers.image.ref.name": reference };
  const manifests = [...top.manifests, { mediaType, digest: indexDigest, size: bytes.length, annotations }];
  await writeFile(path, JSON.stringify({ ...top, manifests }));
  return indexDigest;
}

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
