import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { DescribeTasksCommand, type Task } from "@aws-sdk/client-ecs";
import type { TaskInputs } from "../../src/inputs/task-inputs";
import { startRun } from "../../src/run/start-run";
import type { TaskPlan } from "../../test/simulation/ecs/task-plan";
import type { VirtualTask } from "../../test/simulation/ecs/virtual-task";
import { randomOf } from "../../test/simulation/random-of";
import type { Table } from "./finding";
import { quantile, secondsCells } from "./quantiles";
import { delayMs, type Schedule } from "./schedules";
import { repository, type Stage } from "./stage";
import { virtualStage } from "./virtual-stage";
import { botoWaiter, cliWaiter, ourCreate, sdkWaiter, type Waiter } from "./waiters";

/** How much tasks of a length differ, so that no schedule meets all of them in step. */
const SPREAD = 0.1;

/** The delays of one way to wait, for tasks of one length. */
export interface Row {
  readonly name: string;
  readonly length: string;
  readonly how: "measured" | "virtual time" | "computed";
  readonly delaysMs: readonly number[];
}

export const isOurs = ({ name }: Row): boolean => name === "EcsTask";

export const p50 = (row: Row | undefined): number => quantile(row?.delaysMs ?? [], 0.5);
export const p95 = (row: Row | undefined): number => quantile(row?.delaysMs ?? [], 0.95);

/** How much is measured, and in which time it is begun. */
export interface Amount {
  /** How long the tasks take, in seconds. */
  readonly lengths: readonly number[];
  readonly tasks: number;
  /** Of the CLI, which is a process for each. */
  readonly cliTasks: number;
  /** The time in which tasks are begun: so few at once that starting them keeps nobody from looking. */
  readonly beginMs: number;
}

/**
 * All ways to wait, at once and for tasks of one local ECS.
 *
 * @param endOf - from when the delay counts, by what ECS says of the task when it is STOPPED.
 */
export async function measuredRows(
  stage: Stage,
  { lengths, tasks, cliTasks, beginMs }: Amount,
  endOf: (task: Task) => Date | undefined,
): Promise<Row[]> {
  const { pythonEnvironment } = await import("../../scripts/tools/python-environment.mts");
  const python = pythonEnvironment(join(repository, "packages/local-ecs/test/conformance/requirements.txt"));
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
        const returns = await Promise.all(
          Array.from({ length: count }, () => {
            const takes = spread(length, random);
            return pause(random() * beginMs).then(() => way.wait(takes));
          }),
        );
        const delaysMs = await Promise.all(
          returns.map(async ({ taskArn, returnedMs }) => {
            const end = endOf(await stopped(stage, taskArn));
            if (end === undefined) throw new Error(`${way.name}: task ${taskArn} does not say when it ended`);
            return returnedMs - end.getTime();
          }),
        );
        return { name: way.name, length: named(length), how: "measured", delaysMs };
      }),
    ),
  );
}

async function stopped({ ecs }: Stage, taskArn: string): Promise<Task> {
  for (;;) {
    const { tasks } = await ecs.send(new DescribeTasksCommand({ tasks: [taskArn] }));
    const task = tasks?.[0];
    if (task?.lastStatus === "STOPPED") return task;
    await pause(200);
  }
}

/** What is done in virtual time. */
interface VirtualAmount {
  /** How long the tasks take, in seconds. */
  readonly length: number;
  readonly samples: number;
  readonly plan?: Partial<TaskPlan>;
  readonly inputs?: Partial<TaskInputs>;
}

/** The whole of a run in virtual time: launch, watch, judge. @param endOf - from when the delay counts. */
export async function virtualRow(
  { length, samples, plan = {}, inputs = {} }: VirtualAmount,
  endOf: (task: VirtualTask) => number,
): Promise<Row> {
  const delaysMs: number[] = [];
  for (let seed = 1; seed <= samples; seed += 1) {
    const { time, ecs, ports, random } = virtualStage(seed);
    time.pass(random() * 10_000);
    const runMs = spread(length, random) * 1000;
    ecs.plan = { pendingMs: 0, runMs, exitCode: 0, exitCodeDelayMs: 0, ...plan };
    const run = { identity: "bench", life: "bench", generation: 1 };
    const asked = { taskDefinition: "app:1", cluster: "prod", timeoutSeconds: 100_000, ...inputs };
    await time.untilSettled(startRun(ports, { inputs: asked, run }));
    const [task] = ecs.tasks;
    if (task) delaysMs.push(time.nowMs() - endOf(task));
  }
  return { name: "EcsTask", length: named(length), how: "virtual time", delaysMs };
}

/** What is computed of the schedules of others. */
interface ComputedAmount {
  /** How long the tasks take, in seconds. */
  readonly length: number;
  readonly samples: number;
  /** How much later than the work ends what they look for. @defaultValue 0 */
  readonly laterMs?: number;
}

export function computedRows(
  { length, samples, laterMs = 0 }: ComputedAmount,
  schedules: readonly (readonly [string, Schedule])[],
): Row[] {
  return schedules.map(([name, schedule]) => {
    const random = randomOf(2);
    const delaysMs = Array.from(
      { length: samples },
      () => laterMs + delayMs(schedule, spread(length, random) * 1000 + laterMs, random),
    );
    return { name, length: named(length), how: "computed", delaysMs };
  });
}

/** What is said of the rows of each length, one length after the other. */
export function byLength<T>(
  rows: readonly Row[],
  of: (length: string, rows: readonly Row[]) => readonly T[],
): readonly T[] {
  const lengths = [...new Set(rows.map(({ length }) => length))];
  return lengths.flatMap((each) =>
    of(
      each,
      rows.filter(({ length }) => length === each),
    ),
  );
}

/** The best of the others, by a quantile. */
export function bestOf(rows: readonly Row[], by: (row: Row) => number): Row {
  return rows.filter((row) => !isOurs(row)).reduce((a, b) => (by(b) < by(a) ? b : a));
}

/** All rows of one length beside each other. */
export function tableOf(caption: string, rows: readonly Row[]): Table {
  return {
    caption,
    head: ["task", "way", "how", "tasks", "p50", "p95", "max"],
    rows: byLength(rows, (length, ofLength) =>
      ofLength.map((row) => [
        length,
        row.name,
        row.how,
        String(row.delaysMs.length),
        ...secondsCells(row.delaysMs),
      ]),
    ),
  };
}

/** How it was measured, in words that every question about delays needs. */
export const METHOD = `Tasks of a length differ by ±${SPREAD * 100} %; all ways wait at the same time for tasks of one local ECS, begun at random moments. “Virtual time” is the shipped code with a clock that jumps; “computed” follows from the documented pauses of others (bench/frame/schedules.ts), as if their calls took no time. \`EcsTask\` here includes all that \`create\` does after the wait.`;

function named(length: number): string {
  return length < 60 ? `${length} s` : `${length / 60} min`;
}

function spread(length: number, random: () => number): number {
  return length * (1 + SPREAD * (2 * random() - 1));
}
