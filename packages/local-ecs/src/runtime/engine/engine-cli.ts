import { execFile, spawn, spawnSync, type ChildProcess, type ExecFileException } from "node:child_process";

/** More than any answer that is read whole: those are ids and short JSON. */
const MAX_OUTPUT_BYTES = 16 * 1024 * 1024;

/** The command line of a container engine: `docker`, or `podman`, which understands the same. */
export class EngineCli {
  readonly program: string;
  readonly #environment: NodeJS.ProcessEnv;

  constructor(program: string, environment: NodeJS.ProcessEnv = process.env) {
    this.program = program;
    this.#environment = environment;
  }

  /** @returns what the command printed. @throws Error with the first line of what it said was wrong. */
  run(args: readonly string[], signal?: AbortSignal): Promise<string> {
    return new Promise((resolve, reject) => {
      execFile(
        this.program,
        args,
        { env: this.#environment, maxBuffer: MAX_OUTPUT_BYTES, ...(signal === undefined ? {} : { signal }) },
        (error, stdout, stderr) => {
          if (error === null) resolve(stdout.trim());
          else reject(new Error(firstLine(stderr) ?? this.#failed(args, error), { cause: error }));
        },
      );
    });
  }

  spawn(args: readonly string[]): ChildProcess {
    return spawn(this.program, args, { env: this.#environment, stdio: ["ignore", "pipe", "pipe"] });
  }

  runSync(args: readonly string[]): void {
    spawnSync(this.program, args, { env: this.#environment, stdio: "ignore" });
  }

  /** Not the error's own message: that is the whole command, with the values of variables. */
  #failed([operation = ""]: readonly string[], { code, signal }: ExecFileException): string {
    return `${this.program} ${operation} failed with ${code ?? signal ?? "no exit code"}`;
  }
}

/** @throws Error when no engine answers. */
export async function findEngine(environment: NodeJS.ProcessEnv = process.env): Promise<EngineCli> {
  for (const program of ["docker", "podman"]) {
    const cli = new EngineCli(program, environment);
    const answers = await cli.run(["info"]).then(
      () => true,
      () => false,
    );
    if (answers) return cli;
  }
  throw new Error(
    'No container engine answers: "docker info" and "podman info" both fail. Start one, or choose the runtime "process".',
  );
}

function firstLine(text: string): string | undefined {
  const line = text.trim().split("\n")[0];
  return line === "" ? undefined : line;
}
