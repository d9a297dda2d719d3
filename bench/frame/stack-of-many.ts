import { mapInFlight } from "../../src/aws/pace/map-in-flight";
import { PulumiProject, type StackState } from "../../test/support/pulumi-project";
import type { PulumiResult } from "../../test/support/pulumi-run";
import { median } from "./quantiles";
import { startStage, type Stage } from "./stage";

/** How many operations the engine may have in flight: more than its default, so that tasks run side by side. */
export const IN_FLIGHT = 100;

/** How many outputs `EcsTask` has besides its inputs. */
export const OUTPUTS = 23;

export const COMMANDS = ["preview", "up", "up again", "refresh"] as const;
export type Command = (typeof COMMANDS)[number];

/** `EcsTask`; dynamic resources that do nothing; and the same with as many outputs, to tell what those cost. */
export type Kind = "EcsTask" | "plain" | "plain with outputs";

/** What the commands took of a stack that holds many resources of a kind. */
export interface Measured {
  readonly kind: Kind;
  /** The medians. */
  readonly ms: Readonly<Record<Command, number>>;
  /** DescribeTasks calls during the last refresh. */
  readonly describes: number;
  /** Of a resource in the exported state. */
  readonly bytes: number;
}

export interface Plan {
  readonly size: number;
  readonly kinds: readonly Kind[];
  /** How often a command is measured, `up` aside. */
  readonly repeats: number;
  /** The stacks at once: sooner done, and of no use as figures. */
  readonly isSideBySide?: boolean;
  /** Whether the state is written once, at the end, and not after each step, all of it. */
  readonly isWrittenOnce?: boolean;
}

/** Runs each command on a stack of each kind, in turns. */
export async function measureStacks(plan: Plan): Promise<readonly Measured[]> {
  await using stage = await startStage();
  await using closing = new AsyncDisposableStack();
  const stacks = await mapInFlight(plan.kinds, 1, async (kind) =>
    stackOf(kind, closing.use(await projectOf(stage, plan, kind))),
  );
  // The first command after a start finds no file in memory yet.
  if (!plan.isSideBySide) for (const { project } of stacks) await run(project, "preview");
  for (const command of COMMANDS) {
    for (let nth = 0; nth < (command === "up" ? 1 : plan.repeats); nth += 1) {
      const turn = nth % 2 === 0 ? stacks : [...stacks].reverse();
      await mapInFlight(turn, plan.isSideBySide ? turn.length : 1, (stack) => time(stage, stack, command));
    }
  }
  return await mapInFlight(stacks, 1, async ({ kind, project, samples, describes }) => ({
    kind,
    ms: mapCommands((command) => median(samples[command])),
    describes,
    bytes: bytesOf(await project.stackExport()) / plan.size,
  }));
}

interface Stack {
  readonly kind: Kind;
  readonly project: PulumiProject;
  readonly samples: Readonly<Record<Command, number[]>>;
  describes: number;
}

function stackOf(kind: Kind, project: PulumiProject): Stack {
  return { kind, project, samples: mapCommands((): number[] => []), describes: 0 };
}

async function time(stage: Stage, stack: Stack, command: Command): Promise<void> {
  const before = stage.calls.get("DescribeTasks") ?? 0;
  const startMs = performance.now();
  const { code, stdout, stderr } = await run(stack.project, command);
  stack.samples[command].push(performance.now() - startMs);
  if (code !== 0) throw new Error(`${command} failed:\n${(stdout + stderr).slice(-2000)}`);
  if (command === "refresh") stack.describes = (stage.calls.get("DescribeTasks") ?? 0) - before;
}

function run(project: PulumiProject, command: Command): Promise<PulumiResult> {
  const inFlight = ["--parallel", String(IN_FLIGHT)];
  if (command === "preview") return project.preview(...inFlight);
  if (command === "refresh") return project.refresh("--skip-preview", ...inFlight);
  return project.up("--skip-preview", ...inFlight);
}

function projectOf(stage: Stage, { size, isWrittenOnce }: Plan, kind: Kind): Promise<PulumiProject> {
  const args = JSON.stringify({
    taskDefinition: stage.taskDefinition,
    overrides: { containerOverrides: [{ name: "app", command: ["sleep", "1"] }] },
  });
  const provider =
    "{ create: async (inputs) => ({ id: inputs.taskDefinition, outs: inputs }), diff: async () => ({ changes: false }) }";
  const outputs = kind === "plain with outputs" ? OUTPUTS : 0;
  const resource =
    kind === "EcsTask"
      ? `new EcsTask("task-" + nth, { ...args })`
      : `new pulumi.dynamic.Resource(provider, "task-" + nth, { ...outputs, ...args })`;
  return PulumiProject.create({
    program: `
      const pulumi = require("@pulumi/pulumi");
      ${kind === "EcsTask" ? 'const { EcsTask } = require("pulumi-ecs-task");' : `const provider = ${provider};`}
      const args = ${args};
      const outputs = Object.fromEntries(Array.from({ length: ${outputs} }, (_, nth) => ["output" + nth, undefined]));
      for (let nth = 0; nth < ${size}; nth += 1) ${resource};`,
    config: {
      "aws:region": "us-east-1",
      "aws:endpoints": JSON.stringify([{ ecs: stage.url, logs: stage.url }]),
    },
    env: isWrittenOnce ? { PULUMI_EXPERIMENTAL: "true", PULUMI_SKIP_CHECKPOINTS: "true" } : {},
  });
}

/** Of the resources of the program, not of the stack and its provider. */
function bytesOf({ resources }: StackState): number {
  return resources
    .filter(({ urn }) => /::task-\d+$/.test(urn))
    .reduce((bytes, resource) => bytes + JSON.stringify(resource).length, 0);
}

function mapCommands<T>(value: (command: Command) => T): Record<Command, T> {
  return Object.fromEntries(COMMANDS.map((command) => [command, value(command)])) as Record<Command, T>;
}
