import { rmSync } from "node:fs";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Agent } from "./agent/agent";
import { MovableClock } from "./clock";
import { control } from "./control/control";
import { localTasks, type LocalTasks } from "./control/local-tasks";
import type { FaultPlan } from "./faults/fault";
import { Faults } from "./faults/faults";
import { Interference } from "./faults/interference";
import { TaskPlans } from "./faults/task-plans";
import { TokenBuckets } from "./faults/token-buckets";
import { startHttpServer } from "./http/http-server";
import { LogStore } from "./logs/log-store";
import { secretStore } from "./resources/secrets";
import { makeRuntime, type RuntimeKind } from "./runtime/make-runtime";
import type { Account } from "./state/arn";
import { ContainerInstances } from "./state/container-instances";
import { Clusters } from "./state/clusters";
import { Launches } from "./state/launches";
import { Services } from "./state/services";
import { TaskDefinitions } from "./state/task-definitions";
import { SavedState } from "./saved/saved-state";
import { TaskLifecycle } from "./state/task-lifecycle";
import { abandon, isStopped } from "./state/task-record";
import { Tasks } from "./state/tasks";
import { Visibility, type ConsistencyLag } from "./state/visibility";
import { setAgentConnected } from "./set-agent-connected";
import { seedService, type SeedService } from "./seed-service";
import { onSuddenEnd } from "./sudden-end";
import type { TaskPlan } from "./faults/task-plan";
import type { Backend } from "./http/verb";
import { allVerbs } from "./verbs/all-verbs";

export { writeOciImage } from "./images/write-oci-image";
export type { ImageFile, ImageFiles, WriteOciImageOptions, WrittenImage } from "./images/write-oci-image";
export type { SeedService } from "./seed-service";
export type { ImageConfig } from "./images/oci-content";
export type { RuntimeKind } from "./runtime/make-runtime";

export type { LocalTasks } from "./control/local-tasks";
export type { Fault, FaultMatch, FaultPlan } from "./faults/fault";
export type { Interruption, TaskPlan } from "./faults/task-plan";
export type { ConsistencyLag } from "./state/visibility";

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
   * Folder that keeps clusters, task definitions, tasks, client tokens, logs and the clock, for the next start. Tasks that
   * are not STOPPED when the local ECS ends are STOPPED then.
   * @defaultValue nothing is kept
   */
  readonly stateDir?: string;
  /**
   * How long a task stays in a status it only passes through, in milliseconds (0 or more).
   * @defaultValue 25
   */
  readonly transitionMs?: number;
  /**
   * What goes wrong with which calls.
   * @defaultValue nothing
   */
  readonly faults?: FaultPlan;
  /**
   * What becomes of the tasks that are launched, beside what their containers do.
   * @defaultValue nothing
   */
  readonly taskPlans?: readonly TaskPlan[];
  /**
   * How long DescribeTasks and ListTasks do not know a new task, in milliseconds of the local ECS's clock.
   * @defaultValue not at all
   */
  readonly lagMs?: ConsistencyLag;
  /**
   * How long DescribeTasks and ListTasks show a stopped task, in milliseconds of the local ECS's clock (0 or more).
   * @defaultValue an hour
   */
  readonly stoppedTaskRetentionMs?: number;
  /**
   * Limits calls as AWS does by default, by token buckets: what is too much gets ThrottlingException `Rate exceeded`.
   * @defaultValue false
   */
  readonly throttling?: boolean;
  /**
   * Whether each cluster has a container instance from the beginning: this machine, with room for every task. On AWS a
   * new cluster has none. Of use where tasks on EC2 shall not find room unless an instance is registered.
   * @defaultValue true
   */
  readonly defaultInstance?: boolean;
  /**
   * Gets the log line by line: requests (verb, status, duration; never their content) and failures of its own.
   * @defaultValue nothing is logged
   */
  readonly log?: (line: string) => void;
}

/** The faults that are still to come. @public */
export interface LocalFaults {
  /** Puts faults behind those that are there. @throws Error that says what of the plan makes no sense. */
  add(plan: FaultPlan): void;
  /** Forgets all faults that are still to come. */
  clear(): void;
  /** What has not happened yet; a test that ends with `{}` knows that every fault was met. */
  pending(): FaultPlan;
}

