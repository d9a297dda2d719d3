import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { bin, repository } from "../support/command-line";

/** A package that says from where it was loaded and what it was given. */
const STAND_IN = `
  exports.localEcsCommand = async (args) => {
    console.log(JSON.stringify({ file: __filename, main: require.main.filename, args }));
    return 7;
  };`;

describe("pulumi-ecs-task local", () => {
  let folder: string;

  beforeEach(() => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), "project-")));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  function write(path: string, content: string): string {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
    return file;
  }

  /** Runs a command line in the project's folder. */
  function run(file: string, ...args: readonly string[]) {
    const { status, stdout, stderr } = spawnSync(process.execPath, [file, ...args], {
      cwd: folder,
      encoding: "utf8",
    });
    return { status, stdout, stderr };
  }

  /** The built command line where nothing but what it depends on can be found. */
  function aloneInstalled(): string {
    const installed = join(folder, "installed");
    cpSync(join(repository, "dist"), join(installed, "dist"), { recursive: true });
    mkdirSync(join(installed, "node_modules"));
    for (const name of ["@aws-sdk", "@pulumi", "@smithy"])
      symlinkSync(join(repository, "node_modules", name), join(installed, "node_modules", name), "junction");
    return join(installed, "dist/cli/main.js");
  }

  it("hands every argument to the project's own local-ecs, in its own process, and ends with its exit code", () => {
    const entry = write("node_modules/local-ecs/cli.js", STAND_IN);
    const manifest = { name: "local-ecs", version: "9.9.9", exports: { "./cli": "./cli.js" } };
    write("node_modules/local-ecs/package.json", JSON.stringify(manifest));

    const { status, stdout, stderr } = run(bin, "local", "--port", "7", "--unknown", "--help");

    assert.deepEqual([status, stderr], [7, ""]);
    const args = ["--port", "7", "--unknown", "--help"];
    assert.deepEqual(JSON.parse(stdout), { file: entry, main: bin, args });
  });

  it("takes the local-ecs beside itself where the project has none", () => {
    const { status, stdout, stderr } = run(bin, "local", "--help");

    assert.deepEqual([status, stderr], [0, ""]);
    assert.match(stdout, /^Usage: local-ecs \[options\] /);
  });

  it("ends with 1 where there is none, and says what to install", () => {
    const { status, stdout, stderr } = run(aloneInstalled(), "local", "--help");

    assert.deepEqual([status, stdout], [1, ""]);
    assert.equal(
      stderr,
      "pulumi-ecs-task local: the package local-ecs is not installed. It is the local ECS, a package of its own. Install it in this project: npm install --save-dev local-ecs\n",
    );
  });

  it("says what is wrong with a local-ecs that cannot be used", () => {
    write("node_modules/local-ecs/package.json", JSON.stringify({ name: "local-ecs", exports: {} }));

    const { status, stderr } = run(bin, "local");

    assert.equal(status, 1);
    assert.match(stderr, /^pulumi-ecs-task: Package subpath '\.\/cli' is not defined by "exports" in \S+\n$/);
  });
});

describe("pulumi-ecs-task", () => {
  it("ends with 2 for a command that there is not, and says so", () => {
    const { status, stderr } = spawnSync(process.execPath, [bin, "remote"], { encoding: "utf8" });

    assert.equal(status, 2);
    assert.match(stderr, /^pulumi-ecs-task: there is no command "remote"\.\n\nUsage:/);
  });
});
