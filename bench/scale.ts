import { PulumiProject, type StackState } from "../test/support/pulumi-project";
import { mapInFlight } from "../src/run/map-in-flight";
import type { PulumiResult } from "../test/support/pulumi-run";
import type { Finding, Question } from "./frame/finding";
import { median, seconds, times } from "./frame/quantiles";
import { startStage, type Stage } from "./frame/stage";

/** How much longer what runs no task may take than with plain dynamic resources. */
const GOAL_TIMES = 1.2;

/** How many operations the engine may have in flight: more than its default, so that tasks run side by side. */
const PARALLEL = "100";

export const scale: Question = { name: "scale", measure };

const COMMANDS = ["preview", "up", "up again", "refresh"] as const;
type Command = (typeof COMMANDS)[number];

/** 1,000 resources are measured only where 100 took less than this, in milliseconds: they take about eight times as long. */
const MOST_FOR_HUNDRED_MS = 40_000;

/** How often a command is measured; of them the median counts. */
const REPEATS = 3;

interface Stack {
  readonly project: PulumiProject;
  readonly samples: Record<Command, number[]>;
  /** The medians. */
  readonly ms: Record<Command, number>;
  /** DescribeTasks calls during the refresh. */
  describes: number;
  bytes: number;
}

async function measure(isQuick: boolean): Promise<Finding> {
  const rows = [];
  for (const size of isQuick ? [1] : [1, 100]) rows.push(await compare(size, isQuick));
  const hundredMs = Math.max(...rows.map(({ ours, plain }) => totalMs(ours) + totalMs(plain)));
  const hasTime = !isQuick && hundredMs < MOST_FOR_HUNDRED_MS;
  if (hasTime) rows.push(await compare(1000, false));
  const leftOut =
    hasTime || isQuick
      ? ""
      : ` 1,000 resources were left out, for 100 took ${seconds(hundredMs)} in all, and the limit is ${seconds(MOST_FOR_HUNDRED_MS)}.`;
  const unrun = rows.flatMap(({ size, ours, plain }) =>
    COMMANDS.filter((command) => command !== "up").map((command) => ({
      name: `${command}, ${size}`,
      ratio: ours.ms[command] / plain.ms[command],
    })),
  );
  const worst = unrun.reduce((a, b) => (b.ratio > a.ratio ? b : a));
  const biggest = rows.at(-1);
  const shared = biggest ? biggest.size / Math.max(1, biggest.ours.describes) : 0;
  return {
    title: "Many in one stack",
    method: `The real CLI with a \`file://\` backend, \`--parallel ${PARALLEL}\`, the two stacks in turns after a command of each that is not counted: \`up\` once, the others the median of ${isQuick ? 1 : REPEATS}. Each \`EcsTask\` runs a task of 1 s; the plain resources are \`pulumi.dynamic.Resource\`s with the same inputs, whose provider does nothing. Bytes are those of a resource in the exported state, outputs included.${leftOut}`,
    tables: [
      {
        caption: "Wall time of commands.",
        head: ["resources", "command", "EcsTask", "plain dynamic resource", "ratio"],
        rows: rows.flatMap(({ size, ours, plain }) =>
          COMMANDS.map((command) => [
            String(size),
            command,
            seconds(ours.ms[command]),
            seconds(plain.ms[command]),
            times(ours.ms[command] / plain.ms[command]),
          ]),
        ),
      },
      {
        caption: "State and refresh.",
        head: ["resources", "bytes each, EcsTask", "bytes each, plain", "DescribeTasks calls of a refresh"],
        rows: rows.map(({ size, ours, plain }) => [
          String(size),
          String(Math.round(ours.bytes / size)),
          String(Math.round(plain.bytes / size)),
          String(ours.describes),
        ]),
      },
    ],
    goals: [
      {
        goal: `at most ${GOAL_TIMES} times the time of plain dynamic resources where no task runs`,
        measured: `${worst.ratio.toFixed(2)} times at worst (${worst.name})`,
        isMet: worst.ratio <= GOAL_TIMES,
        reason:
          "A refresh asks ECS, which a provider that does nothing does not. In the program, a CPU profile of 100 resources under Pulumi's mocks showed 0.3 s of 0.6 s where Pulumi's SDK makes a promise with a stack trace for each output, and an `EcsTask` has 23 besides its inputs; what the engine and its provider process take was not profiled.",
      },
      {
        goal: "a refresh coalesces as many reads as the engine has in flight",
        measured: `${biggest?.ours.describes ?? 0} DescribeTasks calls for ${biggest?.size ?? 0} resources, ${shared.toFixed(0)} for each call`,
        isMet: shared >= Math.min(biggest?.size ?? 1, Number(PARALLEL)) / 2,
        reason:
          "A call takes the reads that have arrived within 10 ms of the first of them; those that the engine sends later need another one.",
      },
    ],
    headlines: [
      {
        what: `Preview and unchanged \`up\` of ${biggest?.size ?? 0} resources`,
        here: biggest ? `${seconds(biggest.ours.ms.preview)}, ${seconds(biggest.ours.ms["up again"])}` : "",
        others: biggest
          ? `${seconds(biggest.plain.ms.preview)}, ${seconds(biggest.plain.ms["up again"])} (plain dynamic resources)`
          : "",
        sentence: biggest
          ? `Where no task runs, it takes ${times(biggest.ours.ms.preview / biggest.plain.ms.preview)} and ${times(biggest.ours.ms["up again"] / biggest.plain.ms["up again"])} as long as resources that do nothing.`
          : "",
      },
    ],
  };
}

