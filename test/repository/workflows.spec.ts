import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { minVersion } from "semver";
import { parse } from "yaml";

const repository = join(__dirname, "../..");
const read = (file: string): string => readFileSync(join(repository, file), "utf8");

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, string>>;
}

interface Job {
  readonly uses?: string;
  readonly steps?: readonly Step[];
  readonly "timeout-minutes"?: number;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly strategy?: { readonly matrix: { readonly node: readonly number[] } };
}

interface Workflow {
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions: Readonly<Record<string, string>>;
  readonly concurrency: { readonly "cancel-in-progress": unknown };
  readonly jobs: Readonly<Record<string, Job>>;
}

const packageJson = JSON.parse(read("package.json")) as {
  readonly engines: { readonly node: string };
  readonly scripts: Readonly<Record<string, string>>;
  readonly peerDependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
};
const workflowFiles = readdirSync(join(repository, ".github/workflows")).map(
  (file) => `.github/workflows/${file}`,
);
const setUp = ".github/actions/set-up/action.yml";
const ci = workflow(".github/workflows/ci.yml");
const release = workflow(".github/workflows/release.yml");

describe("the workflows", () => {
  it("and .ci/run run only npm scripts that exist, and npm run verify too", async () => {
    const { SCRIPTS } = await import("../../scripts/verify.mts");
    const scripts = [...scriptsRunBy(read(".ci/run")), ...SCRIPTS];

    assert.deepEqual(
      scripts.filter((script) => !(script in packageJson.scripts)),
      [],
    );
  });

  for (const file of [...workflowFiles, setUp]) {
    it(`run only npm scripts that exist (${basename(file)})`, () => {
      const scripts = scriptsRunBy(read(file));

      assert.deepEqual(
        scripts.filter((script) => !(script in packageJson.scripts)),
        [],
      );
    });

    it(`pin each action by the hash of a version that is named (${basename(file)})`, () => {
      const foreign = [...read(file).matchAll(/uses: (.*)/g)].map(([, action = ""]) => action);

      const loose = foreign.filter(
        (action) => !/^\.\/|^[\w.-]+\/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(action),
      );

      assert.deepEqual(loose, []);
    });
  }

  it("pin an action to one version everywhere", () => {
    const pins = new Map<string, Set<string>>();
    for (const file of [...workflowFiles, setUp])
      for (const [, action = "", pin = ""] of read(file).matchAll(/uses: ([^.\s][^@\s]*)@(.*)/g))
        pins.set(action, (pins.get(action) ?? new Set()).add(pin));

    assert.deepEqual(
      [...pins].filter(([, versions]) => versions.size > 1),
      [],
    );
  });

  for (const file of workflowFiles) {
    it(`may read the repository and nothing else, unless a job says so (${basename(file)})`, () => {
      assert.deepEqual(workflow(file).permissions, { contents: "read" });
    });

    it(`end by themselves within ten minutes a job, an hour where all tests run, or all with the real CLI (${basename(file)})`, () => {
      for (const [name, job] of Object.entries(workflow(file).jobs))
        if (job.uses === undefined) assert.equal(job["timeout-minutes"], runsAllTests(job) ? 60 : 10, name);
    });

    it(`keep no token in the checkout (${basename(file)})`, () => {
      const checkouts = stepsOf(workflow(file)).filter(({ uses }) => uses?.startsWith("actions/checkout@"));

      assert.deepEqual(
        checkouts.filter((step) => step.with?.["persist-credentials"] !== (false as unknown)),
        [],
      );
    });
  }

  it("cancel what a newer push to a pull request replaces, and never a release", () => {
    assert.equal(ci.concurrency["cancel-in-progress"], "${{ github.event_name == 'pull_request' }}");
    assert.equal(release.concurrency["cancel-in-progress"], false);
  });

  it("let only the job that publishes ask for an identity, and only for a tag", () => {
    const jobs = [...Object.entries(ci.jobs), ...Object.entries(release.jobs)];

    assert.deepEqual(
      jobs.filter(([, job]) => job.permissions !== undefined).map(([name, job]) => [name, job.permissions]),
      [["publish", { contents: "read", "id-token": "write" }]],
    );
    assert.deepEqual(release.on, { push: { tags: ["v*.*.*"] } });
    assert.doesNotMatch(workflowFiles.map(read).join(), /secrets\./);
  });

  it("run everything that .ci/run runs", () => {
    const here = scriptsRunBy(workflowFiles.concat(setUp).map(read).join("\n"));

    const missing = scriptsRunBy(read(".ci/run")).filter((script) => !here.includes(script));

    assert.deepEqual(missing, [], "add a job or a step to .github/workflows/ci.yml");
  });

  it("test the oldest Node.js of engines, that of the npm scripts, and none below", () => {
    const tested = ci.jobs.test?.strategy?.matrix.node ?? [];

    assert.equal(Math.min(...tested), minVersion(packageJson.engines.node)?.major);
    assert.ok(tested.includes(minVersion(packageJson.devDependencies.node!)!.major));
  });

  it("test the oldest Pulumi that the package accepts, both the SDK and the CLI", async () => {
    const { OLDEST_VERSION } = await import("../../scripts/tools/pulumi-cli/versions.mts");
    const oldest = minVersion(packageJson.peerDependencies["@pulumi/pulumi"]!)!.version;
    const steps = ci.jobs.floor?.steps ?? [];

    assert.ok(steps.some((step) => step.with?.instead?.split(" ").includes(`@pulumi/pulumi@${oldest}`)));
    assert.ok(steps.some((step) => step.with?.["pulumi-version"] === oldest));
    assert.equal(OLDEST_VERSION, oldest);
  });

  it("pin the same versions of Pulumi's CLI for a download as for a build", async () => {
    const { NEWEST, PINNED } = await import("../../scripts/tools/pulumi-cli/versions.mts");

    for (const { version, engine } of [NEWEST, PINNED])
      assert.match(
        read(`scripts/tools/pulumi-cli/${engine}/go.mod`),
        new RegExp(`^require github.com/pulumi/pulumi/pkg/v3 v${version.replaceAll(".", "\\.")}$`, "m"),
      );
  });
});

function workflow(file: string): Workflow {
  return parse(read(file)) as Workflow;
}

/** Which takes more than twenty minutes, ten of them killing; those with the real CLI may have to build it. */
function runsAllTests({ steps = [] }: Job): boolean {
  return steps.some(({ run = "" }) =>
    scriptsRunBy(run).some((script) => ["test", "test:e2e:newest"].includes(script)),
  );
}

function stepsOf({ jobs }: Workflow): readonly Step[] {
  return Object.values(jobs).flatMap(({ steps }) => steps ?? []);
}

/** The names of npm scripts in a shell's text: those of `npm run --silent x` and `npm test`. */
function scriptsRunBy(text: string): readonly string[] {
  const names = [...text.matchAll(/\bnpm (?:run (?:--?\S+ )*([\w:-]+)|(test))\b/g)];
  return [...new Set(names.map(([, script, test]) => script ?? test ?? ""))];
}
