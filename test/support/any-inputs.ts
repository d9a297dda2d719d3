import fc from "fast-check";
import { UNKNOWN } from "../../src/inputs/unknown";
import type { TaskInputs } from "../../src/inputs/task-inputs";

const word = fc.stringMatching(/^[a-z][a-z0-9]{0,4}$/);
const words = fc.uniqueArray(word, { maxLength: 3 });
const optional = { requiredKeys: [] };

const environment = fc.oneof(
  fc.dictionary(word, word, { maxKeys: 3 }),
  fc.uniqueArray(fc.record({ name: word, value: word }), { maxLength: 3, selector: ({ name }) => name }),
);

const containerOverride = fc.record(
  {
    name: word,
    command: words,
    environment,
    cpu: fc.integer({ min: 0, max: 4096 }),
    memory: fc.integer({ min: 4, max: 8192 }),
  },
  { requiredKeys: ["name"] },
);

const overrides = fc.record(
  {
    containerOverrides: fc.uniqueArray(containerOverride, { maxLength: 3, selector: ({ name }) => name }),
    cpu: fc.constantFrom("256", "512"),
    ephemeralStorage: fc.record({ sizeInGib: fc.integer({ min: 21, max: 200 }) }),
  },
  optional,
);

const network = { subnets: fc.uniqueArray(word, { minLength: 1, maxLength: 3 }), securityGroups: words };

/** On instances no task gets a public address; on Fargate none runs without a network configuration. */
const where: fc.Arbitrary<Pick<TaskInputs, "launchType" | "networkConfiguration">> = fc.oneof(
  fc.record(
    {
      launchType: fc.constant("EC2"),
      networkConfiguration: fc.record(network, { requiredKeys: ["subnets"] }),
    },
    optional,
  ),
  fc.record({
    launchType: fc.constant("FARGATE"),
    networkConfiguration: fc.record(
      { ...network, assignPublicIp: fc.boolean() },
      { requiredKeys: ["subnets"] },
    ),
  }),
);

const others = fc.record(
  {
    taskDefinition: fc.constantFrom("app", "app:1", "arn:aws:ecs:us-east-1:1:task-definition/app:1", "web:7"),
    cluster: fc.constantFrom("default", "prod"),
    overrides,
    count: fc.integer({ min: 1, max: 10 }),
    triggers: fc.oneof(fc.array(fc.jsonValue(), { maxLength: 2 }), fc.dictionary(word, word, { maxKeys: 2 })),
    tags: fc.dictionary(word, word, { maxKeys: 2 }),
    waitFor: fc.constantFrom("STOPPED" as const, "RUNNING" as const, "NONE" as const),
    timeoutSeconds: fc.integer({ min: 1, max: 7200 }),
    onTimeout: fc.constantFrom("LEAVE_RUNNING" as const, "STOP" as const),
  },
  { requiredKeys: ["taskDefinition"] },
);

/** Inputs that are all right. */
export const anyInputs: fc.Arbitrary<TaskInputs> = fc
  .tuple(others, where)
  .map(([inputs, place]) => ({ ...inputs, ...place }));

/** Inputs of a preview: any of them may not be known yet. */
export const anyPreviewInputs: fc.Arbitrary<TaskInputs> = fc
  .tuple(
    anyInputs,
    fc.subarray([
      "taskDefinition",
      "cluster",
      "networkConfiguration",
      "overrides",
      "count",
      "waitFor",
      "tags",
    ]),
  )
  .map(([inputs, unknown]) => ({ ...inputs, ...Object.fromEntries(unknown.map((name) => [name, UNKNOWN])) }));
