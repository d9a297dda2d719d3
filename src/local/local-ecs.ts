import { rmSync } from "node:fs";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Agent } from "./agent/agent";
import { MovableClock } from "./clock";
import { startHttpServer } from "./http/http-server";
import { LogStore } from "./logs/log-store";
import { secretStore } from "./resources/secrets";
import { makeRuntime, type RuntimeKind } from "./runtime/make-runtime";
import type { Account } from "./state/arn";
import { Clusters } from "./state/clusters";
import { Launches } from "./state/launches";
import { TaskDefinitions } from "./state/task-definitions";
import { TaskLifecycle } from "./state/task-lifecycle";
import { Tasks } from "./state/tasks";
import { onSuddenEnd } from "./sudden-end";
import { allVerbs } from "./verbs/all-verbs";

export { writeOciImage } from "./images/write-oci-image";
export type { ImageFile, ImageFiles, WriteOciImageOptions, WrittenImage } from "./images/write-oci-image";
export type { ImageConfig } from "./images/oci-content";
export type { RuntimeKind } from "./runtime/make-runtime";

/** @public */
export interface LocalEcsOptions {
  /**
   * Port on 127.0.0.1; the local ECS never listens elsewhere.
   * @defaultValue 0: a free one
   */
  readonly port?: number;
  /** @defaultValue "us-east-1" */
  readonly region?: string;
  /**
   * 12 digits.
   * @defaultValue "123456789012"
   */
  readonly accountId?: string;
  /**
   * Folders that are OCI image layouts. A task definition's image is found by its full reference, as in the
   * annotation `org.opencontainers.image.ref.name`, or by `name@sha256:…`.
   * @defaultValue []
   */
  readonly images?: readonly string[];
  /**
   * What runs the containers: `process`, plain processes of this user without isolation, or `engine`, real containers
   * of the Docker or Podman that answers on this machine.
   * @defaultValue "process"
   */
  readonly runtime?: RuntimeKind;
  /**
   * A `config.json` of Docker's: the credentials in its `auths` are used for registries; credential helpers are not.
   * @defaultValue registries are asked without credentials
   */
  readonly dockerConfig?: string;
  /**
   * The values that `secrets` of task definitions refer to: from ARN or name of the secret or parameter to its value, or
   * a folder with one file per value, named like the secret or parameter.
   * @defaultValue a task that asks for a secret ends with ResourceInitializationError
   */
  readonly secrets?: Readonly<Record<string, string>> | string;
  /**
   * Folder that stands for S3 in `environmentFiles` of task definitions: `arn:aws:s3:::bucket/a.env` is its file
   * `bucket/a.env`.
   * @defaultValue a task that names an environment file ends with ResourceInitializationError
   */
  readonly environmentFiles?: string;
  /**
   * Folder for unpacked images and containers; what the local ECS puts there is removed by close.
   * @defaultValue a temporary folder, removed by close
   */
  readonly dataDir?: string;
  /**
   * How long a task stays in a status it only passes through, in milliseconds (0 or more).
   * @defaultValue 25
   */
  readonly transitionMs?: number;
  /**
   * Gets the log line by line: requests (verb, status, duration; never their content) and failures of its own.
   * @defaultValue nothing is logged
   */
  readonly log?: (line: string) => void;
}

/** A running local ECS. @public */
export interface LocalEcs {
  /** Endpoint of ECS and of CloudWatch Logs: `http://127.0.0.1:<port>`. */
  readonly url: string;
  readonly region: string;
  readonly accountId: string;
  /** Moves the local ECS's time forward by some milliseconds: what is remembered for an hour is then forgotten. */
  advanceClock(ms: number): void;
  /** Ends every container, the server, and removes all files. May be called twice. */
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

/**
 * Starts an ECS on this machine that unmodified AWS SDKs can talk to, and that really runs the containers of its
 * tasks, as processes unless a container engine is asked for. Processes are not isolated: run only images you trust.
 *
 * @example
 * await using ecs = await startLocalEcs({ images: ["./images"] });
 * const client = new ECSClient({ endpoint: ecs.url, region: ecs.region, credentials });
 * @throws Error when an option makes no sense, the port is in use, or no container engine answers that is asked for.
 * @public
 */
export async function startLocalEcs(options: LocalEcsOptions = {}): Promise<LocalEcs> {
  const { port = 0, images = [], transitionMs = 25, log = () => undefined } = options;
  const account = accountOf(options);
  const folder = await workFolder(options.dataDir);
  const discardFolder = async (error: unknown): Promise<never> => {
    await rm(folder, { recursive: true, force: true });
    throw error;
  };
  const clock = new MovableClock();
  const closing = new AbortController();
  const tasks = new Tasks(account, clock);
  const logs = new LogStore();
  const { runtime: kind = "process", dockerConfig, secrets = {}, environmentFiles } = options;
  const runtime = await makeRuntime({ kind, layouts: images, dockerConfig, folder }).catch(discardFolder);
  let url = "";
  const lifecycle = new TaskLifecycle({
    tasks,
    clock,
    transitionMs,
    sendToAgent: (payload) => {
      agent.receive(payload);
    },
    signal: closing.signal,
  });
  const backend = {
    account,
    clock,
    clusters: new Clusters(account),
    taskDefinitions: new TaskDefinitions(account),
    tasks,
    launches: new Launches(tasks, clock),
    lifecycle,
    logs,
    url: () => url,
  };
  const server = await startHttpServer({ port, verbs: allVerbs, backend, log }).catch(discardFolder);
  url = server.url;
  const agent = new Agent({
    endpoint: url,
    region: account.region,
    runtime,
    logs,
    sources: { secrets: secretStore(secrets), environmentFiles },
    folder,
    clock,
    log,
    publishHealth: (...health) => {
      lifecycle.reportHealth(...health);
    },
  });

  // Where this process ends without close, nothing can be awaited any more: end and remove at once.
  const settled = onSuddenEnd(() => {
    runtime.killAll();
    rmSync(folder, { recursive: true, force: true });
  });
  const shutDown = async (): Promise<void> => {
    closing.abort();
    await agent.close();
    await server.close();
    await rm(folder, { recursive: true, force: true });
    settled();
  };
  let closed: Promise<void> | undefined;
  const close = (): Promise<void> => (closed ??= shutDown());
  return {
    url,
    ...account,
    advanceClock: (ms) => {
      clock.advance(ms);
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}

function accountOf({ region = "us-east-1", accountId = "123456789012" }: LocalEcsOptions): Account {
  if (!/^\d{12}$/.test(accountId))
    throw new Error(`accountId must be 12 digits: ${JSON.stringify(accountId)} is not.`);
  if (!/^[a-z]{2}(-[a-z]+)+-\d+$/.test(region))
    throw new Error(
      `region must be the name of an AWS region, like us-east-1: ${JSON.stringify(region)} is not.`,
    );
  return { region, accountId };
}

/** A folder of its own, so that removing it removes nothing else. */
async function workFolder(dataDir: string | undefined): Promise<string> {
  if (dataDir !== undefined) await mkdir(dataDir, { recursive: true });
  return mkdtemp(join(dataDir ?? tmpdir(), "local-ecs-"));
}