/** @param sideBySide - the two stacks at once: sooner done, and of no use as figures. */
async function compare(
  size: number,
  sideBySide: boolean,
): Promise<{ size: number; ours: Stack; plain: Stack }> {
  await using stage = await startStage();
  await using oursProject = await projectOf(stage, size, "EcsTask");
  await using plainProject = await projectOf(stage, size, "plain");
  const [ours, plain] = [stackOf(oursProject), stackOf(plainProject)];
  // The first command after a start finds no file in memory yet.
  if (!sideBySide) for (const { project } of [ours, plain]) await run(project, "preview");
  for (const command of COMMANDS) {
    const repeats = sideBySide || command === "up" || size > 100 ? 1 : REPEATS;
    for (let nth = 0; nth < repeats; nth += 1) {
      const turn = nth % 2 === 0 ? [ours, plain] : [plain, ours];
      await mapInFlight(turn, sideBySide ? 2 : 1, (stack) => time(stage, stack, command));
    }
  }
  for (const stack of [ours, plain]) stack.bytes = bytesOf(await stack.project.stackExport());
  return { size, ours, plain };
}

async function time(stage: Stage, stack: Stack, command: Command): Promise<void> {
  const before = stage.calls.get("DescribeTasks") ?? 0;
  const startMs = performance.now();
  const { code, stdout, stderr } = await run(stack.project, command);
  stack.samples[command].push(performance.now() - startMs);
  stack.ms[command] = median(stack.samples[command]);
  if (code !== 0) throw new Error(`${command} failed:\n${(stdout + stderr).slice(-2000)}`);
  if (command === "refresh") stack.describes = (stage.calls.get("DescribeTasks") ?? 0) - before;
}

function totalMs({ ms }: Stack): number {
  return Object.values(ms).reduce((sum, each) => sum + each, 0);
}

function stackOf(project: PulumiProject): Stack {
  const samples = { preview: [], up: [], "up again": [], refresh: [] };
  return { project, samples, ms: { preview: 0, up: 0, "up again": 0, refresh: 0 }, describes: 0, bytes: 0 };
}

function run(project: PulumiProject, command: Command): Promise<PulumiResult> {
  const parallel = ["--parallel", PARALLEL];
  if (command === "preview") return project.preview(...parallel);
  if (command === "refresh") return project.refresh("--skip-preview", ...parallel);
  return project.up("--skip-preview", ...parallel);
}

function projectOf(stage: Stage, size: number, kind: "EcsTask" | "plain"): Promise<PulumiProject> {
  const args = JSON.stringify({
    taskDefinition: stage.taskDefinition,
    overrides: { containerOverrides: [{ name: "app", command: ["sleep", "1"] }] },
  });
  const provider =
    "{ create: async (inputs) => ({ id: inputs.taskDefinition, outs: inputs }), diff: async () => ({ changes: false }) }";
  const resource =
    kind === "EcsTask"
      ? `new EcsTask("task-" + nth, { ...args })`
      : `new pulumi.dynamic.Resource(provider, "task-" + nth, { ...args })`;
  return PulumiProject.create({
    program: `
      const pulumi = require("@pulumi/pulumi");
      ${kind === "EcsTask" ? 'const { EcsTask } = require("pulumi-ecs-task");' : `const provider = ${provider};`}
      const args = ${args};
      for (let nth = 0; nth < ${size}; nth += 1) ${resource};`,
    config: {
      "aws:region": "us-east-1",
      "aws:endpoints": JSON.stringify([{ ecs: stage.url, logs: stage.url }]),
    },
  });
}

/** Of the resources of the program, not of the stack and its provider. */
function bytesOf({ resources }: StackState): number {
  return resources
    .filter(({ urn }) => /::task-\d+$/.test(urn))
    .reduce((bytes, resource) => bytes + JSON.stringify(resource).length, 0);
}
