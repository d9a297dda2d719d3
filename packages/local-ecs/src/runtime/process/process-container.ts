import { spawn, type ChildProcess } from "node:child_process";
import { accessSync, constants, existsSync, statSync } from "node:fs";
import { constants as osConstants } from "node:os";
import { join } from "node:path";
import { staysInside } from "../../images/is-inside";
import { quoted } from "../../values/quoted";
import type { ContainerConfig } from "../container-config";
import type { ContainerExit, Mount, RuntimeContainer } from "../container-runtime";
import { findProgram, mapImagePath, mapSearchPath } from "./image-paths";
import { readLines } from "../read-lines";
import { linkMounts } from "./link-mounts";
import { makeFolders } from "./make-folders";

/** How long output may still come after everything of the container has been killed, in milliseconds. */
const DRAIN_MS = 1000;

/** The search path of an image that sets none: Docker's own default. */
const DEFAULT_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

export interface ProcessContainerOptions {
  readonly runtimeId: string;
  /** Where the image is unpacked, for this container alone. */
  readonly root: string;
  readonly config: ContainerConfig;
  readonly mounts: readonly Mount[];
  readonly remove: () => Promise<void>;
}

/** One container: a process in a process group of its own, so that all its children can be ended with it. */
export class ProcessContainer implements RuntimeContainer {
  readonly runtimeId: string;
  readonly exited: Promise<ContainerExit>;
  readonly #options: ProcessContainerOptions;
  #child: ChildProcess | undefined;
  #isOver = false;
  #wasAskedToStop = false;
  #end!: (exit: ContainerExit) => void;

  constructor(options: ProcessContainerOptions) {
    this.#options = options;
    this.runtimeId = options.runtimeId;
    this.exited = new Promise((resolve) => (this.#end = resolve));
  }

  async start(onLine: (line: string) => void): Promise<void> {
    try {
      if (this.#isOver) throw new Error("the container was killed before it was started");
      linkMounts(this.#options.root, this.#options.mounts);
      const child = this.#spawn(this.#options.config.argv);
      this.#child = child;
      if (child.stdout) readLines(child.stdout, onLine);
      if (child.stderr) readLines(child.stderr, onLine);
      child.once("exit", (code, signal) => {
        this.#finish(child, code ?? this.#exitCodeAfter(signal));
      });
      await new Promise((resolve, reject) => child.once("spawn", resolve).once("error", reject));
    } catch (error) {
      this.#isOver = true;
      this.#end({ exitCode: -1 });
      throw error;
    }
  }

  exec(command: readonly string[], signal: AbortSignal): Promise<number> {
    return new Promise((resolve) => {
      function giveUp(): void {
        resolve(-1);
      }
      if (this.#isOver || signal.aborted) {
        giveUp();
        return;
      }
      try {
        const child = this.#spawn(command);
        function kill(): void {
          killGroup(child, "SIGKILL");
        }
        child.stdout?.resume();
        child.stderr?.resume();
        signal.addEventListener("abort", kill);
        child.once("error", giveUp).once("exit", (code) => {
          signal.removeEventListener("abort", kill);
          resolve(code ?? -1);
        });
      } catch {
        giveUp();
      }
    });
  }

  /** As `docker stop`: the main process alone hears of it. What it leaves behind is killed after it has ended. */
  stop(): void {
    this.#wasAskedToStop = true;
    if (!this.#isOver) this.#child?.kill(this.#options.config.stopSignal);
  }

  kill(): void {
    this.#signal("SIGKILL");
    if (this.#child !== undefined) return;
    this.#isOver = true;
    this.#end({ exitCode: -1 });
  }

  remove(): Promise<void> {
    return this.#options.remove();
  }

  #spawn([program, ...args]: readonly string[]): ChildProcess {
    const { root, config } = this.#options;
    if (program === undefined) throw new Error("no command specified");
    // As in a real container, ".." does not lead out of the root.
    const workingDirectory = join(root, join("/", config.workingDirectory));
    if (!this.#belongsToContainer(workingDirectory))
      throw new Error(`the working directory ${quoted(config.workingDirectory)} leads out of the image`);
    const environment = environmentOf(this.#options);
    for (const folder of [workingDirectory, environment.HOME, environment.TMPDIR])
      if (folder !== undefined && this.#belongsToContainer(folder)) makeFolders(folder);
    const file = findProgram(
      program,
      { root, workingDirectory, searchPath: environment.PATH ?? "" },
      isProgram,
    );
    if (file === undefined) throw new Error(notFound(program));
    return spawn(
      file,
      args.map((argument) => mapImagePath(root, argument, existsSync)),
      {
        cwd: workingDirectory,
        env: environment,
        detached: true,
        stdio: ["ignore", "pipe", "pipe"],
      },
    );
  }

  /** Whether a folder is in the image or a mount, wherever links lead. */
  #belongsToContainer(folder: string): boolean {
    const { root, mounts } = this.#options;
    return [root, ...mounts.map(({ source }) => source)].some((place) => staysInside(place, folder));
  }

  /** As in a real container, the end of the first process is the end of all. */
  #finish(child: ChildProcess, exitCode: number): void {
    this.#signal("SIGKILL");
    this.#isOver = true;
    // A process that left the group may hold the pipes open for ever.
    const timer = setTimeout(() => {
      child.stdout?.destroy();
      child.stderr?.destroy();
    }, DRAIN_MS);
    child.once("close", () => {
      clearTimeout(timer);
      this.#end({ exitCode });
    });
  }

  /**
   * In a real container the first process has pid 1, and Linux lets it die of no signal it does not handle. One that
   * ignores the stop signal is killed in the end, and so 137 is what ECS shows; here it dies at once.
   */
  #exitCodeAfter(signal: NodeJS.Signals | null): number {
    const { stopSignal } = this.#options.config;
    const seen = this.#wasAskedToStop && signal === stopSignal ? "SIGKILL" : signal;
    return 128 + (seen === null ? 0 : osConstants.signals[seen]);
  }

  #signal(signal: NodeJS.Signals): void {
    if (this.#child !== undefined && !this.#isOver) killGroup(this.#child, signal);
  }
}

function killGroup({ pid }: ChildProcess, signal: NodeJS.Signals): void {
  try {
    if (pid !== undefined) process.kill(-pid, signal);
  } catch {
    // The group has ended by itself.
  }
}

/** Only this: the container's own variables, and of this machine the search path. Never its credentials. */
function environmentOf({ root, config }: ProcessContainerOptions): NodeJS.ProcessEnv {
  const { environment } = config;
  return {
    HOME: join(root, "root"),
    TMPDIR: join(root, "tmp"),
    ...environment,
    PATH: mapSearchPath(
      root,
      { imagePath: environment.PATH ?? DEFAULT_PATH, hostPath: process.env.PATH ?? "" },
      existsSync,
    ),
  };
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/** The words of runc, which the ECS agent passes on. */
function notFound(program: string): string {
  const cause = program.includes("/")
    ? `stat ${program}: no such file or directory`
    : `exec: "${program}": executable file not found in $PATH`;
  return `failed to create task for container: failed to create shim task: OCI runtime create failed: unable to start container process: ${cause}`;
}
