import assert from "node:assert/strict";
import { appendFile, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  CloudWatchLogsClient,
  GetLogEventsCommand,
  ResourceNotFoundException,
} from "@aws-sdk/client-cloudwatch-logs";
import {
  CreateClusterCommand,
  DescribeTasksCommand,
  ECSClient,
  RegisterTaskDefinitionCommand,
  RunTaskCommand,
  type ContainerDefinition,
  type RunTaskCommandInput,
  type Task,
} from "@aws-sdk/client-ecs";
import type * as localEcs from "../../src/api/index";
import type { ImageConfig, ImageFiles, LocalEcs, LocalEcsOptions, WrittenImage } from "../../src/api/index";
import { eventually } from "./eventually";

/** A local ECS with a cluster and a folder for images, and the SDK's own clients to talk to it. */
export interface Lab {
  readonly local: LocalEcs;
  readonly ecs: ECSClient;
  /** One that does not try again. */
  readonly once: ECSClient;
  readonly logs: CloudWatchLogsClient;
  /** The folder of the image layout. */
  readonly layout: string;
  readonly lines: readonly string[];
  image(
    reference: string,
    files: ImageFiles | readonly ImageFiles[],
    config?: ImageConfig,
  ): Promise<WrittenImage>;
  /** Registers a task definition with these containers. @returns its ARN. */
  define(containers: readonly ContainerDefinition[], family?: string): Promise<string>;
  run(taskDefinition: string, input?: Partial<RunTaskCommandInput>): Promise<Task & { taskArn: string }>;
  /** Asks DescribeTasks until the task is as wanted; fails when it has stopped without ever having been so. */
  until(taskArn: string, isWanted: (task: Task) => boolean): Promise<Task>;
  runToEnd(containers: readonly ContainerDefinition[], input?: Partial<RunTaskCommandInput>): Promise<Task>;
  /** The lines of a log stream; none while it does not exist. */
  output(group: string, stream: string): Promise<readonly string[]>;
  untilPrinted(group: string, stream: string, line: string): Promise<void>;
  /** Changes a byte of the image's only layer. */
  spoilLayer(manifestDigest: string): Promise<void>;
  close(): Promise<void>;
}

export const hasStopped = (task: Task): boolean => task.lastStatus === "STOPPED";
export const isRunning = (task: Task): boolean => task.lastStatus === "RUNNING";

/** What a lab needs of the package: its sources in the package's own tests, what is built for everybody else. */
type LocalEcsPackage = Pick<typeof localEcs, "startLocalEcs" | "writeOciImage">;

export async function startLabOn(
  { startLocalEcs, writeOciImage }: LocalEcsPackage,
  options: LocalEcsOptions = {},
): Promise<Lab> {
  const layout = await mkdtemp(join(tmpdir(), "images-"));
  const lines: string[] = [];
  const local = await startLocalEcs({
    images: [layout],
    transitionMs: 1,
    log: (line) => lines.push(line),
    ...options,
  });
  const clientOptions = {
    endpoint: local.url,
    region: local.region,
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
  };
  const ecs = new ECSClient(clientOptions);
  const once = new ECSClient({ ...clientOptions, maxAttempts: 1 });
  const logs = new CloudWatchLogsClient(clientOptions);
  await ecs.send(new CreateClusterCommand({}));

  const lab: Lab = {
    local,
    ecs,
    once,
    logs,
    layout,
    lines,
    image: (reference, files, config = {}) => writeOciImage({ layout, reference, files, config }),
    async define(containers, family = "app") {
      const needsRole = containers.some(({ secrets = [] }) => secrets.length > 0);
      const { taskDefinition } = await ecs.send(
        new RegisterTaskDefinitionCommand({
          ...{ family, memory: "512", containerDefinitions: [...containers] },
          ...(needsRole ? { executionRoleArn: "arn:aws:iam::123456789012:role/execution" } : {}),
        }),
      );
      return taskDefinition!.taskDefinitionArn!;
    },
    async run(taskDefinition, input = {}) {
      const { tasks, failures } = await ecs.send(new RunTaskCommand({ taskDefinition, ...input }));
      assert.deepEqual(failures, []);
      return { ...tasks![0]!, taskArn: tasks![0]!.taskArn! };
    },
    async until(taskArn, isWanted) {
      let task: Task | undefined;
      const isAsWanted = async () => {
        const { tasks } = await ecs.send(new DescribeTasksCommand({ tasks: [taskArn] }));
        task = tasks![0]!;
        if (isWanted(task)) return true;
        assert.notEqual(
          task.lastStatus,
          "STOPPED",
          `stopped before it was as wanted: ${task.stoppedReason ?? ""}`,
        );
        return false;
      };
      await eventually(isAsWanted, { words: String(isWanted) });
      return task!;
    },
    async runToEnd(containers, input = {}) {
      const { taskArn } = await lab.run(await lab.define(containers), input);
      return lab.until(taskArn, hasStopped);
    },
    async output(logGroupName, logStreamName) {
      const answer = logs.send(new GetLogEventsCommand({ logGroupName, logStreamName, startFromHead: true }));
      const { events = [] } = await answer.catch((error: unknown) => {
        if (error instanceof ResourceNotFoundException) return { events: [] };
        throw error;
      });
      return events.map(({ message = "" }) => message);
    },
    async untilPrinted(group, stream, line) {
      const isPrinted = async () => (await lab.output(group, stream)).includes(line);
      await eventually(isPrinted, { words: `"${line}" in ${stream}` });
    },
    async spoilLayer(manifestDigest) {
      const blob = (digest: string): string => join(layout, "blobs", "sha256", digest.replace("sha256:", ""));
      const manifest = JSON.parse(await readFile(blob(manifestDigest), "utf8")) as {
        layers: { digest: string }[];
      };
      await appendFile(blob(manifest.layers[0]!.digest), "spoilt");
    },
    async close() {
      ecs.destroy();
      once.destroy();
      logs.destroy();
      await local.close();
      await rm(layout, { recursive: true, force: true });
    },
  };
  return lab;
}
