import { rmSync } from "node:fs";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { Agent } from "../agent/agent";
import { MovableClock } from "../time/clock";
import { takeEveryStep, takeEveryStepNow } from "../clean-up/take-every-step";
import { controlEndpoint } from "../control/control-endpoint";
import { localTasks } from "../control/local-tasks";
import { FaultQueues } from "../faults/fault-queues";
import { Dispatcher } from "../server/dispatcher";
import { TaskPlanQueue } from "../faults/task-plan-queue";
import { TokenBuckets } from "../faults/token-buckets";
import { startHttpServer } from "../server/http-server";
import { accountOf, type LocalEcsOptions } from "./local-ecs-options";
import { LogStore } from "../logs/log-store";
import { secretStore } from "../agent/environment/secrets";
import type { LocalEcs } from "./running-local-ecs";
import { ImagePlaces } from "../images/folders/image-places";
import { OciLayouts } from "../images/folders/oci-layouts";
import { makeRuntime } from "../runtime/make-runtime";
import type { Account } from "../state/arn";
import { ContainerInstances } from "../state/container-instances/container-instances";
import { Clusters } from "../state/clusters/clusters";
import { ClientTokens } from "../state/tasks/client-tokens";
import { Services } from "../state/services/services";
import { TaskDefinitions } from "../state/task-definitions/task-definitions";
import { SavedState } from "../saved/saved-state";
import { TaskLifecycle } from "../state/tasks/task-lifecycle";
import { abandon, isStopped } from "../state/tasks/task-record";
import { Tasks } from "../state/tasks/tasks";
import { Visibility } from "../state/tasks/visibility";
import { setAgentConnected } from "../control/set-agent-connected";
import { seedService } from "../control/seed-service";
import { cleanUpOnExit } from "../clean-up/clean-up-on-exit";
import type { OperationContext } from "../operations/operation-context";
import { AwsError } from "../server/aws-error";
import { allOperations } from "../operations/all-operations";

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
  const account = accountOf(options);
  const plans = plansOf(options);
  const saved = options.stateDir === undefined ? undefined : new SavedState(options.stateDir, account);
  let folder: string | undefined;
  try {
    folder = await workFolder(options.dataDir);
    return await startPrepared({ account, ...plans, saved, folder }, options);
  } catch (error) {
    saved?.close();
    if (folder !== undefined) await rm(folder, { recursive: true, force: true });
    throw error;
  }
}

/** What is checked, or held, before the local ECS is started. */
interface Prepared extends Plans {
  readonly account: Account;
  /** Given back when it cannot be started, and so is the folder. */
  readonly saved: SavedState | undefined;
  readonly folder: string;
}

