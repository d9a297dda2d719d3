import type { TaskInputs } from "../../../src/inputs/task-inputs";
import type { TaskState } from "../../../src/run/task-state";
import { canonical } from "../canonical";
import { familyIn, LATEST_REVISION, nameOf, REGIONS } from "../ecs/places";
import type { VirtualTask } from "../ecs/virtual-task";

/*
 * What the documents say about inputs, in the test's own words. Nothing of the product decides here, so that a mistake
 * of the product is not made twice.
 */

/** Where tasks of a resource can be. */
export interface Place {
  readonly region: string;
  readonly cluster: string;
  readonly family: string;
}

export function placeOf({ region, cluster = "default", taskDefinition }: TaskInputs): Place {
  return { region: region ?? REGIONS[0], cluster: nameOf(cluster), family: familyIn(taskDefinition) };
}

export function isSamePlace(one: Place, other: Place): boolean {
  return isSameCluster(one, other) && one.family === other.family;
}

export function isSameCluster(one: Place, other: Place): boolean {
  return one.region === other.region && one.cluster === other.cluster;
}

/** How many tasks a run has. */
export function wanted({ containerInstances, count = 1 }: TaskInputs): number {
  return containerInstances?.length ?? count;
}

/** Whether two runs have as many tasks, on the same instances if they are named. */
export function isSameNumber(one: TaskInputs, other: TaskInputs): boolean {
  const instances = ({ containerInstances = [] }: TaskInputs) => [...containerInstances].sort().join();
  return wanted(one) === wanted(other) && instances(one) === instances(other);
}

/** `app:2` for `app:2`, for its ARN and for a bare `app`. */
function revisionOf(taskDefinition: string): string {
  const name = nameOf(taskDefinition);
  return name.includes(":") ? name : `${name}:${LATEST_REVISION}`;
}

/** The environment of `app` by name, in one order. */
function environmentIn(overrides: TaskInputs["overrides"] | VirtualTask["origin"]["request"]["overrides"]) {
  const containers: readonly { name?: string | undefined; environment?: unknown; command?: unknown }[] =
    overrides?.containerOverrides ?? [];
  return containers
    .map(({ name, environment, command }) => [name, variables(environment), command ?? null])
    .filter(([, pairs, command]) => command !== null || (pairs as unknown[]).length > 0);
}

function variables(environment: unknown): (readonly [string, string])[] {
  const pairs = Array.isArray(environment)
    ? (environment as { name: string; value: string }[]).map(({ name, value }) => [name, value] as const)
    : Object.entries((environment ?? {}) as Record<string, string>);
  return [...pairs].sort(([a], [b]) => (a < b ? -1 : 1));
}

/** What of the inputs has to be equal in a task that counts for them: with a key its revision does not. */
export function whatCounts(inputs: TaskInputs): string {
  const { idempotencyKey, launchType = "EC2", overrides, taskDefinition, containerInstances } = inputs;
  const { networkConfiguration } = inputs;
  return canonical([
    placeOf(inputs),
    idempotencyKey === undefined ? revisionOf(taskDefinition) : undefined,
    environmentIn(overrides),
    networkConfiguration?.subnets ?? [],
    launchType,
    containerInstances !== undefined,
  ]);
}

/** The same of a task, from what ECS was asked for. */
export function whatItIs({ origin }: VirtualTask, { idempotencyKey }: TaskInputs): string {
  const { region, cluster, family, request, containerInstanceArn } = origin;
  return canonical([
    { region, cluster, family },
    idempotencyKey === undefined ? revisionOf(origin.taskDefinitionArn) : undefined,
    environmentIn(request.overrides),
    request.networkConfiguration?.awsvpcConfiguration?.subnets ?? [],
    request.launchType ?? "EC2",
    containerInstanceArn !== undefined,
  ]);
}

/** Everything of the inputs of which a change runs again. */
export function whatRuns(inputs: TaskInputs): string {
  const { containerInstances, triggers, idempotencyKey } = inputs;
  return canonical([
    whatCounts({ ...inputs, idempotencyKey: undefined } as unknown as TaskInputs),
    wanted(inputs),
    containerInstances && [...containerInstances].sort(),
    triggers,
    idempotencyKey,
  ]);
}

/** Everything of the inputs of which a change is shown. */
export function whatIsAsked(inputs: TaskInputs): string {
  const { successExitCodes = [0], tags = {}, startedBy } = inputs;
  const { waitFor = "EXITED", onTimeout = "LEAVE_RUNNING", timeoutSeconds = 3600 } = inputs;
  const { startTimeoutSeconds = 900, capacityRetrySeconds = 600 } = inputs;
  return canonical([
    whatRuns(inputs),
    [...successExitCodes].sort((a, b) => a - b),
    [tags, startedBy, waitFor, onTimeout],
    [timeoutSeconds, startTimeoutSeconds, capacityRetrySeconds],
  ]);
}

/** Whether success means that the containers have ended. */
export function asksForTheEnd({ waitFor }: TaskInputs): boolean {
  return waitFor !== "RUNNING" && waitFor !== "NONE";
}

export function successCodes({ successExitCodes = [0] }: TaskInputs): readonly number[] {
  return successExitCodes;
}

/** Whether a task has done what it was for, as far as ECS has told. */
export function hasSucceeded(task: VirtualTask, inputs: TaskInputs, nowMs: number): boolean {
  const exitCode = task.toldExitCode(nowMs);
  return exitCode !== undefined && successCodes(inputs).includes(exitCode);
}

/** Whether a run that is recorded may be stopped when another one takes its place. */
export function mayBeStopped(recorded: TaskState): boolean {
  return !asksForTheEnd(recorded) || recorded.onTimeout === "STOP";
}

/** The generation in a marker, `pulumi-<identity>-<generation>-<digest>`; `undefined` where it says none. */
export function generationIn(startedBy: string): number | undefined {
  const generation = /^pulumi-\w{12}-(\d+)-\w{10}$/.exec(startedBy)?.[1];
  return generation === undefined ? undefined : Number(generation);
}

/** Whether a task can be found by its `startedBy`. */
export function bearsMarker({ startedBy }: VirtualTask): boolean {
  return /^pulumi-\w{12}-(\d+|k)-\w{10}$/.test(startedBy);
}
