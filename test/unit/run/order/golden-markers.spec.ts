import assert from "node:assert/strict";
import { identityOf, type RunIdentity } from "../../../../src/run/order/started-by-and-client-token";
import { orderOf } from "../../../../src/run/order/order";
import type { TaskInputs } from "../../../../src/inputs/task-inputs";
import TABLES from "../../../golden/markers.json";

/** A run of a release, and by what it is found again. */
interface Row {
  readonly what: string;
  readonly run: Omit<RunIdentity, "identity">;
  readonly attempt: number;
  readonly inputs: TaskInputs;
}

const URN = "urn:pulumi:prod::shop::pulumi-nodejs:dynamic/ecs:Task::migrate";
const FIRST = { life: "0123456789ab", generation: 1 };
const SECOND = { ...FIRST, generation: 2 };
const FULL: TaskInputs = {
  taskDefinition: "arn:aws:ecs:eu-central-1:123456789012:task-definition/app:41",
  cluster: "arn:aws:ecs:eu-central-1:123456789012:cluster/prod",
  capacityProviderStrategies: [{ capacityProvider: "FARGATE_SPOT", weight: 1 }],
  networkConfiguration: { subnets: ["subnet-b", "subnet-a"], securityGroups: ["sg-1"], assignPublicIp: true },
  overrides: {
    containerOverrides: [
      {
        name: "app",
        command: ["npm", "run", "migrate"],
        environment: { DATABASE_URL: "postgres://secret", MODE: "x" },
      },
      { name: "side", cpu: 128, memory: 256 },
    ],
    cpu: "512",
    memory: "1024",
    ephemeralStorage: { sizeInGib: 30 },
    taskRoleArn: "migrate",
  },
  count: 3,
  platformVersion: "1.4.0",
  group: "migrations",
  volumeConfiguration: { name: "data", managedEbsVolume: { roleArn: "ebs", sizeInGb: 10 } },
  expectedImageDigests: { app: `sha256:${"a".repeat(64)}` },
  triggers: ["one", { two: 3 }],
  tags: { team: "shop" },
};

const ROWS: readonly Row[] = [
  { what: "a first run", run: FIRST, attempt: 0, inputs: { taskDefinition: "app:1" } },
  { what: "a re-run", run: SECOND, attempt: 0, inputs: { taskDefinition: "app:1" } },
  { what: "its second try", run: SECOND, attempt: 1, inputs: { taskDefinition: "app:1" } },
  { what: "a re-run with many inputs", run: SECOND, attempt: 0, inputs: FULL },
  {
    what: "a run on named container instances",

    run: SECOND,
    attempt: 0,
    inputs: {
      taskDefinition: "app",
      containerInstances: ["i-2", "arn:aws:ecs:eu-central-1:1:container-instance/prod/i-1"],
    },
  },
  {
    what: "a run with a key",

    run: SECOND,
    attempt: 0,
    inputs: { ...FULL, idempotencyKey: "release 7" },
  },
  {
    what: "a run with a startedBy of the user's",

    run: SECOND,
    attempt: 0,
    inputs: { taskDefinition: "app:1", startedBy: "me" },
  },
];

/** By release, of each run the marker and the clientToken. */
type Tables = Readonly<
  Record<string, Readonly<Record<string, readonly [marker: string, clientToken: string]>>>
>;

/**
 * What a release has started, the next one has to find: by the marker in `startedBy`, and by the clientToken. Each
 * release that changes one of them adds a table, and what reads the older ones; it changes no table. 0.1.0 has none,
 * because it was never published.
 */
describe("markers and clientTokens", () => {
  for (const [release, table] of Object.entries(TABLES as unknown as Tables)) {
    it(`are those of ${release}`, () => {
      assert.deepStrictEqual(Object.fromEntries(ROWS.map((row) => [row.what, heldOf(row)])), table);
    });
  }
});

function heldOf({ run, attempt, inputs }: Row): readonly [marker: string, clientToken: string] {
  const { marker, token } = orderOf(inputs, { identity: identityOf(URN), ...run }, "eu-central-1");
  return [marker, token(attempt)];
}
