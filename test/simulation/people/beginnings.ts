import fc from "fast-check";
import type { TaskInputs } from "../../../src/inputs/task-inputs";
import { clusterArn, REGIONS } from "../ecs/places";
import { environment } from "./edits";

/** Where a second resource of the same identity is: one that was renamed keeps its identity, and so does a copy of a stack. */
export type Twin = "nowhere" | "in the program" | "in the program, later" | "in another backend";

/** How a world begins. */
export interface Beginning {
  readonly seed: number;
  readonly inputs: TaskInputs;
  readonly twin: Twin;
  readonly twinInputs: TaskInputs;
  /** By how much the answers of ECS lag behind, in milliseconds. */
  readonly lagMs: number;
}

export const INPUTS: TaskInputs = {
  taskDefinition: "app:1",
  cluster: "prod",
  region: REGIONS[0],
  overrides: environment({ DATABASE: "one" }),
  timeoutSeconds: 60,
  startTimeoutSeconds: 40,
  capacityRetrySeconds: 60,
};

/** What can differ between two resources of one identity. */
const DIFFERENCES: readonly Partial<TaskInputs>[] = [
  {},
  { overrides: environment({ DATABASE: "two" }) },
  { cluster: "blue" },
  { networkConfiguration: { subnets: ["subnet-2"] } },
];

/** Any way to begin: how tasks are launched and how many, who else is there, and how far answers lag behind. */
export const anyBeginning: fc.Arbitrary<Beginning> = fc
  .record({
    seed: fc.integer(),
    lagMs: fc.constantFrom(0, 0, 1500, 8000),
    twin: fc.constantFrom<Twin>(
      "nowhere",
      "nowhere",
      "nowhere",
      "nowhere",
      "nowhere",
      "in the program",
      "in the program, later",
      "in another backend",
    ),
    difference: fc.constantFrom(...DIFFERENCES),
    launch: fc.constantFrom<Partial<TaskInputs>>(
      {},
      {},
      {},
      { count: 2 },
      { count: 3 },
      { idempotencyKey: "one" },
      { idempotencyKey: "one", count: 2 },
      { startedBy: "me" },
      { cluster: clusterArn(REGIONS[0], "prod") },
      { containerInstances: ["i-1"] },
      { containerInstances: ["i-1", "i-2"] },
    ),
  })
  .map(({ launch, difference, ...rest }) => ({
    ...rest,
    inputs: { ...INPUTS, ...launch },
    twinInputs: { ...INPUTS, ...launch, ...difference },
  }));
