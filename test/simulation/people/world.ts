import type { EcsGateway } from "../../../src/aws/ecs-gateway";
import { nameOf, REGIONS } from "../ecs/places";
import { ENDLESS, QUICK, type TaskPlan } from "../ecs/task-plan";
import { VirtualCloud } from "../ecs/virtual-cloud";
import { endText, type CommandEnd } from "../engine/command-end";
import { Resource } from "../engine/resource";
import { OPERATIONS, VirtualEngine, type CommandName, type Operations } from "../engine/virtual-engine";
import { CALM, type Weather } from "../process/fault";
import type { ProcessWorld } from "../process/provider-process";
import { randomOf } from "../random-of";
import { VirtualTime } from "../virtual-time";
import { Witness } from "../witness/witness";
import type { Beginning } from "./beginnings";
import type { Edit } from "./edits";

/** Something broken in place of what is judged, to see that the simulation notices. */
export interface Mutation {
  readonly gateway?: (ecs: EcsGateway) => EcsGateway;
  readonly bound?: ProcessWorld["bound"];
  readonly operations?: Partial<Operations>;
}

const DAY_MS = 24 * 60 * 60_000;

/** Between two commands the CLI ends and starts again. */
const BETWEEN_COMMANDS_MS = 2000;

/** Who started the tasks that are somebody else's. */
const FOREIGN = ["ecs-svc/1234567890", "pulumi-OtherOne1234-1-0123456789"];

/** How many commands it may take until all is well again. */
const MOST_UPS = 5;

/** Stacks with an `EcsTask`, an ECS, and somebody who gives commands, changes the program and meddles. */
export class World {
  readonly journal: string[] = [];
  readonly main: Resource;
  /** Another resource of the same identity. */
  readonly twin: Resource | undefined;
  readonly twinKind: Beginning["twin"];
  #twinHasJoined: boolean;
  readonly #time = new VirtualTime();
  readonly #cloud: VirtualCloud;
  readonly #engine: VirtualEngine;
  readonly #witness: Witness;
  readonly #willDo: Operations["willDo"];

