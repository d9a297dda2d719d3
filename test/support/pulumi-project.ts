/** A Pulumi project in a temporary folder, driven by the real CLI, with a state of its own. */
import { randomUUID } from "node:crypto";
import { rmSync } from "node:fs";
import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { killProcessesStartedWith, processesStartedWith, type StartedProcess } from "./pulumi-processes";
import { PulumiRun, type PulumiResult } from "./pulumi-run";

const repository = resolve(__dirname, "../..");
const stack = "test";

export interface PulumiProjectOptions {
  /** The program: JavaScript (CommonJS), which starts faster than TypeScript. */
  readonly program: string;
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
  readonly #marker: string;
  readonly #runs: PulumiRun[] = [];
  readonly #cleanUpAtExit = (): void => {
    this.#runs.forEach((run) => {
      run.kill("SIGKILL");
    });
    rmSync(this.folder, { recursive: true, force: true });
  };

  private constructor(folder: string, env: NodeJS.ProcessEnv, marker: string) {
    this.folder = folder;
    this.#env = env;
    this.#marker = marker;
    process.once("exit", this.#cleanUpAtExit);
  }

  /** Gets a CLI first, which takes minutes on a machine that has to build it. */
  static async create(options: PulumiProjectOptions): Promise<PulumiProject> {
    const { ensurePulumi } = await import("../../scripts/pulumi-cli.mts");
    const cli = await ensurePulumi({ log: console.log });
    const folder = await mkdtemp(join(tmpdir(), "pulumi-project-"));
    const [name, value] = ["PULUMI_ECS_TASK_TEST", randomUUID()];
    const env = {
      ...withoutSettings(cli.env),
      AWS_ACCESS_KEY_ID: "test",
      AWS_SECRET_ACCESS_KEY: "test",
      AWS_CONFIG_FILE: join(folder, "no-aws-config"),
      AWS_SHARED_CREDENTIALS_FILE: join(folder, "no-aws-credentials"),
      AWS_EC2_METADATA_DISABLED: "true",
      PULUMI_HOME: join(folder, "home"),
      PULUMI_BACKEND_URL: `file://${join(folder, "backend")}`,
      PULUMI_CONFIG_PASSPHRASE: "test",
      PULUMI_SKIP_UPDATE_CHECK: "true",
      [name]: value,
      ...options.env,
    };
    const project = new PulumiProject(folder, env, `${name}=${value}`);
    try {
      await project.#initialise(options);
      return project;
    } catch (error) {
      await project.close();
      throw error;
    }
  }

  async #initialise({ program, config = {}, secrets = {} }: PulumiProjectOptions): Promise<void> {
    await mkdir(join(this.folder, "backend"));
    await symlink(join(repository, "node_modules"), join(this.folder, "node_modules"), "junction");
    const project = { name: "test", runtime: { name: "nodejs", options: { typescript: false } } };
    await writeFile(join(this.folder, "Pulumi.yaml"), JSON.stringify(project));
    await this.writeProgram(program);
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

  /** Starts any CLI command, for tests that signal it on its way. */
  start(...args: string[]): PulumiRun {
    const run = new PulumiRun(["--non-interactive", "--color", "never", ...args], {
      cwd: this.folder,
      env: this.#env,
    });
    this.#runs.push(run);
    return run;
  }

  async preview(...args: string[]): Promise<PulumiResult> {
    return await this.start("preview", "--stack", stack, ...args).result;
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
    return await processesStartedWith(this.#marker);
  }

  async close(): Promise<void> {
    for (const run of this.#runs) if (run.isRunning) run.kill("SIGKILL");
    await Promise.allSettled(this.#runs.map((run) => run.result));
    await killProcessesStartedWith(this.#marker);
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

/** A test must not depend on, or touch, what the machine's user has set up for AWS and Pulumi. */
function withoutSettings(env: Readonly<Record<string, string | undefined>>): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !/^(AWS|PULUMI)_/.test(name)));
}
