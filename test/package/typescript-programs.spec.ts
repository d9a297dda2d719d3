import assert from "node:assert/strict";
import { requirePulumi } from "../support/pulumi-required";
import type { Files } from "./support/cache";
import { installedProject, npmInstall, type Layout } from "./support/installed-project";
import { inTypeScript, typeScriptFiles } from "./support/shop-program";
import { openStack } from "./support/stack";
import { pulumiVersions, typescriptVersions } from "./support/versions";

const LOADED = "the program was loaded";

/** Previews the program. What it asks of AWS in a preview it can do without. */
async function preview(layout: Omit<Layout, "install">, install = npmInstall) {
  const folder = await installedProject({ ...layout, install });
  const nobody = JSON.stringify([{ ecs: "http://127.0.0.1:9" }]);
  const config = { "aws:region": "us-east-1", "aws:endpoints": nobody, taskDefinition: "app:1" };
  await using stack = await openStack(folder, config);
  return await stack.pulumi("preview");
}

function speaking(files: Files): Files {
  return { ...files, "index.ts": `console.log("${LOADED}");${inTypeScript}` };
}

describe("a program with the packed package that Pulumi compiles", function () {
  this.timeout(300_000);
  before(requirePulumi);

  it("is previewed with TypeScript 5.0", async () => {
    const files = typeScriptFiles(typescriptVersions["5.0"]);

    const { code, said } = await preview({ name: "typescript-5.0", files });

    assert.equal(code, 0, said);
    assert.match(said, /will run a task: app:1 on cluster default/);
  });

  it("is previewed with TypeScript 5.9 and the oldest @pulumi/pulumi", async () => {
    const files = typeScriptFiles(typescriptVersions["5.9"], { "@pulumi/pulumi": pulumiVersions.oldest });

    const { code, said } = await preview({ name: "typescript-5.9", files });

    assert.equal(code, 0, said);
    assert.match(said, /will run a task: app:1 on cluster default/);
  });

  it("is not installed by npm with TypeScript 7, which Pulumi excludes", async () => {
    const files = typeScriptFiles(typescriptVersions["7.0"]);

    await assert.rejects(
      installedProject({ name: "typescript-7-refused", files, install: npmInstall }),
      /ERESOLVE[^]*peerOptional typescript@">= 3\.8\.3 < 7" from @pulumi\/pulumi/,
    );
  });

  it("is not even loaded by Pulumi with TypeScript 7, so that no package can say anything about it", async () => {
    const files = speaking(typeScriptFiles(typescriptVersions["7.0"]));

    const { code, said } = await preview({ name: "typescript-7", files }, [
      ...npmInstall,
      "--legacy-peer-deps",
    ]);

    assert.notEqual(code, 0);
    assert.match(said, /TypeError: Cannot read properties of undefined \(reading 'readFile'\)/);
    assert.ok(!said.includes(LOADED));
  });
});
