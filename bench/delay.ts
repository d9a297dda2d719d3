import type { Finding, Goal, Question } from "./frame/finding";
import { quantile, seconds, times } from "./frame/quantiles";
import { ecspresso, everySixSeconds, sdkForJavaScript } from "./frame/schedules";
import { startStage } from "./frame/stage";
import {
  bestOf,
  byLength,
  computedRows,
  isOurs,
  measuredRows,
  METHOD,
  p95,
  tableOf,
  virtualRow,
  type Row,
} from "./frame/ways-to-wait";

/** The most that noticing the end of a task may take, in milliseconds, and how much better that is than the best of others. */
const GOAL_P95_MS = 1200;
const GOAL_TIMES = 5;

export const delay: Question = { name: "delay", measure };

async function measure(isQuick: boolean): Promise<Finding> {
  const samples = isQuick ? 20 : 1000;
  await using stage = await startStage();
  const measured = await measuredRows(
    stage,
    isQuick
      ? { lengths: [2], tasks: 2, cliTasks: 1, beginMs: 1000 }
      : { lengths: [2, 20], tasks: 24, cliTasks: 16, beginMs: 30_000 },
    ({ stoppedAt }) => stoppedAt,
  );
  const computed = [2, 20].flatMap((length) => computedRows({ length, samples }, [["ecspresso", ecspresso]]));
  const long = await Promise.all(
    [180, 540].map(async (length) => [
      await virtualRow(
        { length, samples: isQuick ? 10 : 100, plan: { deprovisioningMs: 0 } },
        ({ stoppedMs }) => stoppedMs,
      ),
      ...computedRows({ length, samples }, [
        ["SDK for JavaScript, waitUntilTasksStopped", sdkForJavaScript],
        ["aws ecs wait, boto3, Airflow: every 6 s", everySixSeconds],
        ["ecspresso", ecspresso],
      ]),
    ]),
  );
  const rows = [
    ...measured,
    ...computed.filter(({ length }) => measured.some((row) => row.length === length)),
    ...long.flat(),
  ];
  return {
    title: "How long until the end of a task is noticed",
    method: `Tasks without a network interface of their own, which are STOPPED when their containers are. From \`stoppedAt\`, by the server's clock, to the return: of \`create\` in Pulumi's own dynamic-provider process, of the waiter, of the command. ${METHOD}`,
    tables: [tableOf("Delay after STOPPED.", rows)],
    goals: byLength(rows, goals),
    headlines: [headline(rows)],
  };
}

function goals(length: string, rows: readonly Row[]): Goal[] {
  const ours = p95(rows.find(isOurs));
  const best = bestOf(rows, p95);
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
