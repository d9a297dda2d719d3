import {
  createUrn,
  CustomResource,
  log,
  output,
  RunError,
  runtime,
  type CustomResourceOptions,
  type ID,
  type Input,
  type Output,
} from "@pulumi/pulumi";
import type { EcsTaskArgs, GetTaskOptions } from "./ecs-task-args";
import { isComponentPlugin, missingProvider } from "./missing-provider";
import { RESOURCE_TYPE, SERIALIZED_PROVIDER } from "./serialized";
import { durationSeconds } from "../text/duration";
import type { TaskOutputs } from "../outcome/outputs";
import type { LogTarget } from "../outcome/logs/log-target";
import type { ContainerRecord, TaskRecord } from "../outcome/task-record";
import { ownOptions, refuseArguments, refuseOptions } from "./refused-options";
import { KNOWN_DEFINITION } from "../inputs/definition/known-definition";
import { knownDefinition } from "./known-definition";
import { writtenInputs } from "./written-inputs";

/**
 * A one-off Amazon ECS task: a database migration, a seed, a smoke test. Creating the resource runs the task
 * and waits for its success; a changed input runs a new one; what depends on it runs only after it succeeded.
 *
 * With `count` above 1 a map holds a container's value only where all tasks agree, and an output of a single value,
 * such as `lastStatus` or `stopCode`, is absent where they do not; each task's own stand in `tasks`.
 *
 * @example
 * ```ts
 * const migration = new EcsTask("migrate", {
 *   cluster,
 *   taskDefinition,
 *   launchType: "FARGATE",
 *   networkConfiguration: { subnets, securityGroups },
 *   overrides: { containerOverrides: [{ name: "app", command: ["npm", "run", "migrate"] }] },
 * });
 * export const ran = migration.imageDigests; // { app: "sha256:…" }
 * ```
 *
 * @public
 */
export class EcsTask extends CustomResource {
  /** The ARN of the task of the last run; of the first one when `count` is more than 1. Absent when no task is known: ECS forgot it (`EcsTask.get`), or nobody knows whether one was started. */
  declare readonly taskArn: Output<string | undefined>;
  /** The ARNs of all tasks of the last run. */
  declare readonly taskArns: Output<string[]>;
  /** The task definition that ran, with its revision; absent without a task, and where several differ. */
  declare readonly taskDefinitionArn: Output<string | undefined>;
  /** The cluster that the task ran on; absent without a task. */
  declare readonly clusterArn: Output<string | undefined>;
  /** Our judgement: `SUCCEEDED`, `FAILED`, `RUNNING` (with `waitFor` `RUNNING` or `NONE`, or after a timeout) or `UNKNOWN`. */
  declare readonly outcome: Output<"SUCCEEDED" | "FAILED" | "RUNNING" | "UNKNOWN">;
  /** `SETTLED` once what was asked for was reached, otherwise why not: `FAILED`, `RUNNING`, `UNKNOWN`. Absent with `EcsTask.get`. */
  declare readonly phase: Output<"SETTLED" | "FAILED" | "RUNNING" | "UNKNOWN" | undefined>;
  /** The status of the task as last seen, e.g. `STOPPED`; absent without a task, and where several differ. */
  declare readonly lastStatus: Output<string | undefined>;
  /** Why ECS stopped the task; absent while it runs, and of several tasks where they differ. @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Task.html */
  declare readonly stopCode: Output<string | undefined>;
  /** Why ECS stopped the task, in its words; values of environment overrides are replaced by their names. Absent as `stopCode` is. */
  declare readonly stoppedReason: Output<string | undefined>;
  /**
   * By container, the digest of the image manifest that was pulled and ran; for a multi-architecture image that
   * of its index. A container is absent when ECS gave none, as when its image was not pulled.
   */
  declare readonly imageDigests: Output<Record<string, string>>;
  /** By container, the image as the task definition names it. */
  declare readonly images: Output<Record<string, string>>;
  /** By container, its exit code; absent for a container that never started, or of which ECS gave none. One that was killed has 137 or 143. */
  declare readonly exitCodes: Output<Record<string, number>>;
  /** By container, all that is recorded of it. With `count` above 1 a map holds a container only where all tasks agree. */
  declare readonly containers: Output<Record<string, ContainerRecord>>;
  /** All that is recorded of each task. */
  declare readonly tasks: Output<TaskRecord[]>;
  /** When the task was created. All times are ISO 8601 in UTC, and absent until they are reached; of several tasks the first. */
  declare readonly createdAt: Output<string | undefined>;
  /** When the pull of the images began; of several tasks the first. */
  declare readonly pullStartedAt: Output<string | undefined>;
  /** When the pull of the images ended; of several tasks the last. */
  declare readonly pullStoppedAt: Output<string | undefined>;
  /** When the task was RUNNING; of several tasks the first. */
  declare readonly startedAt: Output<string | undefined>;
  /** When the task was told to stop; of several tasks the last. */
  declare readonly stoppingAt: Output<string | undefined>;
  /** When the containers of the task had stopped; of several tasks the last. */
  declare readonly executionStoppedAt: Output<string | undefined>;
  /** When the task had stopped, its network interface and volumes too; of several tasks the last. */
  declare readonly stoppedAt: Output<string | undefined>;
  /** How long the containers ran, in seconds: from `startedAt` to `executionStoppedAt`, else to `stoppedAt`. */
  declare readonly durationSeconds: Output<number | undefined>;
  /** By container, where its log lines are; only for the `awslogs` driver with a stream prefix, and for a single task. */
  declare readonly logs: Output<Record<string, LogTarget>>;
  /** How many times this resource has run: 1 after the first. Absent with `EcsTask.get`. */
  declare readonly generation: Output<number | undefined>;

