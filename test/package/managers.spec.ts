import assert from "node:assert/strict";
import { join } from "node:path";
import { startLab, type Lab } from "../support/lab";
import { requirePulumi } from "../support/pulumi-required";
import { installedProject, npmInstall, type Layout } from "./support/installed-project";
import {
  inJavaScript,
  javaScriptFiles,
  packageFile,
  projectFile,
  typeScriptFiles,
} from "./support/shop-program";
import { openStack } from "./support/stack";
import { installTools, type Tools } from "./support/tools";
import { pulumiVersions } from "./support/versions";

describe("the packed package", function () {
  this.timeout(300_000);
  let lab: Lab;
  let tools: Tools;
  let taskDefinition: string;

  before(requirePulumi);
  before(async () => {
    tools = await installTools();
    lab = await startLab();
    const main = { "app/main.mjs": "process.exit(Number(process.argv[3]));" };
    await lab.image("shop:1", main, { WorkingDir: "/app", Entrypoint: ["node", "main.mjs"] });
    taskDefinition = await lab.define([{ name: "app", image: "shop:1" }]);
  });
  after(() => lab.close());

  /** Installs, runs `pulumi up` in the folder of Pulumi.yaml, and says what it said. */
  async function up(layout: Layout, infra = ".") {
    const folder = join(await installedProject(layout), infra);
    const config = {
      "aws:region": lab.local.region,
      "aws:endpoints": JSON.stringify([{ ecs: lab.local.url, logs: lab.local.url }]),
      taskDefinition,
    };
    await using stack = await openStack(folder, config);
    return await stack.pulumi("up", "--yes", "--skip-preview");
  }

  async function runsIn(layout: Layout, infra?: string): Promise<void> {
    const before = lab.local.tasks.all().length;
    const { code, said } = await up(layout, infra);
    assert.equal(code, 0, said);
    assert.match(said, /ran *: \{\s+app *: "sha256:/);
    assert.equal(lab.local.tasks.all().length, before + 1);
  }

  /** A program in a folder of its own of a project with several, and `main` in Pulumi.yaml. */
  const infra = {
    "infra/Pulumi.yaml": { ...projectFile, main: "./src" },
    "infra/src/index.js": inJavaScript,
    "infra/package.json": packageFile(),
  };

  it("runs a migration, installed with npm", () =>
    runsIn({ name: "npm", files: typeScriptFiles(), install: npmInstall }));

  it("runs a migration, installed with npm workspaces, which hoist it", () => {
    const root = { "package.json": { private: true, workspaces: ["infra"] } };
    return runsIn({ name: "npm-workspaces", files: { ...infra, ...root }, install: npmInstall }, "infra");
  });

  it("runs a migration, installed with Yarn 1", () => {
    const install = [...tools.yarn1, "install", "--ignore-scripts"];
    return runsIn({ name: "yarn-1", files: javaScriptFiles, install });
  });

  it("runs a migration, installed with Yarn 4 into node_modules", () => {
    const settings = { ".yarnrc.yml": { nodeLinker: "node-modules" }, "yarn.lock": "" };
    const install = [...tools.yarn4, "install", "--no-immutable"];
    return runsIn({ name: "yarn-4", files: { ...javaScriptFiles, ...settings }, install });
  });

  it("does not run with Yarn's Plug'n'Play, because Pulumi itself does not", async () => {
    const settings = { ".yarnrc.yml": { nodeLinker: "pnp" }, "yarn.lock": "" };
    const install = [...tools.yarn4, "install", "--no-immutable"];

    const { code, said } = await up({
      name: "yarn-pnp",
      files: { ...javaScriptFiles, ...settings },
      install,
    });

    assert.notEqual(code, 0);
    assert.match(said, /the Pulumi SDK has not been installed/);
  });

  it("runs a migration, installed with pnpm", () => {
    const install = [...tools.pnpm, "install", "--ignore-scripts"];
    return runsIn({ name: "pnpm", files: javaScriptFiles, install });
  });

  const workspaces = (...packages: string[]) => ({
    "package.json": { private: true },
    "pnpm-workspace.yaml": { packages },
  });

  it("runs a migration, installed in a pnpm workspace whose Pulumi.yaml has a main folder", () => {
    const install = [...tools.pnpm, "install", "--ignore-scripts"];
    const files = { ...infra, ...workspaces("infra") };
    return runsIn({ name: "pnpm-workspace", files, install }, "infra");
  });

  it("says what to install where, when only a package that the program uses depends on it", async () => {
    const install = [...tools.pnpm, "install", "--ignore-scripts"];
    const shared = packageFile({}, { name: "platform", main: "index.js" });
    const dependencies = { "@pulumi/pulumi": pulumiVersions.newest, platform: "workspace:*" };
    const files = {
      ...workspaces("infra", "platform"),
      "platform/package.json": shared,
      "platform/index.js": inJavaScript,
      "infra/Pulumi.yaml": projectFile,
      "infra/index.js": 'require("platform");',
      "infra/package.json": { name: "infra", private: true, dependencies },
    };

    const { code, said } = await up({ name: "pnpm-shared", files, install }, "infra");

    assert.notEqual(code, 0);
    assert.match(said, /Add pulumi-ecs-task to the dependencies of the Pulumi program itself/);
  });
});
