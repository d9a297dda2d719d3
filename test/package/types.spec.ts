import assert from "node:assert/strict";
import { writeFiles } from "./support/cache";
import { command } from "./support/command";
import { installedBeside } from "./support/installed-project";
import { installTools, type Tools } from "./support/tools";
import type { pulumiVersions, typescriptVersions } from "./support/versions";

/** Says what every entry offers, and what it refuses: a declaration that was not found would take anything. */
const PROGRAM = `
import * as pulumi from "@pulumi/pulumi";
import { EcsTask, getTask, getTasksByImageDigest, type EcsTaskArgs, type ErrorCode } from "pulumi-ecs-task";
import { startLocalEcs } from "local-ecs";
import { provider } from "pulumi-ecs-task/provider";

const args: EcsTaskArgs = { taskDefinition: pulumi.output("app:1"), cluster: { arn: "arn" }, count: 2 };
const migrate = new EcsTask("migrate", args, { customTimeouts: { create: "1h" } });
export const ran: pulumi.Output<Record<string, string>> = migrate.imageDigests;
export const outcome: Promise<string> = getTask({ taskArn: "arn" }).then((task) => task.outcome);
export const code: ErrorCode = "NO_REGION";
export const url: Promise<string> = startLocalEcs().then((local) => local.url);
export const created: Promise<{ id: string }> = provider.create({ taskDefinition: "app:1" });
void getTasksByImageDigest({ imageDigest: "sha256:1" });

// @ts-expect-error -- a task definition is required
new EcsTask("none", {});
// @ts-expect-error -- no such error
export const noCode: ErrorCode = "NONE";
// @ts-expect-error -- a number
provider.create(1);
// @ts-expect-error -- a number
startLocalEcs(1);
`;

/** How programs find declarations: as Pulumi's templates of old and today have it, and as bundlers do. */
const resolutions = {
  node10: ["--module", "commonjs", "--moduleResolution", "node"],
  node16: ["--module", "node16", "--moduleResolution", "node16"],
  bundler: ["--module", "es2022", "--moduleResolution", "bundler"],
};

const strict = ["--noEmit", "--strict", "--target", "es2020", "--skipLibCheck", "false", "--types", "node"];

type Case = readonly [keyof typeof typescriptVersions, keyof typeof resolutions, keyof typeof pulumiVersions];

const cases: readonly Case[] = [
  ["5.0", "node10", "newest"],
  ["5.0", "node16", "oldest"],
  ["5.9", "node16", "newest"],
  ["6.0", "node16", "newest"],
  ["6.0", "bundler", "newest"],
  ["7.0", "node16", "newest"],
];

describe("the declarations of the packed package", function () {
  this.timeout(300_000);
  let tools: Tools;

  before(async () => {
    tools = await installTools();
  });

  for (const [typescript, resolution, age] of cases) {
    it(`are right for TypeScript ${typescript}, resolution ${resolution}, the ${age} @pulumi/pulumi`, async () => {
      const folder = await installedBeside(age);
      await writeFiles(folder, { "program.ts": PROGRAM });

      const words = [...tools.tsc(typescript), ...strict, ...resolutions[resolution], "program.ts"];
      const { said } = await command(words, { cwd: folder });

      // What is wrong in a declaration of somebody else's is not ours to say.
      const ours = said
        .split("\n")
        .filter((line) => !/^(node_modules\/(?!(?:pulumi-ecs-task|local-ecs)\/)| |$)/.test(line));
      assert.deepStrictEqual(ours, []);
    });
  }
});
