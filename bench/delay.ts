import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { DescribeTasksCommand } from "@aws-sdk/client-ecs";
import { startRun } from "../src/run/start-run";
import { randomOf } from "../test/simulation/random-of";
import type { Finding, Goal, Question } from "./frame/finding";
import { quantile, seconds, secondsCells, times } from "./frame/quantiles";
import { delayMs, ecspresso, everySixSeconds, sdkForJavaScript, type Schedule } from "./frame/schedules";
import { repository, startStage, type Stage } from "./frame/stage";
import { virtualStage } from "./frame/virtual-stage";
import { botoWaiter, cliWaiter, ourCreate, sdkWaiter, type Waiter } from "./frame/waiters";

/** How much tasks of a length differ, so that no schedule meets all of them in step. */
const SPREAD = 0.1;

/** The time in which tasks are begun, in milliseconds: so few at once that starting them keeps nobody from looking. */
const BEGIN_MS = 30_000;

/** The most that noticing the end of a task may take, in milliseconds, and how much better that is than the best of others. */
const GOAL_P95_MS = 1200;
const GOAL_TIMES = 5;

/** The delays of one way to wait, for tasks of one length. */
interface Row {
  readonly name: string;
  readonly length: string;
  readonly how: "measured" | "virtual time" | "computed";
  readonly delaysMs: readonly number[];
}

export const delay: Question = { name: "delay", measure };

async function measure(isQuick: boolean): Promise<Finding> {
  const lengths = isQuick ? [2] : [2, 20];
  const real = await realRows(
    lengths,
    isQuick ? { tasks: 2, cliTasks: 1, beginMs: 1000 } : { tasks: 24, cliTasks: 16, beginMs: BEGIN_MS },
  );
  const samples = isQuick ? 20 : 1000;
  const computed = [2, 20].flatMap((length) => othersRows(length, samples, [["ecspresso", ecspresso]]));
  const long = await Promise.all(
    [180, 540].map(async (length) => [
      await ourVirtualRow(length, isQuick ? 10 : 100),
      ...othersRows(length, samples, [
        ["SDK for JavaScript, waitUntilTasksStopped", sdkForJavaScript],
        ["aws ecs wait, boto3, Airflow: every 6 s", everySixSeconds],
        ["ecspresso", ecspresso],
      ]),
    ]),
  );
  const rows = [
    ...real,
    ...computed.filter(({ length }) => real.some((row) => row.length === length)),
    ...long.flat(),
  ];
  const all = [...new Set(rows.map(({ length }) => length))];
  return {
    title: "How long until the end of a task is noticed",
    method: `From \`stoppedAt\`, by the server's clock, to the return: of \`create\` in Pulumi's own dynamic-provider process, of the waiter, of the command. Tasks of a length differ by ±${SPREAD * 100} %; all ways wait at the same time for tasks of one local ECS, begun at random moments of ${BEGIN_MS / 1000} s. “Virtual time” is the shipped code with a clock that jumps; “computed” follows from the documented pauses of others (bench/frame/schedules.ts), as if their calls took no time. \`EcsTask\` here includes all that \`create\` does after the wait.`,
    tables: [
      {
        caption: "Delay after STOPPED.",
        head: ["task", "way", "how", "tasks", "p50", "p95", "max"],
        rows: all.flatMap((length) =>
          rows
            .filter((row) => row.length === length)
            .map(({ name, how, delaysMs }) => [
              length,
              name,
              how,
              String(delaysMs.length),
              ...secondsCells(delaysMs),
            ]),
        ),
      },
    ],
    goals: all.flatMap((length) =>
      goals(
        length,
        rows.filter((row) => row.length === length),
      ),
    ),
    headlines: [headline(rows)],
  };
}

function goals(length: string, rows: readonly Row[]): Goal[] {
  const ours = p95(rows.find(isOurs));
  const others = rows.filter((row) => !isOurs(row));
  const best = others.reduce((a, b) => (p95(b) < p95(a) ? b : a));
  const ratio = p95(best) / ours;
  return [
    {
      goal: `tasks of ${length}: p95 at most ${seconds(GOAL_P95_MS)}`,
      measured: seconds(ours),
      isMet: ours <= GOAL_P95_MS,
    },
    {
      goal: `tasks of ${length}: p95 at least ${GOAL_TIMES} times better than the best of the others`,
      measured: `${times(ratio)} (the best is ${best.name} with ${seconds(p95(best))}, ${best.how})`,
      isMet: ratio >= GOAL_TIMES,
      reason: `Looks are one second apart: delays that are spread evenly over a second have a p95 of 0.95 s. The shortest delay measured was ${seconds(Math.min(...(rows.find(isOurs)?.delaysMs ?? [])))}, so that is what the calls and the judging after a look can take. To be five times better than ${seconds(p95(best))}, looks would have to be ${seconds(p95(best) / GOAL_TIMES / 0.95)} apart, which is more than one call a second for 100 tasks.`,
    },
  ];
}

