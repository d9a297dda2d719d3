import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { ContainerDefinition } from "@aws-sdk/client-ecs";
import { assertGolden } from "../support/golden";
import { requirePulumi } from "../support/pulumi-required";
import { openShop, type Shop } from "../support/shop";

/** A task for each entry of a file; `secret` is put into its environment, `unknown` makes it wait for a new resource. */
const PROGRAM = `
  const pulumi = require("@pulumi/pulumi");
  const { EcsTask } = require("pulumi-ecs-task");
  const tasks = Object.entries(require("./tasks.json"));
  const base = { taskDefinition: new pulumi.Config().require("taskDefinition") };
  const isUnknown = ([, { unknown }]) => unknown;
  const before = tasks.some(isUnknown) ? new EcsTask("resource that is new", base) : undefined;
  for (const [name, { secret, unknown, ...inputs }] of tasks) {
    if (secret) inputs.overrides.containerOverrides[0].environment.DATABASE_URL = pulumi.secret(secret);
    if (unknown) inputs.triggers = [before.taskArn];
    new EcsTask(name, { ...base, ...inputs });
  }
`;

const runs = (command: readonly string[], environment: Record<string, string> = { MODE: "fast" }) => ({
  overrides: { containerOverrides: [{ name: "app", command, environment }] },
});

/** Situations of a pull request: what the task was deployed with, and what the pull request makes of it. */
interface Situation {
  readonly before?: object;
  readonly after: object;
}

const BASE = runs(["exit", "0"]);

/** Task definitions that ECS accepts, and with which a run may not go as it was meant. */
const DOUBTFUL: Readonly<Record<string, readonly ContainerDefinition[]>> = {
  // Nothing says which of the two does the work.
  web: [
    { name: "web", image: "shop/migrate:1" },
    { name: "proxy", image: "shop/migrate:1" },
  ],
  restarted: [{ name: "app", image: "shop/migrate:1", restartPolicy: { enabled: true } }],
};

/** Seen in a preview of its own, because the region is the whole stack's. */
const NO_REGION = "no region is known";

/** What became of its task only a refresh can see. */
const HAS_FAILED = "it has failed, and its end is to be waited for now";

function situations(newTaskDefinition: string, clusterArn: string): Record<string, Situation> {
  return {
    "nothing changed": { before: BASE, after: BASE },
    "new resource": { after: BASE },
    "several tasks": { after: { ...BASE, count: 3 } },
    "new image, which is another revision": {
      before: BASE,
      after: { ...BASE, taskDefinition: newTaskDefinition },
    },
    "other command": { before: BASE, after: runs(["exit", "1"]) },
    "other value of a variable": { before: BASE, after: runs(["exit", "0"], { MODE: "slow" }) },
    "new secret variable": { before: BASE, after: { ...BASE, secret: "postgres://hunter2@db" } },
    "other timeout": { before: BASE, after: { ...BASE, timeoutSeconds: 7200 } },
    "other tags": { before: BASE, after: { ...BASE, tags: { team: "shop" } } },
    "the ARN of the same cluster": { before: BASE, after: { ...BASE, cluster: clusterArn } },
    "other success codes": { before: BASE, after: { ...BASE, successExitCodes: [0, 3] } },
    "other command and timeout": { before: BASE, after: { ...runs(["exit", "1"]), timeoutSeconds: 7200 } },
    "a family instead of a revision": { before: BASE, after: { ...BASE, taskDefinition: "app" } },
    "a value that is not known yet": { before: BASE, after: { ...BASE, unknown: true } },
    "the last run failed": { before: runs(["exit", "3"]), after: runs(["exit", "3"]) },
    "the last run failed, corrected": { before: runs(["exit", "3"]), after: BASE },
    "the last run outlived its timeout": {
      before: { ...runs(["run"]), timeoutSeconds: 3 },
      after: { ...runs(["run"]), timeoutSeconds: 3 },
    },
    "its end is to be waited for now": {
      before: { ...runs(["run"]), waitFor: "RUNNING" },
      after: runs(["run"]),
    },
    [HAS_FAILED]: { before: { ...runs(["exit", "3"]), waitFor: "NONE" }, after: runs(["exit", "3"]) },
    "several essential containers": { after: { taskDefinition: "web:1" } },
    "a container that starts again after its success": { after: { taskDefinition: "restarted:1" } },
    "a task definition that is not there": { after: { ...BASE, taskDefinition: "ap:1" } },
  };
}

describe("the preview of a pull request", function () {
  this.timeout(600_000);
  let shop: Shop;

  before(requirePulumi);
  before(async () => {
    shop = await openShop({}, {}, PROGRAM);
  });
  after(() => shop.close());

  async function writeTasks(tasks: Readonly<Record<string, object | undefined>>): Promise<void> {
    const present = Object.entries(tasks).filter(([, inputs]) => inputs !== undefined);
    await writeFile(join(shop.project.folder, "tasks.json"), JSON.stringify(Object.fromEntries(present)));
  }

  it("says on the line of each task what will happen and why", async () => {
    for (const [family, containers] of Object.entries(DOUBTFUL)) await shop.lab.define(containers, family);
    const clusterArn = `arn:aws:ecs:${shop.lab.local.region}:123456789012:cluster/default`;
    const revised = await shop.lab.define([
      { name: "app", image: "shop/migrate:2", environment: [{ name: "FEATURE_X", value: "on" }] },
    ]);
    const cases = situations(revised.slice(revised.lastIndexOf("/") + 1), clusterArn);
    await writeTasks(mapValues(cases, ({ before }) => before));
    await shop.project.up("--skip-preview", "--continue-on-error");
    const { urn } = (await shop.project.resource(HAS_FAILED))!;
    await shop.project.refresh("--target", urn);
    await writeTasks(mapValues(cases, ({ after }) => after));

    const seen = await preview();
    await writeTasks({ [NO_REGION]: BASE });
    await shop.project.removeConfig("aws:region");
    const seenWithoutRegion = await preview();

    const names = [...Object.keys(cases), "resource that is new"];
    const texts = [...names.map((name) => textOf(seen, name)), textOf(seenWithoutRegion, NO_REGION)];
    await assertGolden("previews.txt", texts.join("\n"));
  });

  async function preview(): Promise<string> {
    const { code, stdout, stderr } = await shop.project.preview();
    assert.equal(code, 0, stdout + stderr);
    assert.ok(!stdout.includes("hunter2"));
    return stdout;
  }
});

function mapValues<T, U>(map: Readonly<Record<string, T>>, change: (value: T) => U): Record<string, U> {
  return Object.fromEntries(Object.entries(map).map(([name, value]) => [name, change(value)]));
}

function textOf(output: string, name: string): string {
  return [`# ${name}`, ...linesOf(output, name), ""].join("\n");
}

/** What the preview shows of a resource, without what differs from run to run: its warnings, and the last line, which is the whole of it. */
function linesOf(output: string, name: string): string[] {
  // With what follows it, because a name can be the beginning of another one.
  const rowsWith = (...words: readonly string[]) =>
    output.split("\n").filter((line) => words.some((word) => line.includes(`ecs:Task ${name} ${word} `)));
  // Of a warning, two blanks after the name: the place of what is done to the resource is empty.
  const warnings = rowsWith(" warning:");
  const last = rowsWith("create", "update").at(-1) ?? "(no line: nothing will happen)";
  return [...warnings, last].map((line) =>
    line
      .trim()
      .replaceAll(/ +/g, " ")
      .replaceAll(/[0-9a-f]{32}/g, "<task id>"),
  );
}
