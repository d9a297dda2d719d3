import type { TaskInputs } from "../../../src/inputs/task-inputs";
import type { TaskState } from "../../../src/run/task-state";
import type { CommandName } from "../engine/virtual-engine";
import type { Recorded, Resource } from "../engine/resource";
import type { ProviderProcess } from "../process/provider-process";
import type { Weather } from "../process/fault";
import type { LaunchNote } from "./ledger";

/** What a command does with one resource. */
export class CommandCase {
  readonly command: CommandName;
  readonly resource: Resource;
  readonly weather: Weather;
  readonly inputs: TaskInputs;
  readonly startMs: number;
  /** What the machine's clock said then. */
  readonly startWallMs: number;
  readonly recordedBefore: Recorded | undefined;
  readonly launched: LaunchNote[] = [];
  /** What must not happen, and happened. */
  readonly violations: string[] = [];
  /** What is a violation unless one of these tasks turns out to count for the other resource. */
  readonly suspicions: { readonly text: string; readonly taskArns: readonly string[] }[] = [];
  process: ProviderProcess | undefined;
  launchesSent = 0;

  constructor(
    command: CommandName,
    resource: Resource,
    weather: Weather,
    now: { readonly ms: number; readonly wallMs: number },
  ) {
    this.command = command;
    this.resource = resource;
    this.weather = weather;
    this.inputs = resource.inputs;
    this.startMs = now.ms;
    this.startWallMs = now.wallMs;
    this.recordedBefore = resource.recorded;
  }

  get before(): TaskState | undefined {
    return this.recordedBefore?.state;
  }

  get after(): TaskState | undefined {
    return this.resource.recorded?.state;
  }

  /** Whether the recorded resource is deleted, and another one is made in its place. */
  get replaces(): boolean {
    return this.command === "replace" || (this.isUp && this.recordedBefore?.isPendingReplacement === true);
  }

  /** The record that the provider is given to go on from: none when the resource is made anew. */
  get goesOnFrom(): TaskState | undefined {
    return this.replaces ? undefined : this.before;
  }

  /** Whether the command is one that may run tasks. */
  get isUp(): boolean {
    return this.command === "up" || this.command === "replace";
  }

  say(text: string): void {
    this.violations.push(text);
  }
}
