import { good, type BadInput } from "./bad-input";

const override = (members: object) => ({
  ...good,
  overrides: { containerOverrides: [{ name: "app", ...members }] },
});

const sharingStrategy = { nvidiaMps: { memory: 4096 } };

function requirements(rows: readonly (readonly [object, string, RegExp])[]): BadInput[] {
  return rows.map(([requirement, member, reason]) => ({
    inputs: override({ resourceRequirements: [requirement] }),
    property: `overrides.containerOverrides[0].resourceRequirements[0].${member}`,
    reason,
  }));
}

/** What a task does otherwise than its task definition says. */
export const BAD_OVERRIDES: readonly BadInput[] = [
  {
    inputs: { ...good, command: ["x"] },
    property: "command",
    reason: /write overrides\.containerOverrides\[\]\.command/,
  },
  {
    inputs: { ...good, overrides: { containerOverrides: [{ name: "a", commands: ["x"] }] } },
    property: "overrides.containerOverrides[0].commands",
    reason: /write "command"/,
  },
  {
    inputs: { ...good, overrides: { containerOverrides: [{ name: "a", entryPoint: ["x"] }] } },
    property: "overrides.containerOverrides[0].entryPoint",
    reason: /cannot be overridden .* set entryPoint in the task definition/,
  },
  {
    inputs: { ...good, overrides: { containerOverrides: [{ name: "a", environment: { PORT: 5432 } }] } },
    property: "overrides.containerOverrides[0].environment.PORT",
    reason: /^is a number; must be a string; write it in quotation marks, or String\(…\)$/,
  },
  {
    inputs: { ...good, overrides: { containerOverrides: [{ name: "a" }, { name: "a" }] } },
    property: "overrides.containerOverrides[1].name",
    reason: /a second time/,
  },
  {
    inputs: { ...good, overrides: { containerOverrides: [{ name: "a", command: ["x".repeat(8192)] }] } },
    property: "overrides",
    reason: /^has 8\d{3} characters as JSON; ECS allows at most 8192/,
  },
  {
    inputs: { ...good, overrides: { ephemeralStorage: { sizeInGib: 20 } } },
    property: "overrides.ephemeralStorage.sizeInGib",
    reason: /GiB from 21 to 200/,
  },
  {
    inputs: { ...good, overrides: [] },
    property: "overrides",
    reason: /^is a list; must be an object, such as \{ containerOverrides/,
  },
  {
    inputs: { ...good, overrides: { cpu: 512 } },
    property: "overrides.cpu",
    reason: /^is a number; must be a number of CPU units as a string, such as "512"/,
  },
  {
    inputs: { ...good, overrides: { memory: "1 TB" } },
    property: "overrides.memory",
    reason: /^is "1 TB"; must be .* "1 GB"$/,
  },
  {
    inputs: { ...good, overrides: { taskRoleArn: "my role" } },
    property: "overrides.taskRoleArn",
    reason: /must be the name or ARN of an IAM role$/,
  },
  {
    inputs: override({ command: "npm run migrate" }),
    property: "overrides.containerOverrides[0].command",
    reason: /^is a string; must be a list, such as \["npm", "run", "migrate"\]$/,
  },
  {
    inputs: override({ memory: 1 }),
    property: "overrides.containerOverrides[0].memory",
    reason: /^is 1; must be a whole number of MiB from 4 /,
  },
  {
    inputs: override({ environmentFiles: [{ type: "local", value: "x" }] }),
    property: "overrides.containerOverrides[0].environmentFiles[0].type",
    reason: /^is "local"; must be "s3"$/,
  },
  {
    inputs: override({ resourceRequirements: [{ type: "gpu", value: "1" }] }),
    property: "overrides.containerOverrides[0].resourceRequirements[0].type",
    reason: /^is "gpu"; must be "GPU"$/,
  },
  ...requirements([
    [{ type: "GPU" }, "value", /^is required, such as "1"; or set sharingStrategy$/],
    [
      { type: "GPU", value: "1", sharingStrategy },
      "sharingStrategy",
      /^cannot be used together with value; remove one of the two$/,
    ],
    [
      { type: "NeuronDevice", value: "ALL", sharingStrategy },
      "sharingStrategy",
      /^is for type "GPU" only, and this is "NeuronDevice"; remove it$/,
    ],
    [{ type: "NeuronDevice", value: "1" }, "value", /^is "1"; must be "ALL" with type "NeuronDevice"$/],
    [{ type: "NeuronDevice" }, "value", /^is required; must be "ALL" with type "NeuronDevice"$/],
    [{ type: "InferenceAccelerator" }, "value", /^is required: the deviceName of an accelerator/],
    [
      { type: "GPU", sharingStrategy: { nvidiaMps: { memory: 1, maxComputePercent: 0 } } },
      "sharingStrategy.nvidiaMps.maxComputePercent",
      /^is 0; must be a whole number of percent from 1 to 100$/,
    ],
    [
      { type: "GPU", sharingStrategy: {} },
      "sharingStrategy.nvidiaMps",
      /^is required; must be an object, such as/,
    ],
  ]),
];
