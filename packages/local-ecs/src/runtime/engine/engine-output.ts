import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import type { EngineCli } from "./engine-cli";
import { readLines } from "../read-lines";

/** How long the end of the output may stay away after the container's, in milliseconds. */
const DRAIN_MS = 500;

const streams = ["stdout", "stderr"] as const;

/** What a container of an engine prints, from its start on. */
export class EngineOutput {
  readonly #cli: EngineCli;
  readonly #runtimeId: string;
  readonly #onLine: (line: string) => void;
  readonly #passedOn = { stdout: 0, stderr: 0 };
  readonly #follower: ChildProcess;
  readonly #followed: Promise<unknown>;
  #isFollowing = true;

  constructor(cli: EngineCli, runtimeId: string, onLine: (line: string) => void) {
    this.#cli = cli;
    this.#runtimeId = runtimeId;
    this.#onLine = onLine;
    this.#follower = cli.spawn(["logs", "--follow", runtimeId]);
    this.#followed = ended(this.#follower);
    for (const stream of streams) {
      const readable = this.#follower[stream];
      if (readable)
        readLines(readable, (line) => {
          if (!this.#isFollowing) return;
          this.#passedOn[stream] += 1;
          onLine(line);
        });
    }
  }

  /** To be called when the container has ended. Some engines then let a follower wait for ever: it is not relied on. */
  async finish(): Promise<void> {
    const timer = setTimeout(() => {
      this.#isFollowing = false;
      this.#follower.kill("SIGKILL");
    }, DRAIN_MS);
    await this.#followed;
    clearTimeout(timer);
    if (!this.#isFollowing) await this.#readRest();
  }

  async #readRest(): Promise<void> {
    const reader = this.#cli.spawn(["logs", this.#runtimeId]);
    for (const stream of streams) {
      let known = this.#passedOn[stream];
      const readable = reader[stream];
      if (readable)
        readLines(readable, (line) => {
          if (known > 0) known -= 1;
          else this.#onLine(line);
        });
    }
    await ended(reader);
  }
}

/** A program that cannot be started prints nothing, which is an end as well. */
function ended(child: ChildProcess): Promise<unknown> {
  return once(child, "close").catch(() => undefined);
}
