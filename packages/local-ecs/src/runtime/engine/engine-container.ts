import type { ContainerExit, RuntimeContainer } from "../container-runtime";
import type { EngineCli } from "./engine-cli";
import { EngineOutput } from "./engine-output";

export interface EngineContainerOptions {
  readonly cli: EngineCli;
  readonly runtimeId: string;
  readonly stopSignal: string;
  readonly remove: () => Promise<void>;
}

/** One container of a container engine, already created. */
export class EngineContainer implements RuntimeContainer {
  readonly runtimeId: string;
  readonly exited: Promise<ContainerExit>;
  readonly #options: EngineContainerOptions;
  #end!: (exit: ContainerExit) => void;

  constructor(options: EngineContainerOptions) {
    this.#options = options;
    this.runtimeId = options.runtimeId;
    this.exited = new Promise((resolve) => (this.#end = resolve));
  }

  async start(onLine: (line: string) => void): Promise<void> {
    const { cli } = this.#options;
    await cli.run(["start", this.runtimeId]);
    const output = new EngineOutput(cli, this.runtimeId, onLine);
    void cli
      .run(["wait", this.runtimeId])
      .then((exitCode) => this.#exit(Number(exitCode)))
      // The engine is gone, or the container was removed by force: nobody knows its exit code.
      .catch((): ContainerExit => ({ exitCode: -1 }))
      .then(async (exit) => {
        await output.finish();
        this.#end(exit);
      });
  }

  exec(command: readonly string[], signal: AbortSignal): Promise<number> {
    return this.#options.cli.run(["exec", this.runtimeId, ...command], signal).then(
      () => 0,
      (error: unknown) => {
        const { code } = (error as Error).cause as { readonly code?: unknown };
        return typeof code === "number" ? code : -1;
      },
    );
  }

  stop(): void {
    this.#signal(this.#options.stopSignal);
  }

  kill(): void {
    this.#signal("KILL");
  }

  remove(): Promise<void> {
    return this.#options.remove();
  }

  #signal(signal: string): void {
    // Refused when the container has ended by itself, which is just as well.
    this.#options.cli.run(["kill", "--signal", signal, this.runtimeId]).catch(() => undefined);
  }

  async #exit(exitCode: number): Promise<ContainerExit> {
    const isKilled = await this.#options.cli.run([
      "inspect",
      "--type=container",
      "--format={{.State.OOMKilled}}",
      this.runtimeId,
    ]);
    return { exitCode, isOutOfMemory: isKilled === "true" };
  }
}