/** A running local ECS. @public */
export interface LocalEcs {
  /** Endpoint of ECS and of CloudWatch Logs: `http://127.0.0.1:<port>`. */
  readonly url: string;
  readonly region: string;
  readonly accountId: string;
  /** What goes wrong with which calls. */
  readonly faults: LocalFaults;
  /** What you can do to tasks. */
  readonly tasks: LocalTasks;
  /** The local ECS's time: this machine's, and by how much it was moved. */
  now(): Date;
  /** Moves the local ECS's time forward by some milliseconds: what is remembered for an hour is then forgotten. */
  advanceClock(ms: number): void;
  /**
   * Puts a service into a cluster, which DescribeServices and ListServices show, and starts its tasks, as the service
   * scheduler would. There is no scheduler: a task that ends is not replaced.
   * @returns the service's ARN.
   * @throws Error when cluster or task definition are unknown, or the tasks cannot be started.
   */
  seedService(service: SeedService): string;
  /**
   * Connects a container instance's agent, or loses it: then RunTask and StartTask answer with the failure `AGENT`.
   * Tasks that run there go on.
   * @throws Error when there is no such container instance.
   */
  setAgentConnected(containerInstanceArn: string, isConnected: boolean): void;
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
  const { faults, plans } = plansOf(options);
  const saved = options.stateDir === undefined ? undefined : new SavedState(options.stateDir, account);
  const folder = await workFolder(options.dataDir).catch((error: unknown) => {
    saved?.close();
    throw error;
  });
  const discard = async (error: unknown): Promise<never> => {
    saved?.close();
    await rm(folder, { recursive: true, force: true });
    throw error;
  };
  const map = <T>(name: string): Map<string, T> => saved?.map<T>(name) ?? new Map<string, T>();
  const clock = new MovableClock(map("clock"));
  const closing = new AbortController();
  const { signal } = closing;
  const tasks = new Tasks(account, clock, {
    retentionMs: options.stoppedTaskRetentionMs,
    byArn: map("tasks"),
  });
  const abandonTasks = (): void => {
    for (const record of tasks.all()) if (!isStopped(record)) tasks.put(abandon(record, clock.now()));
  };
  // Whatever still ran when the state was written last has ended since.
  abandonTasks();
  const visibility = new Visibility(clock, options.lagMs);
  const logs = new LogStore(saved?.list("logs"));
  const { runtime: kind = "process", dockerConfig, secrets = {}, environmentFiles } = options;
  const runtime = await makeRuntime({ kind, layouts: images, dockerConfig, folder }).catch(discard);
  let url = "";
  const lifecycle = new TaskLifecycle({
    tasks,
    clock,
    transitionMs,
    sendToAgent: (payload) => {
      agent.receive(payload);
    },
    signal,
    planFor: (family) => plans.take(family),
  });
  const backend: Backend = {
    account,
    clock,
    clusters: new Clusters(account, map("clusters")),
    containerInstances: new ContainerInstances(account, map("containerInstances")),
    services: new Services(account, map("services")),
    hasDefaultInstance: options.defaultInstance ?? true,
    taskDefinitions: new TaskDefinitions(account, map("taskDefinitions")),
    tasks,
    launches: new Launches(tasks, clock, map("launches")),
    lifecycle,
    logs,
    visibility,
    imposedFailures: () => [],
    url: () => url,
  };
  const buckets = options.throttling === true ? new TokenBuckets(clock) : undefined;
  const interference = new Interference({ faults, buckets, backend, clock, signal });
  const ownTasks = localTasks({ tasks, plans, lifecycle, visibility, clock });
  const server = await startHttpServer({
    port,
    verbs: allVerbs,
    call: (verb, request) => interference.call(verb, request),
    control: control({ faults, tasks: ownTasks, clock }),
    log,
  }).catch(discard);
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
    abandonTasks();
    saved?.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const shutDown = async (): Promise<void> => {
    closing.abort();
    await agent.close();
    await server.close();
    abandonTasks();
    saved?.close();
    await rm(folder, { recursive: true, force: true });
    settled();
  };
  let closed: Promise<void> | undefined;
  const close = (): Promise<void> => (closed ??= shutDown());
  return {
    url,
    ...account,
    faults,
    tasks: ownTasks,
    now: () => new Date(clock.now()),
    advanceClock: (ms) => {
      clock.advance(ms);
    },
    seedService: (service) => seedService(service, backend),
    setAgentConnected: (containerInstanceArn, isConnected) => {
      setAgentConnected(containerInstanceArn, isConnected, backend);
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

/** @throws Error that says what of the plans makes no sense. */
function plansOf(options: LocalEcsOptions): { readonly faults: Faults; readonly plans: TaskPlans } {
  const faults = new Faults(new Set([...allVerbs.values()].map(({ name }) => name)));
  faults.add(options.faults ?? {});
  const plans = new TaskPlans();
  for (const plan of options.taskPlans ?? []) plans.add(plan);
  return { faults, plans };
}

/** A folder of its own, so that removing it removes nothing else. */
async function workFolder(dataDir: string | undefined): Promise<string> {
  if (dataDir !== undefined) await mkdir(dataDir, { recursive: true });
  return mkdtemp(join(dataDir ?? tmpdir(), "local-ecs-"));
}
