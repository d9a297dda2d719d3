import { randomBytes } from "node:crypto";
import { parseArn } from "../aws/arn";
import { checkInputs } from "../inputs/check/check-inputs";
import { shortHash } from "../text/short-hash";
import { fitText } from "../text/fit-text";
import { identityOf } from "../run/order/started-by-and-client-token";
import {
  KNOWN_DEFINITION,
  readKnownDefinition,
  type KnownDefinition,
} from "../inputs/definition/known-definition";
import { whatRuns } from "../inputs/definition/what-runs";
import { canonicalJson } from "../text/canonical-json";
import { knownRevisions } from "./preview/known-revisions";
import { readInputs } from "../inputs/read-inputs";
import { resourceName } from "../inputs/resource-name";
import type { InputFailure } from "../inputs/check/shape";
import type { TaskInputs } from "../inputs/task-inputs";
import type { TaskState } from "../run/task-state";
import { willDo, willRun } from "../run/preview-text";
import { deleteRun } from "../run/delete-run";
import { lookUpTask, regionOfTask } from "../lookup/look-up-task";
import { refreshRun } from "../run/refresh-run";
import type { RunPorts } from "../run/ports/run-ports";
import type { RunResult } from "../run/run-result";
import { startRun } from "../run/start-run";
import { updateRun } from "../run/update-run";
import { connect } from "./connections";
import { attachToEngine } from "./end-with-engine";
import { resourceLog, type ResourceLog } from "./engine-log";
import { asKnownError } from "./known-error";
import { FailedUpdates } from "./failed-updates";
import { InitFailure } from "./init-failure";
import { preflight, type Findings } from "./preview/preflight";
import { awsSettings, type StackConfig } from "./stack-config";
import { safeAnswers } from "./errors-that-can-be-sent";
import { readState } from "./read-state";

let stackConfig: StackConfig | undefined;

/**
 * The URNs of resources whose last call was check, with what the program then knew of the task definition. Only then is
 * diff asked for what an `up` would do: a refresh calls it after read, and for a dependent of a resource that is deleted
 * before it is replaced the engine calls it once more before check, with inputs that nobody wrote. Observed with engine 3.258.
 */
const checked = new Map<string, KnownDefinition | undefined>();

const failedUpdates = new FailedUpdates();

/**
 * The dynamic provider of `EcsTask`, as Pulumi's host calls it: checks and compares inputs, runs tasks and
 * waits for them, looks at them again, stops them.
 *
 * It works without Pulumi too: `provider.create({ taskDefinition: "app:1", region: "us-east-1" })`.
 *
 * @public
 */
export const provider = safeAnswers({
  /** Called by Pulumi's host once a process, before anything else. */
  configure(request: { config: StackConfig }): Promise<void> {
    attachToEngine();
    stackConfig = request.config;
    return Promise.resolve();
  },

  /** Says what is wrong with the inputs, and answers them as they were written. Never throws for a wrong input. */
  async check(olds: object, news: object): Promise<{ inputs: object; failures: CheckFailure[] }> {
    const { [KNOWN_DEFINITION]: hidden, ...written } = news as Record<string, unknown>;
    const { failures, warnings, definition } = await checkAll(olds, written);
    const inputs = readInputs(written);
    const known = readKnownDefinition(hidden);
    if (inputs.resourceUrn) checked.set(inputs.resourceUrn, known);
    for (const warning of warnings) await logOf(inputs).warn(warning);
    const isFirstRun = Object.keys(withoutProvider(olds)).length === 0;
    const runs = definition ? whatRuns(definition, canonicalJson) : known?.runs;
    if (failures.length === 0 && isFirstRun) await foretell(inputs, willRun(inputs, runs));
    // As they were written: a default put in here would show as a diff after an upgrade that changes it.
    return { inputs: written, failures: failures.map(asSentence) };
  },

  /** Whether anything is to be done, which it says on the resource's line after a check. Never asks for a replacement. */
  async diff(id: string, olds: object, news: object): Promise<{ changes: boolean; replaces: string[] }> {
    const inputs = readInputs(news);
    const check = takeCheck(inputs);
    const recorded = readState(id, olds);
    failedUpdates.forget(recorded);
    const where = { known: check?.known, connect: () => connect(awsSettings(inputs, stackConfig)) };
    const forecast = willDo(recorded, inputs, check && (await knownRevisions(recorded, inputs, where)));
    if (forecast && check) await foretell(inputs, forecast);
    return { changes: forecast !== undefined, replaces: [] };
  },

  /** Runs the task for the first time, or adopts it. @throws an error with `id`, `properties` and `reasons` once it was launched. */
  async create(inputs: object): Promise<{ id: string; outs: object }> {
    const taskInputs = readInputs(inputs);
    takeCheck(taskInputs);
    const identity = taskInputs.resourceUrn ? identityOf(taskInputs.resourceUrn) : randomText();
    const run = { identity, life: randomText(), generation: 1 };
    const report = await explained(
      async () => startRun(await ports(taskInputs), { inputs: taskInputs, run }),
      NOT_STARTED,
    );
    return { id: identity, outs: settledState(identity, report, inputs) };
  },

  /** Asks ECS again; without a recorded run, for the task whose ARN is the id. */
  async read(id: string, state: object): Promise<{ id: string; props: object }> {
    const inputs = readInputs(state);
    takeCheck(inputs);
    if (isLookUp(state)) {
      const outputs = await explained(async () => lookUpTask(await ports(inputs, regionOfTask(id)), id), "");
      return { id, props: { ...inputs, ...outputs } };
    }
    const recorded = readState(id, state);
    failedUpdates.forget(recorded);
    const refresh = async () => refreshRun(await portsOf(recorded), recorded);
    return { id, props: await explained(refresh, "The record stays as it was.") };
  },

  /** Runs a new task, goes on with the recorded one, judges it again, or just takes the inputs. @throws as `create`. */
  async update(id: string, olds: object, news: object): Promise<{ outs: object }> {
    const recorded = failedUpdates.newest(readState(id, olds));
    const taskInputs = readInputs(news);
    takeCheck(taskInputs);
    const report = await explained(
      async () => updateRun(await ports(taskInputs), recorded, taskInputs),
      NOT_STARTED,
    );
    failedUpdates.note(report);
    return { outs: settledState(id, report, news) };
  },

  /** Stops the recorded tasks that still run, and waits for their end. What we did not start is never stopped. */
  async delete(id: string, state: object): Promise<void> {
    const recorded = readState(id, state);
    takeCheck(recorded);
    await explained(
      async () => deleteRun(await portsOf(recorded), recorded),
      "The task may still run, and the resource stays in state.",
    );
  },
});