function headline(rows: readonly Row[]) {
  const measured = rows.filter(({ how }) => how === "measured");
  const names = [...new Set(measured.map(({ name }) => name))];
  const [ours = NaN, ...others] = names.map((name) =>
    quantile(
      measured.filter((row) => row.name === name).flatMap(({ delaysMs }) => delaysMs),
      0.95,
    ),
  );
  return {
    what: "Delay until the end of a task is noticed, p95",
    here: seconds(ours),
    others: `${seconds(Math.min(...others))} to ${seconds(Math.max(...others))}`,
    sentence:
      "One watcher looks at all tasks each second; the waiters of the SDKs and the AWS CLI pause six seconds or more.",
  };
}

const isOurs = ({ name }: Row): boolean => name === "EcsTask";

const p95 = (row: Row | undefined): number => quantile(row?.delaysMs ?? [], 0.95);

/** How much is measured, and in which time it is begun. */
interface Amount {
  readonly tasks: number;
  /** Of the CLI, which is a process for each. */
  readonly cliTasks: number;
  readonly beginMs: number;
}

/** All ways at once, against one local ECS. */
async function realRows(lengths: readonly number[], { tasks, cliTasks, beginMs }: Amount): Promise<Row[]> {
  const { pythonEnvironment } = await import("../scripts/tools/python-environment.mts");
  const python = pythonEnvironment(join(repository, "packages/local-ecs/test/conformance/requirements.txt"));
  await using stage = await startStage();
  await using ours = await ourCreate(stage);
  await using sdk = sdkWaiter(stage);
  await using boto = await botoWaiter(stage, python);
  await using cli = cliWaiter(stage, python);
  const ways: [Waiter, number][] = [
    [ours, tasks],
    [sdk, tasks],
    [boto, tasks],
    [cli, cliTasks],
  ];
  const random = randomOf(1);
  return await Promise.all(
    lengths.flatMap((length) =>
      ways.map(async ([way, count]): Promise<Row> => {
        const delaysMs = await Promise.all(
          Array.from({ length: count }, () => {
            const takes = spread(length, random);
            return pause(random() * beginMs).then(() => delayOf(stage, way, takes));
          }),
        );
        return { name: way.name, length: `${length} s`, how: "measured", delaysMs };
      }),
    ),
  );
}

async function delayOf(stage: Stage, way: Waiter, taskSeconds: number): Promise<number> {
  const { taskArn, returnedMs } = await way.wait(taskSeconds);
  const { tasks } = await stage.ecs.send(new DescribeTasksCommand({ tasks: [taskArn] }));
  const stoppedAt = tasks?.[0]?.stoppedAt;
  if (stoppedAt === undefined) throw new Error(`${way.name} returned before task ${taskArn} had stopped`);
  return returnedMs - stoppedAt.getTime();
}

/** The whole of a run in virtual time: launch, watch, judge. */
async function ourVirtualRow(length: number, samples: number): Promise<Row> {
  const delaysMs: number[] = [];
  for (let seed = 1; seed <= samples; seed += 1) {
    const { time, ecs, ports, random } = virtualStage(seed);
    time.pass(random() * 10_000);
    ecs.plan = { pendingMs: 0, runMs: spread(length, random) * 1000, exitCode: 0, exitCodeDelayMs: 0 };
    const run = { identity: "bench", life: "bench", generation: 1 };
    await time.untilSettled(startRun(ports, { inputs: { taskDefinition: "app:1", cluster: "prod" }, run }));
    const [task] = ecs.tasks;
    if (task) delaysMs.push(time.nowMs() - task.stoppedMs);
  }
  return { name: "EcsTask", length: named(length), how: "virtual time", delaysMs };
}

function othersRows(length: number, samples: number, schedules: readonly [string, Schedule][]): Row[] {
  return schedules.map(([name, schedule]) => {
    const random = randomOf(2);
    const delaysMs = Array.from({ length: samples }, () =>
      delayMs(schedule, spread(length, random) * 1000, random),
    );
    return { name, length: named(length), how: "computed", delaysMs };
  });
}

const named = (length: number): string => (length < 60 ? `${length} s` : `${length / 60} min`);

function spread(length: number, random: () => number): number {
  return length * (1 + SPREAD * (2 * random() - 1));
}
