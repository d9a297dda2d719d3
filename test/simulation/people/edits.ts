import type { TaskInputs } from "../../../src/inputs/task-inputs";
import { CLUSTERS, clusterArn, nameOf, REGIONS } from "../ecs/places";

/** A change of the program. */
export interface Edit {
  readonly words: string;
  readonly of: (inputs: TaskInputs) => TaskInputs;
  readonly isPossible?: (inputs: TaskInputs) => boolean;
}

export type Changes = { readonly [Name in keyof TaskInputs]?: TaskInputs[Name] | undefined };

function edited(inputs: TaskInputs, changes: Changes): TaskInputs {
  const all = Object.entries({ ...inputs, ...changes }).filter(([, value]) => value !== undefined);
  return Object.fromEntries(all) as unknown as TaskInputs;
}

/** A member that is `undefined` goes back to the default. */
export function set(changes: Changes, isPossible?: Edit["isPossible"]): Edit {
  const words = Object.entries(changes)
    .map(([name, value]) => `${name} ${value === undefined ? "left out" : JSON.stringify(value)}`)
    .join(", ");
  return { words, of: (inputs) => edited(inputs, changes), ...(isPossible ? { isPossible } : {}) };
}

type Environment = Readonly<Record<string, string>> | readonly { name: string; value: string }[];

export function environment(variables: Environment): NonNullable<TaskInputs["overrides"]> {
  return { containerOverrides: [{ name: "app", environment: variables }] };
}

/** Another region; the cluster stays the one of this name. */
function moveTo(region: string): Edit {
  return {
    words: `region ${region}`,
    of: (inputs) => {
      const { cluster = "default" } = inputs;
      const moved = cluster.startsWith("arn:") ? clusterArn(region, nameOf(cluster)) : cluster;
      return edited(inputs, { region, cluster: moved });
    },
  };
}

const toArn: Edit = {
  words: "cluster by its ARN",
  of: (inputs) =>
    edited(inputs, { cluster: clusterArn(inputs.region ?? REGIONS[0], nameOf(inputs.cluster ?? "default")) }),
};

const hasKey = ({ idempotencyKey }: TaskInputs) => idempotencyKey !== undefined;
const hasNoKey = (inputs: TaskInputs) => !hasKey(inputs);
const runsOnInstances = ({ containerInstances }: TaskInputs) => containerInstances !== undefined;
const runsAnywhere = (inputs: TaskInputs) => !runsOnInstances(inputs);

/** Where and what runs. */
const OF_THE_RUN: readonly Edit[] = [
  set({ taskDefinition: "app:1" }),
  set({ taskDefinition: "app:2" }),
  set({ taskDefinition: "other:1" }),
  ...CLUSTERS.map((cluster) => set({ cluster })),
  toArn,
  ...REGIONS.map(moveTo),
  set({ triggers: ["other"] }),
  set({ triggers: undefined }),
  set({ overrides: environment({ DATABASE: "one" }) }),
  set({ overrides: environment({ DATABASE: "two" }) }),
  set({ overrides: environment({ DATABASE: "one", MODE: "x" }) }),
  set({
    overrides: environment([
      { name: "MODE", value: "x" },
      { name: "DATABASE", value: "one" },
    ]),
  }),
  set({ networkConfiguration: { subnets: ["subnet-1"] } }),
  set({ networkConfiguration: { subnets: ["subnet-2"] } }),
  set({ networkConfiguration: undefined }),
  set({ count: undefined }, runsAnywhere),
  set({ count: 2 }, runsAnywhere),
  set({ count: 3 }, runsAnywhere),
  set({ launchType: "FARGATE" }, runsAnywhere),
  set({ launchType: undefined }, runsAnywhere),
  set({ containerInstances: ["i-1"], count: undefined, launchType: undefined }),
  set({ containerInstances: ["i-1", "i-2"], count: undefined, launchType: undefined }),
  set({ containerInstances: undefined }, runsOnInstances),
  set({ idempotencyKey: "one", startedBy: undefined }),
  set({ idempotencyKey: "two" }, hasKey),
  set({ idempotencyKey: undefined }, hasKey),
];

/** How it is judged and waited for, and what the next run bears. */
const OF_THE_REST: readonly Edit[] = [
  set({ successExitCodes: [0, 3] }),
  set({ successExitCodes: undefined }),
  set({ waitFor: "RUNNING" }),
  set({ waitFor: "NONE" }),
  set({ waitFor: "EXITED" }),
  set({ waitFor: "STOPPED" }),
  set({ waitFor: "STOPPED" }),
  set({ waitFor: undefined }),
  set({ onTimeout: "STOP" }),
  set({ onTimeout: undefined }),
  set({ timeoutSeconds: 400 }),
  set({ timeoutSeconds: 60 }),
  set({ timeoutSeconds: 30 }),
  set({ startTimeoutSeconds: 20 }),
  set({ startTimeoutSeconds: 100 }),
  set({ tags: { owner: "other" } }),
  set({ tags: undefined }),
  set({ startedBy: "me" }, hasNoKey),
  set({ startedBy: undefined }),
];

export const EDITS: readonly Edit[] = [...OF_THE_RUN, ...OF_THE_REST];
