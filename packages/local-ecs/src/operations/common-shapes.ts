import { integer, list, required, structure, text } from "../server/shape";

/** Parts of requests that several operations have in common. */

/** The patterns: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Tag.html (read 2026-11) */
const tag = structure({
  key: required(text({ max: 128, pattern: /^(?!aws:)[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/iu })),
  value: text({ max: 256, pattern: /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u }),
});
export const tags = list(tag, { max: 50 });

export const nameAndValue = structure({ name: text(), value: text() });

export const capacityProviderStrategy = list(
  structure({
    capacityProvider: required(text()),
    weight: integer({ min: 0, max: 1000 }),
    base: integer({ min: 0, max: 100_000 }),
  }),
  { max: 20 },
);

const expression = text({ max: 2000 });

export const placementConstraints = list(
  structure({ type: required(text({ oneOf: ["distinctInstance", "memberOf"] })), expression }),
  { max: 10 },
);

export const placementStrategy = list(
  structure({ type: required(text({ oneOf: ["random", "spread", "binpack"] })), field: text() }),
  { max: 5 },
);

export const attributes = list(
  structure({
    name: required(text({ max: 128 })),
    value: text({ max: 128 }),
    targetType: text({ oneOf: ["container-instance"] }),
    targetId: text(),
  }),
);

export const attachmentStateChange = structure({
  attachmentArn: required(text()),
  status: required(text()),
});

export const networkBindings = list(
  structure({
    bindIP: text(),
    containerPort: integer(),
    hostPort: integer(),
    protocol: text({ oneOf: ["tcp", "udp"] }),
    containerPortRange: text(),
    hostPortRange: text(),
  }),
);

export const networkConfiguration = structure({
  awsvpcConfiguration: structure({
    subnets: required(list(text(), { max: 16 })),
    securityGroups: list(text(), { max: 5 }),
    assignPublicIp: text({ oneOf: ["ENABLED", "DISABLED"] }),
  }),
});

export const environmentFiles = list(
  structure({ value: required(text()), type: required(text({ oneOf: ["s3"] })) }),
);

export const resourceRequirements = list(
  structure({
    value: text(),
    type: required(text({ oneOf: ["GPU", "InferenceAccelerator", "NeuronDevice"] })),
    sharingStrategy: structure({
      nvidiaMps: structure({ memory: required(integer()), maxComputePercent: integer() }),
    }),
  }),
);

/** Of Fargate. @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_EphemeralStorage.html (read 2026-11) */
export const ephemeralStorage = structure({ sizeInGiB: required(integer({ min: 21, max: 200 })) });

export const overrides = structure({
  containerOverrides: list(
    structure({
      name: required(text(), "Container override name cannot be empty."),
      command: list(text()),
      environment: list(nameAndValue),
      environmentFiles,
      cpu: integer(),
      memory: integer(),
      memoryReservation: integer(),
      resourceRequirements,
    }),
  ),
  cpu: text(),
  memory: text(),
  taskRoleArn: text(),
  executionRoleArn: text(),
  ephemeralStorage,
  inferenceAcceleratorOverrides: list(structure({ deviceName: text(), deviceType: text() })),
});
