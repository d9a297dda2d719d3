import { DescribeTasksCommand } from "@aws-sdk/client-ecs";
import { ProviderHost, type Properties } from "../test/support/provider-host";
import type { Finding, Question } from "./frame/finding";
import { median, megabytes, millis, quantile } from "./frame/quantiles";
import { awsEnvironment, residentBytes, startStage, type Stage } from "./frame/stage";

/** How long RunTask may be on its way, in milliseconds: in a new process, and in one that has run a task. */
const GOAL_COLD_MS = 250;
const GOAL_WARM_MS = 20;

export const providerSide: Question = { name: "provider-side", measure };

/** What one would write without this package: a dynamic provider that calls RunTask and does not wait. */
const PLAIN = `exports.handler = () => ({
  async create(inputs) {
    const { ECSClient, RunTaskCommand } = require("@aws-sdk/client-ecs");
    const client = (globalThis.client ??= new ECSClient({ region: inputs.region, endpoint: inputs.endpoint }));
    const { taskDefinition, overrides } = inputs;
    const { tasks } = await client.send(new RunTaskCommand({ taskDefinition, overrides }));
    return { id: tasks[0].taskArn, outs: { taskArn: tasks[0].taskArn } };
  },
});`;

interface Samples {
  readonly coldMs: number[];
  readonly checkedMs: number[];
  readonly warmMs: number[];
  readonly residentBytes: number[];
}

async function measure(isQuick: boolean): Promise<Finding> {
  await using stage = await startStage();
  const ours: Samples = { coldMs: [], checkedMs: [], warmMs: [], residentBytes: [] };
  const plain: Samples = { coldMs: [], checkedMs: [], warmMs: [], residentBytes: [] };
  // The first round warms the file cache up, and does not count.
  for (let round = 0; round <= (isQuick ? 1 : 12); round += 1) {
    const discarded: Samples = { coldMs: [], checkedMs: [], warmMs: [], residentBytes: [] };
    await sample(stage, {}, round === 0 ? discarded : ours);
    await sample(stage, { __provider: PLAIN }, round === 0 ? discarded : plain);
  }
  const idle = await idleBytes();
  const [cold, warm] = [median(ours.coldMs), median(ours.warmMs)];
  const rows = [
    ["EcsTask", ours],
    ["a dynamic provider that only calls RunTask", plain],
  ] as const;
  return {
    title: "What the provider pays",
    method: `From the engine's Create call, over gRPC to Pulumi's own dynamic-provider process, to \`createdAt\` of the task, which the server sets when RunTask arrives. “Cold”: the first call of a new process. “After check”: the first create of a process that has checked the resource's inputs, as in every \`up\`. “Warm”: later creates. Both providers take turns. \`EcsTask\` looks for a task of an interrupted \`up\` before it launches one (two ListTasks one after the other, and DescribeTasks of what they name); the other does not. Each process has a task definition of its own, so what is found are the tasks of its own earlier creates, one to five. Memory is that of the process after a task, where one that has done nothing has ${megabytes(idle)}.`,
    tables: [
      {
        caption: "From Create to RunTask.",
        head: [
          "provider",
          "processes",
          "cold p50",
          "cold p95",
          "after check p50",
          "warm p50",
          "warm p95",
          "memory",
        ],
        rows: rows.map(([name, { coldMs, checkedMs, warmMs, residentBytes: bytes }]) => [
          name,
          String(coldMs.length),
          millis(median(coldMs)),
          millis(quantile(coldMs, 0.95)),
          checkedMs.length > 0 ? millis(median(checkedMs)) : "–",
          millis(median(warmMs)),
          millis(quantile(warmMs, 0.95)),
          megabytes(median(bytes)),
        ]),
      },
    ],
    goals: [
      {
        goal: `cold at most ${GOAL_COLD_MS} ms`,
        measured: millis(cold),
        isMet: cold <= GOAL_COLD_MS,
        reason: `The provider that only calls RunTask takes ${millis(median(plain.coldMs))}.`,
      },
      {
        goal: `warm at most ${GOAL_WARM_MS} ms`,
        measured: millis(warm),
        isMet: warm <= GOAL_WARM_MS,
        reason: `The provider that only calls RunTask takes ${millis(median(plain.warmMs))} for one round trip; here there are three.`,
      },
    ],
    headlines: [
      {
        what: "From the engine's Create to RunTask on the wire, cold and warm",
        here: `${millis(cold)}, ${millis(warm)}`,
        others: `${millis(median(plain.coldMs))}, ${millis(median(plain.warmMs))} (a dynamic provider that only calls RunTask)`,
        sentence:
          "It looks for the task of an interrupted `up` before it launches one: four round trips instead of one.",
      },
    ],
  };
}

async function sample(stage: Stage, provider: Properties, samples: Samples): Promise<void> {
  const isOurs = Object.keys(provider).length === 0;
  const inputs = { ...inputsFor(stage, await stage.define()), ...provider };
  const host = await ProviderHost.start({}, awsEnvironment);
  samples.coldMs.push(await createToRunTask(stage, host, inputs));
  for (let nth = 0; nth < 5; nth += 1) samples.warmMs.push(await createToRunTask(stage, host, inputs));
  samples.residentBytes.push(residentBytes(host.process.pid ?? 0));
  await host.close();
  if (!isOurs) return;
  const checked = await ProviderHost.start({}, awsEnvironment);
  await checked.check({}, inputs);
  samples.checkedMs.push(await createToRunTask(stage, checked, inputs));
  await checked.close();
}

async function createToRunTask(stage: Stage, host: ProviderHost, inputs: Properties): Promise<number> {
  const startMs = Date.now();
  const { state } = await host.create(inputs);
  const { tasks } = await stage.ecs.send(new DescribeTasksCommand({ tasks: [String(state.taskArn)] }));
  return (tasks?.[0]?.createdAt?.getTime() ?? NaN) - startMs;
}

function inputsFor({ url }: Stage, taskDefinition: string): Properties {
  const overrides = { containerOverrides: [{ name: "app", command: ["true"] }] };
  return { taskDefinition, region: "us-east-1", endpoint: url, overrides, waitFor: "NONE" };
}

async function idleBytes(): Promise<number> {
  const host = await ProviderHost.start({}, awsEnvironment);
  const bytes = residentBytes(host.process.pid ?? 0);
  await host.close();
  return bytes;
}