async function startPrepared(prepared: Prepared, options: LocalEcsOptions): Promise<LocalEcs> {
  const { account, faults, plans, saved, folder } = prepared;
  const { port = 0, images = [], transitionMs = 25, log = () => undefined } = options;
  const map = <T>(name: string): Map<string, T> => saved?.map<T>(name) ?? new Map<string, T>();
  const clock = new MovableClock(map("clock"));
  const closing = new AbortController();
  const { signal } = closing;
  const tasks = new Tasks(account, clock, {
    retentionMs: options.stoppedTaskRetentionMs,
    byArn: map("tasks"),
  });
  function abandonTasks(): void {
    for (const record of tasks.all()) if (!isStopped(record)) tasks.put(abandon(record, clock.now()));
  }
  // Whatever still ran when the state was written last has ended since.
  abandonTasks();
  const visibility = new Visibility(clock, options.lagMs);
  const logs = new LogStore(saved?.list("logs"));
  const { runtime: kind = "process", dockerConfig, secrets = {}, environmentFiles } = options;
  const layouts = new OciLayouts(new ImagePlaces(images, join(folder, "archives"), signal));
  const runtime = await makeRuntime({ kind, layouts, dockerConfig, folder });
  let url = "";
  const lifecycle = new TaskLifecycle({
    tasks,
    clock,
    transitionMs,
    phaseMs: options.phaseMs ?? {},
    sendToAgent: (payload) => {
      agent.receive(payload);
    },
    signal,
    planFor: (family) => plans.take(family),
    log,
  });
  const context: OperationContext = {
    account,
    clock,
    clusters: new Clusters(account, map("clusters")),
    containerInstances: new ContainerInstances(account, map("containerInstances")),
    services: new Services(account, map("services")),
    hasDefaultInstance: options.defaultInstance ?? true,
    taskDefinitions: new TaskDefinitions(account, map("taskDefinitions")),
    tasks,
    clientTokens: new ClientTokens(tasks, clock, map("launches")),
    lifecycle,
    logs,
    visibility,
    imposedFailures: () => [],
    url: () => url,
  };
  const buckets = options.throttling === true ? new TokenBuckets(clock) : undefined;
  const dispatcher = new Dispatcher({ faults, buckets, context, clock, signal });
  const ownTasks = localTasks({ tasks, plans, lifecycle, visibility, clock });
  const server = await startHttpServer({
    port,
    operations: allOperations,
    call: async (operation, request) => {
      const answer = await dispatcher.call(operation, request);
      if (saved?.failure) throw new AwsError("ServerException", saved.failure.message);
      return answer;
    },
    control: controlEndpoint({ faults, tasks: ownTasks, clock }),
    clock,
    signal,
    log,
  });
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
    onContainerLine: options.onContainerLine ?? (() => undefined),
    publishHealth: (...health) => {
      lifecycle.reportHealth(...health);
    },
  });

  function onError(error: unknown): void {
    log(`close: ${error instanceof Error ? error.message : String(error)}`);
  }
  const keepState = [
    abandonTasks,
    () => {
      saved?.close();
    },
  ];
  // Where this process ends without close, nothing can be awaited any more: end and remove at once.
  const forgetCleanUp = cleanUpOnExit(() => {
    function remove(): void {
      rmSync(folder, { recursive: true, force: true });
    }
    function kill(): void {
      runtime.killAll();
    }
    takeEveryStepNow([kill, ...keepState, remove], onError);
  });
  let end: (why: Error | undefined) => void = () => undefined;
  const ended = new Promise<void>((resolve, reject) => {
    end = (why) => {
      if (why === undefined) resolve();
      else reject(why);
    };
  });
  async function shutDown(): Promise<void> {
    closing.abort();
    const remove = (): Promise<void> => rm(folder, { recursive: true, force: true });
    await takeEveryStep([() => agent.close(), () => server.close(), ...keepState, remove], onError);
    forgetCleanUp();
    end(saved?.failure);
  }
  let closed: Promise<void> | undefined;
  const close = (): Promise<void> => (closed ??= shutDown());
  // Whoever does not ask how it ended is not to be ended by that.
  ended.catch(() => undefined);
  saved?.onFailure(({ message }) => {
    log(message);
    void close();
  });
  return {
    url,
    ...account,
    faults,
    tasks: ownTasks,
    now: () => new Date(clock.now()),
    images: async () => {
      const { images: found, problems } = await layouts.list();
      for (const { message } of problems) log(message);
      return found;
    },
    advanceClock: (ms) => {
      clock.advance(ms);
    },
    seedService: (service) => seedService(service, context),
    setAgentConnected: (containerInstanceArn, isConnected) => {
      setAgentConnected(containerInstanceArn, isConnected, context);
    },
    ended,
    close,
    [Symbol.asyncDispose]: close,
  };
}

interface Plans {
  readonly faults: FaultQueues;
  readonly plans: TaskPlanQueue;
}

/** @throws Error that says what of the plans makes no sense. */
function plansOf(options: LocalEcsOptions): Plans {
  const faults = new FaultQueues(new Set([...allOperations.values()].map(({ name }) => name)));
  faults.add(options.faults ?? {});
  const plans = new TaskPlanQueue();
  for (const plan of options.taskPlans ?? []) plans.add(plan);
  return { faults, plans };
}

/** A folder of its own, so that removing it removes nothing else. Absolute: containers run in folders of theirs. */
async function workFolder(dataDir: string | undefined): Promise<string> {
  if (dataDir !== undefined) await mkdir(dataDir, { recursive: true });
  return mkdtemp(join(resolve(dataDir ?? tmpdir()), "local-ecs-"));
}
