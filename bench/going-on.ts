import type { Finding, Goal, Question } from "./frame/finding";
import { seconds, times } from "./frame/quantiles";
import { ecspresso, everySixSeconds, sdkForJavaScript } from "./frame/schedules";
import { startStage } from "./frame/stage";
import {
  bestOf,
  byLength,
  computedRows,
  isOurs,
  measuredRows,
  METHOD,
  p50,
  p95,
  tableOf,
  virtualRow,
  type Row,
} from "./frame/ways-to-wait";

/**
 * How long Fargate shows a task DEPROVISIONING after its exit can be seen, by median (16 tasks in public dumps; 12.5 to
 * 36.7 s), in milliseconds.
 */
const DEPROVISIONING_MS = 12_900;

/** The most that going on may take after the exit can be seen, in milliseconds: two tenths of a second after a tick. */
const GOAL_P95_MS = 1200;
const GOAL_OLD_P95_MS = 5200;

/** How much sooner than the best of the others, by medians. */
const GOAL_TIMES = 10;

/** Tasks of this age are looked at less often. */
const OLD = "60 min";

const OF_OTHERS = [
  ["SDK for JavaScript, waitUntilTasksStopped", sdkForJavaScript],
  ["aws ecs wait, boto3, Airflow: every 6 s", everySixSeconds],
  ["ecspresso", ecspresso],
] as const;

export const goingOn: Question = { name: "going-on", measure };

async function measure(isQuick: boolean): Promise<Finding> {
  const samples = isQuick ? 20 : 1000;
  await using stage = await startStage({ deprovisioningMs: isQuick ? 2000 : DEPROVISIONING_MS });
  const measured = await measuredRows(
    stage,
    isQuick
      ? { lengths: [2], tasks: 2, cliTasks: 1, beginMs: 1000 }
      : { lengths: [10], tasks: 24, cliTasks: 16, beginMs: 30_000 },
    ({ executionStoppedAt, stoppingAt }) =>
      executionStoppedAt && stoppingAt && executionStoppedAt > stoppingAt ? executionStoppedAt : stoppingAt,
  );
  const computed = [10].flatMap((length) =>
    computedRows({ length, samples, laterMs: DEPROVISIONING_MS }, [
      ["Airflow: every 6 s", everySixSeconds],
      ["ecspresso", ecspresso],
    ]),
  );
  const long = await Promise.all(
    [180, 540, 3600].map(async (length) => [
      await virtualRow(
        {
          length,
          samples: isQuick ? 10 : 100,
          plan: { deprovisioningMs: DEPROVISIONING_MS },
          inputs: { networkConfiguration: { subnets: ["subnet-1"] } },
        },
        ({ endMs }) => endMs,
      ),
      ...computedRows({ length, samples, laterMs: DEPROVISIONING_MS }, OF_OTHERS),
    ]),
  );
  const rows = [...measured, ...(isQuick ? [] : computed), ...long.flat()];
  return {
    title: "How long until up goes on when the work is done",
    method: `Tasks as on Fargate: when their containers have ended, ECS shows the exit codes and keeps them DEPROVISIONING for ${seconds(DEPROVISIONING_MS)}, the median of 16 tasks in public dumps. From the moment when the exit can be seen, by the server's clock, to the return: of \`create\` in Pulumi's own dynamic-provider process, of the waiter, of the command. ${METHOD}`,
    tables: [tableOf("Delay after the exit can be seen.", rows)],
    goals: byLength(rows, goals),
    headlines: [headline(rows)],
  };
}

function goals(length: string, rows: readonly Row[]): Goal[] {
  const ours = rows.find(isOurs);
  const best = bestOf(rows, p50);
  const most = length === OLD ? GOAL_OLD_P95_MS : GOAL_P95_MS;
  const ratio = p50(best) / p50(ours);
  return [
    {
      goal: `tasks of ${length}: p95 at most ${seconds(most)} after the exit can be seen`,
      measured: seconds(p95(ours)),
      isMet: p95(ours) <= most,
    },
    {
      goal: `tasks of ${length}: by medians at least ${GOAL_TIMES} times sooner than the best of the others`,
      measured: `${times(ratio)} (the best is ${best.name} with ${seconds(p50(best))}, ${best.how})`,
      isMet: ratio >= GOAL_TIMES,
      ...(length === OLD
        ? {
            reason: `A task older than ten minutes is looked at every five seconds: the median is ${seconds(p50(ours))}.`,
          }
        : {}),
    },
  ];
}

function headline(rows: readonly Row[]) {
  const short = rows.filter(({ how }) => how === "measured");
  const ours = p50(short.find(isOurs));
  const others = short.filter((row) => !isOurs(row)).map(p50);
  return {
    what: "Fargate, a task of 10 s: from the exit code to going on, median",
    here: seconds(ours),
    others: `${seconds(Math.min(...others))} to ${seconds(Math.max(...others))}`,
    sentence:
      "`up` goes on when ECS shows the exit codes; the others wait until the network interface is gone.",
  };
}
