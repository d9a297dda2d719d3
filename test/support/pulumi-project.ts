/** A Pulumi project in a temporary folder, driven by the real CLI, with a state of its own. */
import { rmSync } from "node:fs";
import { cp, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import type { StartedProcess } from "../../scripts/tools/pulumi-cli/started-processes.mts" with {
  "resolution-mode": "import",
};
import { PulumiRun, type PulumiResult } from "./pulumi-run";

const repository = resolve(__dirname, "../..");
const stack = "test";

export interface PulumiProjectOptions {
  /** The program: JavaScript (CommonJS), which starts faster than TypeScript. */
  readonly program?: string;
  /** A folder of `examples` instead: a copy of it, as it is. */
  readonly example?: string;
  /** Stack config, for instance `aws:region`; a key without a namespace is the project's own. */
  readonly config?: Readonly<Record<string, string>>;
  /** Config values that the state and the output must not show. */
  readonly secrets?: Readonly<Record<string, string>>;
  /** Environment of the CLI and all it starts. AWS settings of the machine are not passed on. */
  readonly env?: Readonly<Record<string, string>>;
}

/** What `pulumi stack export` tells of one resource. */
export interface ResourceState {
  readonly urn: string;
  readonly type: string;
  readonly id?: string;
  readonly inputs?: Readonly<Record<string, unknown>>;
  readonly outputs?: Readonly<Record<string, unknown>>;
  readonly initErrors?: readonly string[];
}

export interface StackState {
  readonly resources: readonly ResourceState[];
  readonly pending_operations?: readonly { readonly type: string; readonly resource: ResourceState }[];
}

/** Use with `await using`, or call `close`: it ends what still runs and removes the folder. */
export class PulumiProject implements AsyncDisposable {
  readonly folder: string;
  readonly #env: NodeJS.ProcessEnv;
  readonly #runs: PulumiRun[] = [];
  readonly #cleanUpAtExit = (): void => {
    this.#runs.forEach((run) => {
      run.kill("SIGKILL");
    });
    rmSync(this.folder, { recursive: true, force: true });
  };

  private constructor(folder: string, env: NodeJS.ProcessEnv) {
    this.folder = folder;
    this.#env = env;
    process.once("exit", this.#cleanUpAtExit);
  }

  /** Gets a CLI first, which takes minutes on a machine that has to build it. */
  static async create(options: PulumiProjectOptions): Promise<PulumiProject> {
    const { ensurePulumi } = await import("../../scripts/tools/pulumi-cli.mts");
    const { createIsolatedEnvironment } =
      await import("../../scripts/tools/pulumi-cli/isolated-environment.mts");
    const cli = await ensurePulumi({ log: console.log });
    const folder = await mkdtemp(join(tmpdir(), "pulumi-project-"));
    const env = { ...(await createIsolatedEnvironment(cli, folder)), ...options.env };
    const project = new PulumiProject(folder, env);
    try {
      await project.#initialise(options);
      return project;
    } catch (error) {
      await project.close();
      throw error;
    }
  }

  async #initialise(options: PulumiProjectOptions): Promise<void> {
    const { program = "", example, config = {}, secrets = {} } = options;
    await symlink(join(repository, "node_modules"), join(this.folder, "node_modules"), "junction");
    if (example) await cp(join(repository, "examples", example), this.folder, { recursive: true });
    else {
      const project = { name: "test", runtime: { name: "nodejs", options: { typescript: false } } };
      await writeFile(join(this.folder, "Pulumi.yaml"), JSON.stringify(project));
      await writeFile(join(this.folder, "package.json"), JSON.stringify({ private: true }));
      await this.writeProgram(program);
    }
    await this.#succeed("stack", "init", stack);
    const settings = [
      ...Object.entries(config).flatMap(([key, value]) => ["--plaintext", `${key}=${value}`]),
      ...Object.entries(secrets).flatMap(([key, value]) => ["--secret", `${key}=${value}`]),
    ];
    if (settings.length > 0) await this.#succeed("config", "set-all", "--stack", stack, ...settings);
  }

  async writeProgram(source: string): Promise<void> {
    await writeFile(join(this.folder, "index.js"), source);
  }

  async setConfig(key: string, value: string): Promise<void> {
    await this.#succeed("config", "set", "--stack", stack, key, "--", value);
  }

  async setSecret(key: string, value: string): Promise<void> {
    await this.#succeed("config", "set", "--stack", stack, "--secret", key, "--", value);
  }

  async removeConfig(key: string): Promise<void> {
    await this.#succeed("config", "rm", "--stack", stack, key);
  }

  /** Starts any CLI command, for tests that signal it on its way. */
  start(...args: string[]): PulumiRun {
    const run = new PulumiRun(["--non-interactive", "--color", "never", ...args], {
      cwd: this.folder,
      env: this.#env,
    });
    this.#runs.push(run);
    return run;
  }

  /** Starts a step of a GitHub workflow, in the way its runner does for `shell: bash`. The stack is this project's. */
  async startStep(script: string, env: Readonly<Record<string, string>>): Promise<PulumiRun> {
    const path = join(this.folder, "step.sh");
    await writeFile(path, script);
    const run = new PulumiRun(
      ["--noprofile", "--norc", "-eo", "pipefail", path],
      { cwd: this.folder, env: { ...this.#env, ...env, PULUMI_STACK: stack } },
      "bash",
    );
    this.#runs.push(run);
    return run;
  }

  async preview(...args: string[]): Promise<PulumiResult> {
    return await this.start("preview", "--stack", stack, ...args).result;
  }

  /** A preview by the Automation API. @returns what its events say, one message after the other. */
  async previewByAutomation(): Promise<string> {
    const { LocalWorkspace, PulumiCommand } = await import("@pulumi/pulumi/automation/index.js");
    const { ensurePulumi } = await import("../../scripts/tools/pulumi-cli.mts");
    const { bin } = await ensurePulumi({ log: console.log });
    const pulumiCommand = await PulumiCommand.get({ root: dirname(bin) });
    const envVars = Object.fromEntries(
      Object.entries(this.#env).filter((entry): entry is [string, string] => entry[1] !== undefined),
    );
    const selected = await LocalWorkspace.selectStack(
      { stackName: stack, workDir: this.folder },
      { envVars, pulumiCommand },
    );
    const messages: string[] = [];
    await selected.preview({
      onEvent: ({ diagnosticEvent }) => diagnosticEvent && messages.push(diagnosticEvent.message),
    });
    return messages.join("");
  }

  async up(...args: string[]): Promise<PulumiResult> {
    return await this.startUp(...args).result;
  }

  startUp(...args: string[]): PulumiRun {
    return this.start("up", "--yes", "--stack", stack, ...args);
  }

  async refresh(...args: string[]): Promise<PulumiResult> {
    return await this.start("refresh", "--yes", "--stack", stack, ...args).result;
  }

  async destroy(...args: string[]): Promise<PulumiResult> {
    return await this.start("destroy", "--yes", "--stack", stack, ...args).result;
  }

  /** Takes the lock and the pending operations away that a killed CLI left. */
  async cancel(): Promise<PulumiResult> {
    return await this.start("cancel", "--yes", "--stack", stack).result;
  }

  /** The stack's outputs in plain text, secret ones too. */
  async outputs(): Promise<Readonly<Record<string, unknown>>> {
    const { stdout } = await this.#succeed("stack", "output", "--stack", stack, "--json", "--show-secrets");
    return JSON.parse(stdout) as Record<string, unknown>;
  }

  /** The state as it is stored, secrets encrypted. */
  async stackExport(): Promise<StackState> {
    const { stdout } = await this.#succeed("stack", "export", "--stack", stack);
    const { deployment } = JSON.parse(stdout) as { deployment: Partial<StackState> };
    return { ...deployment, resources: deployment.resources ?? [] };
  }

  /** What the state holds of the resource with this name, if anything. */
  async resource(name: string): Promise<ResourceState | undefined> {
    const { resources } = await this.stackExport();
    return resources.find(({ urn }) => urn.endsWith(`::${name}`));
  }

  /** Every process that this project's commands started and that is alive (Linux). */
  async processes(): Promise<readonly StartedProcess[]> {
    const { processesStartedIn } = await import("../../scripts/tools/pulumi-cli/started-processes.mts");
    return await processesStartedIn(this.folder);
  }

  async close(): Promise<void> {
    for (const run of this.#runs) if (run.isRunning) run.kill("SIGKILL");
    await Promise.allSettled(this.#runs.map((run) => run.result));
    const { killProcessesStartedIn } = await import("../../scripts/tools/pulumi-cli/started-processes.mts");
    await killProcessesStartedIn(this.folder);
    await rm(this.folder, { recursive: true, force: true });
    process.off("exit", this.#cleanUpAtExit);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  async #succeed(...args: string[]): Promise<PulumiResult> {
    const result = await this.start(...args).result;
    if (result.code === 0) return result;
    throw new Error(`pulumi ${args.join(" ")} failed:\n${result.stdout}${result.stderr}`);
  }
}
