import assert from "node:assert/strict";
import { createContext, runInContext } from "node:vm";
import * as aws from "@pulumi/aws";
import * as awsx from "@pulumi/awsx";
import * as pulumi from "@pulumi/pulumi";
import { EcsTask } from "../../src/index";
import { NOT_KNOWN, saidOf } from "../support/checked-program";

const later = pulumi.output("late");
/** What TypeScript would refuse only with a linter. */
const asText = later as unknown as string;
const nothing = pulumi.output<string | undefined>(undefined);
const container = (members: object) => ({ overrides: { containerOverrides: [{ name: "app", ...members }] } });
const ring: unknown[] = [];
ring.push({ ring });

/** What type-checks, or what JavaScript lets through, and what is said of it. Where nothing is named it is all right. */
const cases: readonly {
  readonly name: string;
  readonly args: () => object;
  readonly said?: readonly RegExp[];
}[] = [
  {
    name: "another EcsTask as a trigger",
    args: () => ({ triggers: [new EcsTask("first", { taskDefinition: "app:1" })] }),
    said: [
      /^triggers\[0\] is a resource \(EcsTask\), .*; pass an output of it that does, such as its taskArn$/,
    ],
  },
  {
    name: "an Output of a resource as a trigger",
    args: () => ({
      triggers: {
        image: pulumi.output(
          new aws.ecs.TaskDefinition("app", { family: "app", containerDefinitions: "[]" }),
        ),
      },
    }),
    said: [/^triggers\.image is a resource \(TaskDefinition\), .* such as its arn$/],
  },
  {
    name: "a Date",
    args: () => ({ triggers: [new Date(0)] }),
    said: [/^triggers\[0\] is a Date; pass date\.toISOString\(\)$/],
  },
  {
    name: "a Map",
    args: () => ({ triggers: { a: new Map() } }),
    said: [/^triggers\.a is a Map; pass Object\.fromEntries\(map\)$/],
  },
  {
    name: "a Set, deep inside of an Output",
    args: () => ({ triggers: [later.apply(() => ({ a: [new Set([1])] }))] }),
    said: [/^triggers\[0\]\.a\[0\] is a Set; pass \[\.\.\.set\]$/],
  },
  {
    name: "a function",
    args: () => ({ triggers: [() => 1] }),
    said: [/^triggers\[0\] is a function; pass the value that it returns$/],
  },
  {
    name: "a symbol",
    args: () => ({ triggers: [Symbol("a")] }),
    said: [/^triggers\[0\] is a symbol; pass a string$/],
  },
  {
    name: "a bigint",
    args: () => ({ triggers: [1n] }),
    said: [/^triggers\[0\] is a bigint; pass it as a string$/],
  },
  {
    name: "a Buffer",
    args: () => ({ triggers: [Buffer.from("a")] }),
    said: [/^triggers\[0\] is binary data; pass a hash of it$/],
  },
  {
    name: "an instance of a class",
    args: () => ({ triggers: [new pulumi.Config()] }),
    said: [/^triggers\[0\] is an instance of Config; pass a string, a number, a list or a plain object$/],
  },
  {
    name: "an asset",
    args: () => ({ triggers: [new pulumi.asset.StringAsset("a")] }),
    said: [/^triggers\[0\] is an asset or archive; pass a hash of its content$/],
  },
  { name: "NaN", args: () => ({ triggers: [NaN] }), said: [/^triggers\[0\] is NaN; pass a finite number$/] },
  {
    name: "undefined in a list",
    args: () => ({ triggers: [undefined] }),
    said: [/^triggers\[0\] is undefined, so it can never change; /],
  },
  {
    name: "undefined in a map, and in an Output",
    args: () => ({ triggers: { a: undefined, b: nothing } }),
    said: [/^triggers\.a is undefined, /, /^triggers\.b is undefined, /],
  },
  {
    name: "a list with a hole",
    args: () => ({ triggers: new Array(1) }),
    said: [/^triggers\[0\] is undefined, /],
  },
  {
    name: "a list that contains itself",
    args: () => ({ triggers: ring }),
    said: [/^triggers\[0\]\.ring contains itself; pass plain values$/],
  },
  { name: "null as a trigger, which is JSON", args: () => ({ triggers: [null, { a: null }] }) },
  {
    name: "the same object twice",
    args: () => {
      const twice = { a: 1 };
      return { triggers: [twice, twice] };
    },
  },
  {
    name: "plain objects without a prototype, and of another realm",
    args: () => ({ triggers: [Object.create(null), runInContext("({ a: [1] })", createContext({}))] }),
  },
  {
    name: "a Promise of a Date",
    args: () => ({ triggers: Promise.resolve({ a: Promise.resolve(new Date(0)) }) }),
    said: [/^triggers\.a is a Date; /],
  },
  { name: "a value that is not known yet", args: () => ({ triggers: [pulumi.unknown, 1] }) },
  { name: "no triggers by an Output", args: () => ({ triggers: nothing }) },
  {
    name: "a Map of tags",
    args: () => ({ tags: new Map([["team", "shop"]]) }),
    said: [/^tags is a Map; pass Object\.fromEntries\(map\)$/],
  },
  {
    name: "a function as a command",
    args: () => container({ command: () => ["migrate"] }),
    said: [/^overrides\.containerOverrides\[0\]\.command is a function; /],
  },
  {
    name: "an Output in a template string",
    args: () => container({ command: ["migrate", `--to=${asText}`], environment: { [`A_${asText}`]: "x" } }),
    said: [
      /^overrides\.containerOverrides\[0\]\.command\[1\] contains an Output that became text before its value was known; write pulumi\.interpolate`…`$/,
      /^overrides\.containerOverrides\[0\]\.environment\["…"\] has a key that contains an Output /,
    ],
  },
  {
    name: "an Output in JSON.stringify",
    args: () => container({ environment: { CONFIG: JSON.stringify({ later }) } }),
    said: [
      /^overrides\.containerOverrides\[0\]\.environment\.CONFIG contains an Output .*; write pulumi\.jsonStringify\(…\) instead of JSON\.stringify\(…\)$/,
    ],
  },
  {
    name: "an Output in the text of a cluster",
    args: () => ({ cluster: `shop-${asText}` }),
    said: [/^cluster contains an Output .*interpolate/],
  },
  {
    name: "an Output in the text of a trigger",
    args: () => ({ triggers: { a: [`v${asText}`] } }),
    said: [/^triggers\.a\[0\] contains an Output .*interpolate/],
  },
  ...["cluster", "taskDefinition", "region", "profile", "assumeRole", "endpoint", "networkConfiguration"].map(
    (property) => ({
      name: `an Output without a value as ${property}`,
      args: () => ({ [property]: nothing }),
      said: [new RegExp(`^${property} is given, but has no value: the Output it comes from is undefined`)],
    }),
  ),
  {
    name: "a cluster whose arn has no value",
    args: () => ({ cluster: Promise.resolve({ arn: nothing }) }),
    said: [/^cluster is given, but has no value/],
  },
  ...Object.entries({
    "the whole of overrides": { args: () => ({ overrides: nothing }), path: "overrides" },
    "a command": {
      args: () => container({ command: nothing }),
      path: "overrides.containerOverrides[0].command",
    },
    "a word of a command": {
      args: () => container({ command: ["migrate", nothing] }),
      path: "overrides.containerOverrides[0].command[1]",
    },
    "the value of an environment variable": {
      args: () => container({ environment: { DATABASE_URL: nothing } }),
      path: "overrides.containerOverrides[0].environment.DATABASE_URL",
    },
    "all expected digests": { args: () => ({ expectedImageDigests: nothing }), path: "expectedImageDigests" },
    "an expected digest": {
      args: () => ({ expectedImageDigests: Promise.resolve({ app: nothing }) }),
      path: "expectedImageDigests.app",
    },
    "an idempotencyKey": { args: () => ({ idempotencyKey: nothing }), path: "idempotencyKey" },
    "the containers that decide": { args: () => ({ successContainers: nothing }), path: "successContainers" },
    "a count, null": { args: () => ({ count: pulumi.output(null) }), path: "count" },
  }).map(([name, { args, path }]) => ({
    name: `an Output without a value as ${name}`,
    args,
    said: [new RegExp(`^${path.replace(/[[\].]/g, "\\$&")} is given, but has no value: the Output`)],
  })),
  {
    name: "an Output without a value where a default does no harm",
    args: () => ({ timeoutSeconds: nothing, onTimeout: nothing, tags: nothing, showLogs: nothing }),
  },
  {
    name: "null and undefined, which mean not given",
    args: () => ({
      cluster: null,
      region: undefined,
      profile: null,
      networkConfiguration: null,
      triggers: null,
      overrides: null,
    }),
  },
  {
    name: "null for what is required",
    args: () => ({ taskDefinition: null }),
    said: [/^taskDefinition is required; must be a family/],
  },
  {
    name: "a component in the place of its task definition",
    args: () => ({
      taskDefinition: new awsx.ecs.FargateTaskDefinition("app", { container: { name: "app", image: "app" } }),
    }),
    said: [
      /^taskDefinition is a resource \(FargateTaskDefinition\) that has no arn; pass its taskDefinition$/,
    ],
  },
  {
    name: "another resource in the place of a cluster",
    args: () => ({ cluster: new pulumi.ComponentResource("shop:index:Shop", "shop") }),
    said: [/^cluster is a resource \(ComponentResource\) that has no arn; pass one that has, or an ARN$/],
  },
];

describe("check says of what a program holds", () => {
  for (const { name, args, said = [] } of cases) {
    it(`${name}: ${said.length > 0 ? "refused" : "all right"}`, async () => {
      const messages = await saidOf(() => new EcsTask("migrate", { taskDefinition: NOT_KNOWN, ...args() }));

      assert.equal(messages.length, said.length, messages.join("\n"));
      for (const [index, pattern] of said.entries()) assert.match(messages[index] ?? "", pattern);
    });
  }
});
