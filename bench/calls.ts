import { setTimeout as pause } from "node:timers/promises";
import { waitUntilTasksStopped } from "@aws-sdk/client-ecs";
import { startRun } from "../src/run/start-run";
import { DocumentedBuckets } from "../test/support/documented-buckets";
import { ProviderHost } from "../test/support/provider-host";
import type { Finding, Question } from "./frame/finding";
import { times } from "./frame/quantiles";
import { ecspresso, everySixSeconds, looks, type Schedule } from "./frame/schedules";
import { awsEnvironment, startStage } from "./frame/stage";
import { virtualStage, type VirtualStage } from "./frame/virtual-stage";
import { randomOf } from "../test/simulation/random-of";

/** How long the tasks are waited for, in seconds. */
const WAIT_S = 60;

export const calls: Question = { name: "calls", measure };

async function measure(isQuick: boolean): Promise<Finding> {
  const sizes = isQuick ? [1, 10] : [1, 10, 100];
  const realS = isQuick ? 5 : WAIT_S;
  const real = await Promise.all(
    sizes.map(async (tasks) => {
      const [ours, sdk] = await Promise.all([ourCalls(tasks, realS), sdkCalls(tasks, realS)]);
      return { tasks, ours, sdk };
    }),
  );
  const virtual = await Promise.all(
    [1, 10, 100, ...(isQuick ? [] : [1000])].map(async (tasks) => ({
      tasks,
      ours: await virtualCalls(tasks),
    })),
  );
  const worst = Math.max(...virtual.map(({ tasks, ours }) => ours / WAIT_S / Math.ceil(tasks / 100)));
  const many = await throttled(isQuick ? 10 : 1000, 10);
  const last = virtual.at(-1);
  const others = computed(everySixSeconds, 1000);
  return {
    title: "How many calls waiting takes",
    method: `DescribeTasks calls while all tasks stay PENDING: “server” is counted at the local ECS over ${realS} s; “virtual” is the shipped code with a clock that jumps, over ${WAIT_S} s; “computed” follows from the documented pauses (bench/frame/schedules.ts), one waiter for each task as with one command or resource per task. The last table starts tasks at a simulated ECS that answers as the documented token buckets do (https://docs.aws.amazon.com/AmazonECS/latest/APIReference/request-throttling.html), in virtual time: a resource with \`count\` 10 for each ten tasks, all at once, tasks of a minute.`,
    tables: [
      {
        caption: `DescribeTasks calls at the server in ${realS} s.`,
        head: ["tasks", "EcsTask", "SDK for JavaScript, waitUntilTasksStopped"],
        rows: real.map(({ tasks, ours, sdk }) => [tasks, ours, sdk].map(String)),
      },
      {
        caption: `DescribeTasks calls in ${WAIT_S} s.`,
        head: [
          "tasks",
          "EcsTask (virtual)",
          "every 6 s: CLI, boto3, Airflow (computed)",
          "ecspresso (computed)",
        ],
        rows: virtual.map(({ tasks, ours }) =>
          [tasks, ours, computed(everySixSeconds, tasks), computed(ecspresso, tasks)].map(String),
        ),
      },
      {
        caption: `${many.tasks} tasks under the token buckets.`,
        head: ["calls", "made", "throttled"],
        rows: many.rows,
      },
    ],
    goals: [
      {
        goal: "at most 1 DescribeTasks call a second for each 100 tasks that are waited for",
        measured: `${worst.toFixed(2)} at most`,
        isMet: worst <= 1.02,
      },
      {
        goal: `${many.tasks} tasks under the documented token buckets without one throttled call`,
        measured: `${many.throttled} of ${many.made} calls throttled, all tasks ended after ${many.minutes.toFixed(1)} min`,
        isMet: many.throttled === 0,
      },
    ],
    headlines: [
      {
        what: "DescribeTasks calls for 1,000 tasks that run a minute",
        here: String(last?.ours ?? 0),
        others: `${others} (a call each 6 s and task)`,
        sentence: `One call looks at 100 tasks, so it takes ${times(others / (last?.ours ?? 1))} fewer calls though it looks six times as often.`,
      },
    ],
  };
}

