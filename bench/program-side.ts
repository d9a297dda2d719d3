import { execFileSync } from "node:child_process";
import type { Finding, Question } from "./frame/finding";
import { median, millis, quantile } from "./frame/quantiles";
import { repository } from "./frame/stage";

/** How much longer a program with an `EcsTask` may take than one with a plain custom resource, in milliseconds. */
const GOAL_MS = 30;

export const programSide: Question = { name: "program-side", measure };

/** A program under Pulumi's mocks: the time from when Pulumi is loaded until the engine has its first resource. */
const program = (resource: string): string => `
  const beginMs = performance.now();
  const pulumi = require("@pulumi/pulumi");
  let registeredMs;
  (async () => {
    await pulumi.runtime.setMocks({
      newResource: ({ name, inputs }) => {
        registeredMs = performance.now();
        return { id: name, state: inputs };
      },
      call: ({ inputs }) => inputs,
    });
    const startMs = performance.now();
    const urn = (${resource}).urn;
    await new Promise((resolve) => urn.apply(resolve));
    const files = Object.keys(require.cache);
    const of = (file) => /.*node_modules[\\\\/]((?:@[^\\\\/]+[\\\\/])?[^\\\\/]+)/.exec(file)?.[1] ?? "pulumi-ecs-task";
    const packages = [...new Set(files.map(of))];
    console.log(JSON.stringify({ ms: registeredMs - startMs, wholeMs: registeredMs - beginMs, files: files.length, packages }));
  })();
`;

const PROGRAMS = {
  "a plain custom resource": 'new pulumi.CustomResource("test:index:Task", "a", { command: ["true"] })',
  "pulumi.dynamic.Resource":
    'new pulumi.dynamic.Resource({ create: async (inputs) => ({ id: "a", outs: inputs }) }, "a", { command: ["true"] })',
  EcsTask: 'new (require("pulumi-ecs-task").EcsTask)("a", { taskDefinition: "app:1", cluster: "default" })',
} as const;

type Name = keyof typeof PROGRAMS;
const names = Object.keys(PROGRAMS) as Name[];

interface Sample {
  readonly ms: number;
  /** With the time that loading Pulumi took. */
  readonly wholeMs: number;
  readonly files: number;
  readonly packages: readonly string[];
}

function measure(isQuick: boolean): Promise<Finding> {
  const samples: Record<Name, Sample[]> = {
    "a plain custom resource": [],
    "pulumi.dynamic.Resource": [],
    EcsTask: [],
  };
  // The first round warms the file cache up, and does not count.
  for (let round = 0; round <= (isQuick ? 2 : 20); round += 1) {
    for (const name of names) {
      const sample = sampleOf(name);
      if (round > 0) samples[name].push(sample);
    }
  }
  const bare = samples["a plain custom resource"];
  // Programs of a round meet the same machine, so they are compared with each other.
  const more = (name: Name) =>
    median(timesOf(samples[name]).map((ms, round) => ms - (timesOf(bare)[round] ?? NaN)));
  const extraMs = more("EcsTask");
  const known = new Set(bare[0]?.packages);
  const loaded = samples.EcsTask[0]?.packages.filter((name) => !known.has(name)) ?? [];
  return Promise.resolve({
    title: "What the program pays",
    method: `A program under Pulumi's mocks, in a new Node.js process each time: from when \`@pulumi/pulumi\` is loaded, which takes as long for all and differs from run to run by more than what is compared (median ${millis(median(bare.map(({ wholeMs }) => wholeMs)))} with it), until the first resource reaches the engine's side. Loading our package is in it. The three programs take turns; “over a plain resource” is the median of the differences of the rounds.`,
    tables: [
      {
        caption: "From a loaded Pulumi to the first resource.",
        head: ["program", "runs", "p50", "p95", "over a plain resource", "files loaded"],
        rows: names.map((name) => [
          name,
          String(samples[name].length),
          millis(median(timesOf(samples[name]))),
          millis(quantile(timesOf(samples[name]), 0.95)),
          millis(more(name)),
          String(samples[name][0]?.files ?? 0),
        ]),
      },
    ],
    goals: [
      {
        goal: `at most ${GOAL_MS} ms over a plain custom resource`,
        measured: millis(extraMs),
        isMet: extraMs <= GOAL_MS,
      },
      {
        goal: "no AWS SDK, TypeScript compiler or validator loaded in the program",
        measured: `packages loaded beyond those of a plain resource: ${loaded.join(", ")}`,
        isMet: loaded.every((name) => name === "pulumi-ecs-task"),
      },
    ],
    headlines: [
      {
        what: "Time until the first resource, over a bare program",
        here: millis(extraMs),
        others: `${millis(more("pulumi.dynamic.Resource"))} (\`pulumi.dynamic.Resource\`)`,
        sentence: "Neither the closure serialiser nor the TypeScript compiler is loaded, nor any AWS SDK.",
      },
    ],
  });
}

function sampleOf(name: Name): Sample {
  const args = ["-e", program(PROGRAMS[name])];
  const env = { ...process.env, NODE_NO_WARNINGS: "1" };
  return JSON.parse(
    execFileSync(process.execPath, args, { cwd: repository, env, encoding: "utf8" }),
  ) as Sample;
}

const timesOf = (samples: readonly Sample[]): number[] => samples.map(({ ms }) => ms);