/** `EcsTask.get` has no state of ours: its id is the ARN of a task that somebody else started. */
function isLookUp(state: object): boolean {
  return !("schemaVersion" in state);
}

async function checkAll(olds: object, news: object): Promise<Findings> {
  const failures = checkInputs(withoutProvider(news));
  if (failures.length > 0) return { failures, warnings: [] };
  const before = Object.keys(withoutProvider(olds)).length > 0 ? readInputs(olds) : undefined;
  const inputs = readInputs(news);
  const settings = awsSettings(inputs, stackConfig);
  const configured = settings.region ?? process.env.AWS_REGION;
  return preflight(before, inputs, { configured, connect: () => connect(settings) });
}

interface CheckFailure {
  readonly property: string;
  readonly reason: string;
}

/**
 * The engine prints the value of a failure's property, with all environment variables in it, and `{<nil>}` for
 * a nested one (observed with 3.258). So the property stands in the reason, and no value is printed.
 */
function asSentence({ property, reason }: InputFailure): CheckFailure {
  return { property: "", reason: fitText(`${property} ${reason}`) };
}

/** The state of a run that reached what was asked for; of any other, the error that keeps it in state. */
function settledState(id: string, report: RunResult, inputs: object): TaskState {
  if (report.failure === undefined) return report.state;
  throw new InitFailure(id, report, (inputs as { __provider?: unknown }).__provider);
}

const NOT_STARTED = "No task was started.";

/** Calls a step of the life cycle, and explains its error, which leaves the state as it was. */
async function explained<T>(step: () => Promise<T>, consequence: string): Promise<T> {
  try {
    return await step();
  } catch (error) {
    throw asKnownError(error, consequence);
  }
}

async function ports(inputs: TaskInputs, taskRegion?: string): Promise<RunPorts> {
  const log = logOf(inputs);
  const connection = await connect(awsSettings(inputs, stackConfig, taskRegion));
  return {
    ...connection,
    in: (region) => ports(inputs, region),
    status: (text) => void log.status(text),
    info: (text) => log.info(text),
    warn: (text) => log.warn(text),
  };
}

/** A task that exists can only be found where it is. */
function portsOf(recorded: TaskState): Promise<RunPorts> {
  const region = recorded.taskArn ? parseArn(recorded.taskArn)?.region : undefined;
  return ports(readInputs(recorded), region ?? recorded.place?.region);
}

/** The check of a resource, if that was the last call for it. From now on it was not. */
function takeCheck({ resourceUrn = "" }: TaskInputs): { known: KnownDefinition | undefined } | undefined {
  const known = checked.get(resourceUrn);
  return checked.delete(resourceUrn) ? { known } : undefined;
}

/**
 * Says what will be done about a resource, with its name: `pulumi preview --diff` and the Automation API print the line
 * without that of the resource.
 */
async function foretell(inputs: TaskInputs, forecast: string): Promise<void> {
  const name = resourceName(inputs.resourceUrn ?? "");
  await logOf(inputs).info(name === "" ? forecast : `${name}: ${forecast}`);
}

function logOf(inputs: TaskInputs): ResourceLog {
  return resourceLog(process.argv[2], inputs.resourceUrn);
}

function withoutProvider(value: object): object {
  return Object.fromEntries(Object.entries(value).filter(([name]) => name !== "__provider"));
}

function randomText(): string {
  return shortHash(randomBytes(32).toString("hex"), 12);
}