/** Creates of as many resources, counted from when all tasks are launched. */
async function ourCalls(tasks: number, seconds: number): Promise<number> {
  await using stage = await startStage();
  await stage.holdTasks();
  const host = await ProviderHost.start({}, awsEnvironment);
  const { taskDefinition, url: endpoint } = stage;
  const creating = Array.from({ length: tasks }, (_, nth) =>
    host.create({ taskDefinition, region: "us-east-1", endpoint, triggers: [nth] }).catch(() => undefined),
  );
  while ((stage.calls.get("RunTask") ?? 0) < tasks) await pause(10);
  const counted = await describesDuring(stage.calls, seconds);
  await host.close();
  await Promise.all(creating);
  return counted;
}

async function sdkCalls(tasks: number, seconds: number): Promise<number> {
  await using stage = await startStage();
  await stage.holdTasks();
  const arns = await Promise.all(Array.from({ length: tasks }, () => stage.run(["true"])));
  const abortController = new AbortController();
  const waiting = arns.map((arn) =>
    waitUntilTasksStopped(
      { client: stage.ecs, maxWaitTime: 900, abortSignal: abortController.signal },
      { tasks: [arn] },
    ).catch(() => undefined),
  );
  const counted = await describesDuring(stage.calls, seconds);
  abortController.abort();
  await Promise.all(waiting);
  return counted;
}

async function describesDuring(calls: ReadonlyMap<string, number>, seconds: number): Promise<number> {
  const before = calls.get("DescribeTasks") ?? 0;
  await pause(seconds * 1000);
  return (calls.get("DescribeTasks") ?? 0) - before;
}

async function virtualCalls(tasks: number): Promise<number> {
  const stage = virtualStage(1);
  stage.ecs.plan = { pendingMs: 2 * WAIT_S * 1000, runMs: 0, exitCode: 0, exitCodeDelayMs: 0 };
  await stage.time.untilSettled(Promise.all(startAll(stage, tasks, 1)));
  const launchedMs = Math.max(...stage.calls.runTask) + 2000;
  const counted = stage.calls.describeTasks.filter(
    (ms) => ms >= launchedMs && ms < launchedMs + WAIT_S * 1000,
  );
  return counted.length;
}

function startAll({ ports }: VirtualStage, resources: number, count: number): Promise<unknown>[] {
  return Array.from({ length: resources }, (_, nth) => {
    const run = { identity: `bench${nth}`, life: `life${nth}`, generation: 1 };
    return startRun(ports, { inputs: { taskDefinition: "app:1", cluster: "prod", count }, run });
  });
}

function computed(schedule: Schedule, tasks: number): number {
  const random = randomOf(3);
  return Array.from({ length: tasks }, () => looks(schedule, WAIT_S * 1000 - 1, random)).reduce(
    (a, b) => a + b,
    0,
  );
}

/** As many resources with `count` tasks each, at an ECS that throttles as the documentation says. */
async function throttled(resources: number, count: number) {
  const stage = virtualStage(1, (clock) => new DocumentedBuckets(() => clock.now()));
  stage.ecs.plan = { pendingMs: 5000, runMs: WAIT_S * 1000, exitCode: 0, exitCodeDelayMs: 0 };
  await stage.time.untilSettled(Promise.all(startAll(stage, resources, count)));
  const operations = Object.entries(stage.calls).filter(([, made]) => made.length > 0);
  const rows = operations.map(([operation, made]) => [
    operation,
    String(made.length),
    String(stage.throttled.get(operation) ?? 0),
  ]);
  const sum = (numbers: Iterable<number>) => [...numbers].reduce((a, b) => a + b, 0);
  return {
    tasks: stage.ecs.tasks.length.toLocaleString("en"),
    rows,
    made: sum(operations.map(([, made]) => made.length)),
    throttled: sum(stage.throttled.values()),
    minutes: stage.time.nowMs() / 60_000,
  };
}
