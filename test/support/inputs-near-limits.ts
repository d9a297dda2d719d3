import fc from "fast-check";

/** Lengths at a limit and just beside it, of the characters that people write. */
const textsAround = (limit: number) =>
  fc
    .tuple(
      fc.constantFrom(0, 1, limit - 1, limit, limit + 1),
      fc.constantFrom("a", "é", "/", " ", "€", "#", "\n"),
    )
    .map(([length, character]) => character.repeat(length));
const anyText = fc.oneof(textsAround(8), fc.string({ maxLength: 8, unit: "grapheme" }));
const around = (...limits: number[]) =>
  fc.constantFrom(...limits.flatMap((limit) => [limit - 1, limit, limit + 1]));
const some = <T>(item: fc.Arbitrary<T>, limit: number) =>
  fc
    .constantFrom(0, 1, 2, limit, limit + 1)
    .chain((length) => fc.array(item, { minLength: length, maxLength: length }));
const optional = { requiredKeys: [] };

const container = fc.constantFrom("app", "web");
const role = fc.constantFrom("arn:aws:iam::123456789012:role/x", "x", "a role", "");
const nameAndValue = fc.record({ name: anyText, value: anyText }, optional);
const typeAndValue = (...types: string[]) =>
  fc.record({ type: fc.constantFrom(...types, "other"), value: anyText }, optional);
const tags = fc.oneof(
  fc.dictionary(
    fc.oneof(textsAround(128), fc.constantFrom("team", "aws:x", "AWS:x", "a@b")),
    textsAround(256),
    {
      maxKeys: 3,
    },
  ),
  fc
    .constantFrom(50, 51)
    .map((size) => Object.fromEntries(Array.from({ length: size }, (_, index) => [`k${index}`, "v"]))),
);

const containerOverride = fc.record(
  {
    name: container,
    command: fc.array(fc.oneof(anyText, textsAround(4000), textsAround(8100)), { maxLength: 2 }),
    environment: fc.oneof(
      fc.dictionary(anyText, anyText, { maxKeys: 2 }),
      fc.array(nameAndValue, { maxLength: 2 }),
    ),
    environmentFiles: fc.array(typeAndValue("s3"), { maxLength: 2 }),
    cpu: around(0, 256),
    memory: around(4),
    memoryReservation: around(4, 2_147_483_647),
    resourceRequirements: fc.array(typeAndValue("GPU", "InferenceAccelerator", "NeuronDevice"), {
      maxLength: 2,
    }),
  },
  optional,
);

const volume = fc.record(
  {
    roleArn: role,
    encrypted: fc.boolean(),
    fileSystemType: fc.constantFrom("ext4", "ntfs", "zfs"),
    iops: around(100, 3000, 16_000),
    sizeInGb: around(1, 4, 125, 16_384),
    snapshotId: anyText,
    throughput: around(125, 1000),
    volumeInitializationRate: around(100, 300),
    volumeType: fc.constantFrom("gp2", "gp3", "io1", "io2", "st1", "sc1", "standard", "gp1"),
    tagSpecifications: fc.array(
      fc.record(
        { resourceType: fc.constantFrom("volume", "snapshot"), tags },
        { requiredKeys: ["resourceType"] },
      ),
      { maxLength: 2 },
    ),
  },
  { requiredKeys: ["roleArn"] },
);

/** What can be written for each input that reaches RunTask or StartTask: right, wrong, and just right. */
const VALUES = {
  launchType: fc.constantFrom("EC2", "FARGATE", "EXTERNAL", "MANAGED_INSTANCES", "FARGATE_SPOT"),
  capacityProviderStrategies: some(
    fc.record(
      {
        capacityProvider: fc.constantFrom("FARGATE", "FARGATE_SPOT"),
        base: around(0, 1, 100_000),
        weight: around(0, 1000),
      },
      { requiredKeys: ["capacityProvider"] },
    ),
    20,
  ),
  networkConfiguration: fc.record(
    { subnets: some(anyText, 16), securityGroups: some(anyText, 5), assignPublicIp: fc.boolean() },
    { requiredKeys: ["subnets"] },
  ),
  overrides: fc.record(
    {
      containerOverrides: fc.array(containerOverride, { maxLength: 2 }),
      cpu: fc.constantFrom("256", "1 vCPU", ".5 vcpu", "1024.5", ""),
      memory: fc.constantFrom("512", "1 GB", ".5 gb", "1 TB", ""),
      ephemeralStorage: fc.record({ sizeInGib: around(20, 200) }),
      taskRoleArn: role,
      executionRoleArn: role,
      inferenceAcceleratorOverrides: fc.array(
        fc.record({ deviceName: anyText, deviceType: anyText }, optional),
        {
          maxLength: 2,
        },
      ),
    },
    optional,
  ),
  count: around(1, 10),
  platformVersion: fc.constantFrom("LATEST", "1.4.0", "1.3.0", "1.4", "9.9.9"),
  placementConstraints: some(
    fc.record(
      {
        type: fc.constantFrom("distinctInstance", "memberOf", "memberof"),
        expression: fc.constant("attribute:ecs.os-type == linux"),
      },
      { requiredKeys: ["type"] },
    ),
    10,
  ),
  orderedPlacementStrategies: some(
    fc.record(
      {
        type: fc.constantFrom("random", "spread", "binpack"),
        field: fc.constantFrom("cpu", "MEMORY", "instanceId", "attribute:ecs.availability-zone"),
      },
      { requiredKeys: ["type"] },
    ),
    5,
  ),
  group: textsAround(255),
  referenceId: textsAround(1024),
  propagateTags: fc.constantFrom("TASK_DEFINITION", "SERVICE", "NONE"),
  enableEcsManagedTags: fc.boolean(),
  enableExecuteCommand: fc.boolean(),
  volumeConfiguration: fc.record({ name: fc.constant("data"), managedEbsVolume: volume }),
  containerInstances: some(fc.stringMatching(/^[0-9a-f]{32}$/), 10),
  startedBy: fc.oneof(textsAround(36), textsAround(128)),
  tags,
};

/** Inputs of which a few are at the limit of what is allowed, and some beyond. */
export const inputsNearLimits: fc.Arbitrary<Readonly<Record<string, unknown>>> = fc
  .subarray(Object.keys(VALUES) as (keyof typeof VALUES)[], { minLength: 1, maxLength: 4 })
  .chain((names) => fc.record(Object.fromEntries(names.map((name) => [name, VALUES[name]]))))
  .map((inputs) => ({
    ...inputs,
    taskDefinition: "networkConfiguration" in inputs ? "in-a-vpc" : "on-a-bridge",
  }));