  constructor({ seed, inputs, lagMs, twin, twinInputs }: Beginning, mutation: Mutation = {}) {
    this.#cloud = new VirtualCloud(this.#time, randomOf(seed));
    this.#startForeignTasks();
    this.#cloud.lagMs = lagMs;
    this.#witness = new Witness(this.#cloud);
    const operations = { ...OPERATIONS, ...mutation.operations };
    this.#willDo = operations.willDo;
    const gateways = new Map<string, EcsGateway>(
      REGIONS.map((region) => {
        const ecs = this.#cloud.region(region);
        return [region, mutation.gateway?.(ecs) ?? ecs];
      }),
    );
    const gateway = (region: string) => gateways.get(region) ?? this.#cloud.region(region);
    const { bound } = mutation;
    const world = { cloud: this.#cloud, gateway, observer: this.#witness, ...(bound ? { bound } : {}) };
    this.#engine = new VirtualEngine(world, operations);
    this.main = new Resource("migrate", inputs);
    this.twinKind = twin;
    this.twin = twin === "nowhere" ? undefined : new Resource("migrate-again", twinInputs);
    this.#twinHasJoined = twin === "in the program";
    this.#witness.knows(this.twin ? [this.main, this.twin] : [this.main]);
    const other = this.twin ? `; of the same identity ${twin}: ${JSON.stringify(twinInputs)}` : "";
    this.journal.push(`(${JSON.stringify(inputs)}${other}; answers lag up to ${lagMs} ms)`);
  }

  /** The resources of the program that is deployed here. */
  get program(): readonly Resource[] {
    return this.twin && this.#twinHasJoined ? [this.main, this.twin] : [this.main];
  }

  /** How many tasks were launched for the resources. */
  get launches(): number {
    return this.#cloud.tasks.length - FOREIGN.length;
  }

  /** How many of them have not STOPPED. */
  get alive(): number {
    const isAlive = (index: number) => this.#cloud.tasks[index]?.isAlive(this.#time.nowMs()) === true;
    return Array.from({ length: this.launches }, (_, index) => FOREIGN.length + index).filter(isAlive).length;
  }

  get canJoin(): boolean {
    return this.twinKind === "in the program, later" && !this.#twinHasJoined;
  }

  joinTwin(): void {
    this.#twinHasJoined = true;
  }

  async command(
    name: CommandName,
    weather: Weather,
    plan: TaskPlan = QUICK,
    resources: readonly Resource[] = this.program,
  ): Promise<readonly CommandEnd[]> {
    this.#cloud.plan = plan;
    this.pass(BETWEEN_COMMANDS_MS);
    this.#witness.expect(name, resources, weather);
    const known = this.#cloud.tasks.length;
    const startMs = this.#time.nowMs();
    const ends = await this.#engine.run(name, resources, weather, (process) => {
      this.#witness.sees(process);
    });
    this.#write(startMs, known, resources, ends);
    this.#fail(this.#witness.judge(ends, this.#willDo));
    return ends;
  }

  /** Something that `EcsTask.get` read leaves the program. */
  async deleteLookUp(weather: Weather): Promise<void> {
    const [foreign] = this.#cloud.tasks;
    if (!foreign) return;
    this.#witness.expect("destroy", [], weather);
    await this.#engine.deleteLookUp(foreign.taskArn, foreign.origin.region, weather);
    this.#fail(this.#witness.foreignViolations());
  }

  edit(resource: Resource, edit: Edit): void {
    resource.inputs = edit.of(resource.inputs);
  }

  deleteState(): void {
    for (const resource of this.program) resource.recorded = undefined;
  }

  /** The state is that of a backup, made so many records ago. */
  restore(recordsAgo: number): void {
    const backup = this.main.history.at(-1 - recordsAgo);
    if (!backup) return;
    this.main.recorded = backup;
    this.#witness.forgets(this.main);
  }

  /** @param name - by default the cluster that the inputs name. */
  deleteCluster(name = nameOf(this.main.inputs.cluster ?? "")): void {
    this.#cloud.deleteCluster(this.main.inputs.region ?? REGIONS[0], name);
  }

  denyListing(region: string, name: string, isDenied: boolean): void {
    const cluster = this.#cloud.cluster(region, name);
    if (cluster) cluster.isListingDenied = isDenied;
  }

  setClock(errorMs: number): void {
    this.#time.clockErrorMs = errorMs;
  }

  pass(ms: number): void {
    this.#time.pass(ms);
  }

  /** I4, and that there is a way out of everything: when all is well again, a few ups lead to success, and then to rest. */
  async comesToRest(): Promise<void> {
    this.journal.push("(all faults are gone; two days later)");
    this.#cloud.heal();
    this.#time.clockErrorMs = 0;
    this.pass(2 * DAY_MS);
    const backends = [
      this.program,
      ...(this.twinKind === "in another backend" && this.twin ? [[this.twin]] : []),
    ];
    for (const resources of backends) await this.#rest(resources);
  }

  async #rest(resources: readonly Resource[]): Promise<void> {
    const texts: string[] = [];
    const isWell = (ends: readonly CommandEnd[]) =>
      ends.every(({ kind }) => kind === "succeeded" || kind === "unchanged");
    for (let ups = 0; ups < MOST_UPS; ups += 1) {
      const ends = await this.command("up", CALM, QUICK, resources);
      texts.push(ends.map(({ kind }) => kind).join("+"));
      if (isWell(ends)) break;
    }
    const atRest = await this.command("up", CALM, QUICK, resources);
    texts.push(atRest.map(({ kind }) => kind).join("+"));
    if (!atRest.every(({ kind }) => kind === "unchanged"))
      this.#fail([`I4: ups never come to rest: ${texts.join(", ")}`]);
    const gone = await this.command("destroy", CALM, QUICK, resources);
    if (!gone.every(({ kind }) => kind === "succeeded")) this.#fail(["a record cannot be destroyed"]);
  }

  #write(startMs: number, known: number, resources: readonly Resource[], ends: readonly CommandEnd[]): void {
    const launched = this.#cloud.tasks.slice(known).map(({ name }) => name);
    const launches = launched.length > 0 ? `, launched ${launched.join(" and ")}` : "";
    const seconds = `${Math.round(startMs / 1000)}-${Math.round(this.#time.nowMs() / 1000)} s`;
    const texts = resources.map((resource, index) => {
      const end = ends[index];
      const name = resources.length > 1 ? `${resource.name} ` : "";
      return `${name}${end ? endText(end) : ""}; ${this.#recordText(resource)}`;
    });
    this.journal.push(`    [${seconds}] ${texts.join(" | ")}${launches}`);
  }

  #fail(violations: readonly string[]): void {
    if (violations.length > 0) throw new Violation(violations.join("\n"), this.journal);
  }

  #recordText({ recorded }: Resource): string {
    if (!recorded) return "nothing is recorded";
    const { generation, phase, outcome, taskArns } = recorded.state;
    const tasks = taskArns.map((arn) => {
      const truth = this.#cloud.taskOf(arn)?.lastStatus(this.#time.nowMs()) ?? "unheard of";
      return `${arn.slice(-4)} (${truth})`;
    });
    const pending = recorded.isPendingReplacement ? ", to be replaced" : "";
    return `recorded run ${generation}: ${phase} ${outcome}, tasks ${tasks.join(", ") || "none"}${pending}`;
  }

  /** Tasks of a service, and of another resource whose identity looks alike: neither is ours. */
  #startForeignTasks(): void {
    this.#cloud.plan = ENDLESS;
    const ecs = this.#cloud.region(REGIONS[0]);
    for (const startedBy of FOREIGN)
      void ecs.runTask({ taskDefinition: "app:1", cluster: "prod", startedBy }, startedBy);
  }
}

/** Something happened that must not. */
export class Violation extends Error {
  override readonly name = "Violation";

  constructor(message: string, journal: readonly string[]) {
    super(`${message}\n  ${journal.join("\n  ")}`);
    // Its text says all, and a stack would be made for each of thousands of shrinks.
    this.stack = "";
  }
}
