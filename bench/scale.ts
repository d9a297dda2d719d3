import type { Finding, Question } from "./frame/finding";
import { seconds, times } from "./frame/quantiles";
import { COMMANDS, IN_FLIGHT, measureStacks, OUTPUTS, type Command, type Kind } from "./frame/stack-of-many";

/** How much longer what runs no task may take than with plain dynamic resources. */
const GOAL_TIMES = 1.2;

/** Of 1,000 resources once, for that takes minutes. */
const PLANS = [
  { size: 1, kinds: ["EcsTask", "plain"], repeats: 3 },
  { size: 100, kinds: ["EcsTask", "plain"], repeats: 3 },
  { size: 1000, kinds: ["EcsTask", "plain", "plain with outputs"], repeats: 1, isWrittenOnce: true },
] as const;

const QUICK_PLANS = [{ size: 1, kinds: ["EcsTask", "plain"], repeats: 1, isSideBySide: true }] as const;

export const scale: Question = { name: "scale", measure };

interface Row {
  readonly size: number;
  readonly ms: (kind: Kind, command: Command) => number | undefined;
  readonly bytes: (kind: Kind) => number | undefined;
  readonly describes: number;
}

async function measure(isQuick: boolean): Promise<Finding> {
  const rows: Row[] = [];
  for (const plan of isQuick ? QUICK_PLANS : PLANS) {
    const stacks = await measureStacks(plan);
    const of = (kind: Kind) => stacks.find((stack) => stack.kind === kind);
    rows.push({
      size: plan.size,
      ms: (kind, command) => of(kind)?.ms[command],
      bytes: (kind) => of(kind)?.bytes,
      describes: of("EcsTask")?.describes ?? 0,
    });
  }
  return {
    title: "Many in one stack",
    method: `The real CLI with a \`file://\` backend, \`--parallel ${IN_FLIGHT}\`, the stacks in turns after a preview of each that is not counted: \`up\` once, the others the median of three; with 1,000 resources once, and with \`PULUMI_SKIP_CHECKPOINTS\`, because the engine writes the whole state after each step, which would be most of the time of an \`up\`. Each \`EcsTask\` runs a task of 1 s, and ECS lets an account launch 20 a second; the plain resources are \`pulumi.dynamic.Resource\`s with the same inputs, whose provider does nothing, and those with outputs name ${OUTPUTS} of them, as an \`EcsTask\` does. Bytes are those of a resource in the exported state, outputs included.`,
    tables: [wallTimes(rows), stateAndRefresh(rows)],
    goals: [timeGoal(rows), refreshGoal(rows)],
    headlines: [headline(rows)],
  };
}

function wallTimes(rows: readonly Row[]) {
  return {
    caption: "Wall time of commands.",
    head: [
      "resources",
      "command",
      "EcsTask",
      "plain dynamic resource",
      "ratio",
      `plain, ${OUTPUTS} outputs`,
      "ratio",
    ],
    rows: rows.flatMap((row) =>
      COMMANDS.map((command) => [
        String(row.size),
        command,
        inSeconds(row.ms("EcsTask", command)),
        inSeconds(row.ms("plain", command)),
        inTimes(ratio(row, command, "plain")),
        inSeconds(row.ms("plain with outputs", command)),
        inTimes(ratio(row, command, "plain with outputs")),
      ]),
    ),
  };
}

function stateAndRefresh(rows: readonly Row[]) {
  return {
    caption: "State and refresh.",
    head: ["resources", "bytes each, EcsTask", "bytes each, plain", "DescribeTasks calls of a refresh"],
    rows: rows.map(({ size, bytes, describes }) => [
      String(size),
      (bytes("EcsTask") ?? 0).toFixed(0),
      (bytes("plain") ?? 0).toFixed(0),
      String(describes),
    ]),
  };
}

function timeGoal(rows: readonly Row[]) {
  const unrun = rows.flatMap((row) =>
    COMMANDS.filter((command) => command !== "up").map((command) => ({
      name: `${command}, ${row.size}`,
      ratio: ratio(row, command, "plain") ?? 0,
    })),
  );
  const worst = unrun.reduce((a, b) => (b.ratio > a.ratio ? b : a));
  return {
    goal: `at most ${GOAL_TIMES} times the time of plain dynamic resources where no task runs`,
    measured: `${worst.ratio.toFixed(2)} times at worst (${worst.name})`,
    isMet: worst.ratio <= GOAL_TIMES,
    reason: `A refresh asks ECS, which a provider that does nothing does not. What preview and unchanged \`up\` take longer is spent in the program, in Pulumi's SDK: for each output it makes four promises and reads a stack trace for each, which ts-node maps back to the sources. In CPU profiles of a preview of 1,000 resources, the program took 16.9 s against 6.0 s, of which 10.6 s and 2.2 s in the constructor of the resource and nearly all of that in these stack traces; the provider process took 2.0 s against 1.4 s. In that of a refresh of 1,000 the provider process took 2.7 s, 0.5 s of it in this package, the rest in gRPC, in loading modules and in the AWS SDK. The last columns compare with resources that do nothing and name as many outputs.`,
  };
}

function refreshGoal(rows: readonly Row[]) {
  const fewest = ({ size }: Row) => Math.ceil(size / IN_FLIGHT);
  return {
    goal: "a refresh coalesces as many reads as the engine has in flight",
    measured: rows
      .map(
        (row) => `${row.describes} of at least ${fewest(row)} DescribeTasks calls for ${row.size} resources`,
      )
      .join(", "),
    isMet: rows.every((row) => row.describes <= 2 * fewest(row)),
    reason: `The engine has up to ${IN_FLIGHT} reads in flight, and sends the next one when one is answered. A call goes out when no read has come for 20 ms; those that the engine sends later need another one.`,
  };
}

function headline(rows: readonly Row[]) {
  const row = rows.at(-1);
  if (row === undefined) throw new Error("Nothing was measured.");
  const both = (kind: Kind) =>
    `${inSeconds(row.ms(kind, "preview"))}, ${inSeconds(row.ms(kind, "up again"))}`;
  const ratios = (kind: Kind) =>
    `${inTimes(ratio(row, "preview", kind))} and ${inTimes(ratio(row, "up again", kind))}`;
  return {
    what: `Preview and unchanged \`up\` of ${row.size} resources`,
    here: both("EcsTask"),
    others: `${both("plain")} (plain dynamic resources)`,
    sentence: `Where no task runs, it takes ${ratios("plain")} as long as resources that do nothing, and ${ratios("plain with outputs")} as long as those that name as many outputs.`,
  };
}

function ratio(row: Row, command: Command, base: Kind): number | undefined {
  const [ours, others] = [row.ms("EcsTask", command), row.ms(base, command)];
  return ours === undefined || others === undefined ? undefined : ours / others;
}

function inSeconds(ms: number | undefined): string {
  return ms === undefined ? "" : seconds(ms);
}

function inTimes(ratio: number | undefined): string {
  return ratio === undefined ? "" : times(ratio);
}
