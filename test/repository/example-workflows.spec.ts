import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { parse } from "yaml";

const repository = join(__dirname, "../..");
const example = join(repository, "examples/github-actions");

/** Go's module proxy has it, so that nothing is downloaded from anywhere else. */
const ACTIONLINT = "github.com/rhysd/actionlint/cmd/actionlint@v1.7.12";

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly "working-directory"?: string;
}

interface Job {
  readonly environment?: string;
  readonly permissions: Readonly<Record<string, string>>;
  readonly steps: readonly Step[];
}

interface Workflow {
  readonly on: unknown;
  readonly concurrency: { readonly group: string; readonly "cancel-in-progress": boolean };
  readonly permissions: unknown;
  readonly jobs: Readonly<Record<string, Job>>;
}

const read = (path: string): string => readFileSync(join(example, path), "utf8");
const preview = parse(read(".github/workflows/preview.yml")) as Workflow;
const deploy = parse(read(".github/workflows/deploy.yml")) as Workflow;
const buildImage = parse(read(".github/actions/build-image/action.yml")) as { runs: { steps: Step[] } };

const jobs = [...Object.values(preview.jobs), ...Object.values(deploy.jobs)];
const steps = [...jobs.flatMap((job) => job.steps), ...buildImage.runs.steps];

describe("the workflows of the example github-actions", () => {
  it("never cancel a running up, and a preview as soon as there is a newer commit", () => {
    assert.deepStrictEqual(deploy.concurrency, { group: "deploy", "cancel-in-progress": false });
    assert.equal(preview.concurrency["cancel-in-progress"], true);
    assert.match(preview.concurrency.group, /^preview-\$\{\{ github\.event\.pull_request\.number \}\}$/);
  });

  it("deploy only what was merged to main, in the environment that the deployment's role trusts", () => {
    assert.deepStrictEqual([preview.on, deploy.on], ["pull_request", { push: { branches: ["main"] } }]);
    assert.deepStrictEqual(
      Object.entries(deploy.jobs).map(([name, { environment }]) => [name, environment]),
      [
        ["build", undefined],
        ["up", "production"],
      ],
    );
  });

  it("give every job only the permissions it asks for, and write ones only for identity and comments", () => {
    assert.deepStrictEqual([preview.permissions, deploy.permissions], [{}, {}]);
    const written = jobs.flatMap(({ permissions }) =>
      Object.keys(permissions).filter((scope) => permissions[scope] === "write"),
    );
    assert.deepStrictEqual([...new Set(written)].sort(), ["id-token", "pull-requests"]);
  });

  it("let pulumi itself be the process that a cancelled job signals", () => {
    const up = steps.filter(({ run }) => run?.includes("pulumi up"));

    assert.equal(up.length, 1);
    assert.match(up[0]?.run ?? "", /^exec pulumi up /);
  });

  it("hand the digest in under the name that the program asks for", () => {
    const program = parse(
      readFileSync(join(repository, "examples/build-migrate-deploy/Pulumi.yaml"), "utf8"),
    ) as {
      config: Record<string, unknown>;
    };
    const handedIn = steps.flatMap(({ run = "" }) =>
      [...run.matchAll(/--config (\w+)=/g)].map(([, key]) => key),
    );

    assert.deepStrictEqual(handedIn, ["imageDigest", "imageDigest"]);
    assert.ok("imageDigest" in program.config);
  });

  it("put no expression into a script: values arrive by the environment", () => {
    const scripts = steps.flatMap(({ run }) => (run === undefined ? [] : [run]));

    assert.ok(scripts.length > 3);
    assert.deepStrictEqual(
      scripts.filter((script) => script.includes("${{")),
      [],
    );
  });

  it("pin every action to a whole version, and use only their own actions that exist", () => {
    const uses = steps.flatMap((step) => step.uses ?? []);
    const own = uses.filter((each) => each.startsWith("./"));

    assert.ok(own.length > 0);
    assert.ok(own.every((each) => existsSync(join(example, each, "action.yml"))));
    const others = uses.filter((each) => !own.includes(each));
    assert.deepStrictEqual(
      others.filter((each) => !/^[\w-]+\/[\w-]+@v\d+\.\d+\.\d+$/.test(each)),
      [],
    );
  });

  it("work in the folder that the README says the program is put into", () => {
    const folders = new Set(steps.flatMap((step) => step["working-directory"] ?? []));

    assert.deepStrictEqual([...folders], ["infrastructure"]);
    assert.match(read("README.md"), /cp -R .*build-migrate-deploy infrastructure$/m);
  });

  it("use the repository's variables that the platform tells", () => {
    const text = [".github/workflows/preview.yml", ".github/workflows/deploy.yml"].map(read).join("\n");
    const used = new Set([...text.matchAll(/vars\.(\w+)/g)].map(([, name]) => name));
    const [, told = ""] = /export const variables = \{(.*?)\};/s.exec(read("platform/index.ts")) ?? [];

    assert.deepStrictEqual(
      [...used].sort(),
      [...told.matchAll(/^ {2}(\w+):/gm)].map(([, name]) => name).sort(),
    );
  });

  it("put into the comment what the preview said, as it is, and no more than a comment holds", async () => {
    const script = steps.find(({ run }) => run?.includes("gh pr comment"))?.run ?? "";
    const folder = mkdtempSync(join(tmpdir(), "comment-"));
    const said = "~ migrate update [diff: ~taskDefinition]; will run a new task\n```\n";
    writeFileSync(join(folder, "preview.txt"), said.padEnd(100_000, "."));
    // Stands for GitHub's command line: it prints the file it would send.
    writeFileSync(
      join(folder, "gh"),
      '#!/bin/sh\nwhile [ "$1" != --body-file ]; do shift; done\ncat "$2"\n',
      {
        mode: 0o755,
      },
    );
    const env = { PATH: `${folder}:${process.env.PATH ?? ""}`, RUNNER_TEMP: folder, NUMBER: "7" };
    try {
      const { stdout } = await promisify(execFile)("bash", ["-eo", "pipefail", "-c", script], { env });

      assert.ok(
        stdout.startsWith(`~~~~~text\n${said}`) && stdout.endsWith("\n~~~~~\n"),
        stdout.slice(0, 200),
      );
      assert.ok(stdout.length < 65_536);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it("pass actionlint", async function () {
    // It is built at the first time.
    this.timeout(300_000);
    const run = promisify(execFile);
    const folder = mkdtempSync(join(tmpdir(), "workflows-"));
    try {
      try {
        await run("go", ["install", ACTIONLINT], { env: { ...process.env, GOBIN: folder } });
      } catch (error) {
        if (process.env.CI !== undefined) throw error;
        console.log(`Skipped: actionlint cannot be built with Go: ${String(error)}`);
        this.skip();
      }
      cpSync(join(example, ".github"), join(folder, ".github"), { recursive: true });
      // What it takes for a project, and so for the place of the workflows' own actions.
      mkdirSync(join(folder, ".git"));

      const findings = await run(join(folder, "actionlint"), ["-no-color"], { cwd: folder }).then(
        () => "",
        (error: unknown) => (error as { readonly stdout: string }).stdout || String(error),
      );

      assert.equal(findings, "");
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