  /**
   * Reads a task that Pulumi did not start, by its ARN: what ran last, with which image. Its outputs are known in
   * preview too, unless it depends on a resource that is new. `destroy` never stops it. When ECS has forgotten it (about an hour after it stopped), `outcome`
   * is `UNKNOWN`, maps and lists are empty, and the other outputs are absent. `phase` and `generation` always are.
   *
   * @param taskArn - becomes the id of the resource.
   * @param options - where to look; the region is that of the ARN.
   * @throws RunError when `taskArn` is empty, as a variable of a script easily is, or for an explicit provider.
   */
  // eslint-disable-next-line @typescript-eslint/max-params -- the signature that Pulumi's resources have
  static get(
    name: string,
    taskArn: Input<ID>,
    options: GetTaskOptions = {},
    opts: CustomResourceOptions = {},
  ): EcsTask {
    function required(arn: ID): ID {
      if (arn) return arn;
      throw new RunError(
        `EcsTask.get("${name}") was given an empty ARN. Pass the ARN of an ECS task, such as arn:aws:ecs:<region>:<account>:task/<cluster>/<id>.`,
      );
    }
    // Pulumi would take an empty text for no id, and this for a task that is to be run.
    const id = typeof taskArn === "string" ? required(taskArn) : output(taskArn).apply(required);
    // What a task needs to run is not needed to read one.
    return new EcsTask(name, options as EcsTaskArgs, { ...opts, id });
  }

  /**
   * Registers the task, which `pulumi up` runs.
   *
   * @throws RunError for an explicit provider, for the option `import`, and without arguments.
   */
  constructor(name: string, args: EcsTaskArgs, opts: CustomResourceOptions = {}) {
    refuseArguments(name, args);
    refuseOptions(name, args, opts);
    const inputs = opts.id === undefined ? runInputs(name, args, opts) : args;
    const props = { ...UNKNOWN_OUTPUTS, ...inputs, __provider: SERIALIZED_PROVIDER };
    super(RESOURCE_TYPE, name, props, ownOptions(opts));
    sayMissingProvider();
  }
}

let hasLooked = false;

/**
 * In a program a warning only, because a program that changed its folder cannot tell where Pulumi looks.
 *
 * @throws RunError in the plugin of a component, whose folder is that of the program that uses it.
 */
function sayMissingProvider(): void {
  // Under mocks there is no engine, and nobody looks for it. (`hasEngine` is false before the engine is first asked.)
  if (hasLooked || runtime.getEngine() === undefined) return;
  const warning = missingProvider(process.cwd());
  if (warning && isComponentPlugin(process.argv)) throw new RunError(warning);
  hasLooked = true;
  // Not on the resource's line: it would be shown only once the resource is registered, which is what fails.
  if (warning) void log.warn(warning);
}

/** What the provider needs to run a task, and cannot know by itself. */
function runInputs(name: string, args: EcsTaskArgs, { customTimeouts, parent }: CustomResourceOptions) {
  const timeout = customTimeouts?.create ?? customTimeouts?.update;
  return {
    ...writtenInputs(args),
    timeoutSeconds: args.timeoutSeconds ?? (timeout === undefined ? undefined : durationSeconds(timeout)),
    resourceUrn: createUrn(name, RESOURCE_TYPE, parent),
    // Of use where the ARN is not known yet.
    ...(runtime.isDryRun() ? { [KNOWN_DEFINITION]: knownDefinition(args.taskDefinition) } : {}),
  };
}

/** Outputs have to be named before they are known, or the program could not refer to them. */
const UNKNOWN_OUTPUTS = {
  taskArn: undefined,
  taskArns: undefined,
  taskDefinitionArn: undefined,
  clusterArn: undefined,
  outcome: undefined,
  phase: undefined,
  lastStatus: undefined,
  stopCode: undefined,
  stoppedReason: undefined,
  imageDigests: undefined,
  images: undefined,
  exitCodes: undefined,
  containers: undefined,
  tasks: undefined,
  createdAt: undefined,
  pullStartedAt: undefined,
  pullStoppedAt: undefined,
  startedAt: undefined,
  stoppingAt: undefined,
  executionStoppedAt: undefined,
  stoppedAt: undefined,
  durationSeconds: undefined,
  logs: undefined,
  generation: undefined,
} as const satisfies Readonly<Record<keyof TaskOutputs | "phase" | "generation", undefined>>;
