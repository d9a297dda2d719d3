import type { Failure } from "@aws-sdk/client-ecs";
import { EcsApiError, type ApiErrorKind, type TasksAndFailures } from "../ecs/ecs-gateway";
import { EcsTaskError, type ErrorCode } from "../errors";
import { clientToken, startedByMarker, type RunIdentity } from "../task/marker";
import type { NormalInputs } from "../task/normalise-inputs";
import type { Redact } from "../task/redact";
import { runTaskRequest, type RunTaskParameters } from "../task/run-task-request";
import { taskRecord, type TaskRecord } from "../task/task-record";
import { pauseMs } from "../watch/schedule";
import type { RunPorts } from "./run-ports";

/** How long a launch is tried again whose answer was lost or that was throttled, in milliseconds. */
const ANSWER_MS = 60_000;

/** What came of asking ECS for tasks. */
export type Launch =
  | {
      readonly kind: "launched";
      readonly tasks: readonly TaskRecord[];
      /** Why fewer tasks were started than asked for. */
      readonly shortfall?: string;
    }
  /** ECS may or may not have started tasks: no answer arrived. */
  | { readonly kind: "unknown"; readonly error: EcsApiError };

/**
 * Asks ECS for the tasks of a run. However often the question has to be repeated, ECS starts them once: every
 * repetition carries the same `clientToken`.
 *
 * @throws EcsTaskError when ECS refused and nothing was started.
 */
export async function launch(
  ports: RunPorts,
  inputs: NormalInputs,
  run: RunIdentity,
  redact: Redact,
): Promise<Launch> {
  const request = runTaskRequest(inputs, startedByMarker(run, inputs));
  const answer = await askUntilAnswered(ports, request, clientToken(run, 0, request), redact);
  if (answer instanceof EcsApiError) return { kind: "unknown", error: answer };
  const tasks = answer.tasks.map((task) => taskRecord(task, redact));
  if (tasks.length === 0) throw nothingStarted(inputs, answer.failures);
  const failures = failureTexts(answer.failures).join("; ");
  // ECS says failures even when all tasks were started (observed: apache/airflow PR16150): the tasks count.
  if (tasks.length >= inputs.count) {
    if (failures) await ports.warn(`ECS started the task and reported failures all the same: ${failures}`);
    return { kind: "launched", tasks };
  }
  return {
    kind: "launched",
    tasks,
    shortfall: `only ${tasks.length} of ${inputs.count} tasks were started: ${failures}`,
  };
}

async function askUntilAnswered(
  { ecs, clock, random, status }: RunPorts,
  request: RunTaskParameters,
  token: string,
  redact: Redact,
): Promise<TasksAndFailures | EcsApiError> {
  const startMs = clock.nowMs();
  let mayHaveStarted = false;
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await ecs.runTask(request, token);
    } catch (error) {
      if (!(error instanceof EcsApiError)) throw error;
      if (!error.isPassing) throw refused(request, error, redact);
      mayHaveStarted ||= error.kind === "broken";
      const delayMs = pauseMs(attempt, random());
      if (clock.nowMs() + delayMs - startMs > ANSWER_MS) {
        if (mayHaveStarted) return error;
        throw refused(request, error, redact);
      }
      status(`RunTask: ${error.code}, trying again`);
      await clock.sleep(delayMs);
    }
  }
}

function refused(request: RunTaskParameters, error: EcsApiError, redact: Redact): EcsTaskError {
  const what = `ECS did not start task ${request.taskDefinition ?? ""} on cluster ${request.cluster ?? ""}`;
  const said = redact(error.message.replace(/\.$/, ""));
  const { code, hint } = REFUSALS[error.kind] ?? REFUSED;
  return new EcsTaskError(code, `${what}: ${error.code}: ${said}. ${hint} Nothing was started.`, {
    cause: error,
  });
}

interface Refusal {
  readonly code: ErrorCode;
  readonly hint: string;
}

const REFUSED: Refusal = { code: "RUN_TASK_REJECTED", hint: "Correct the inputs and run `pulumi up` again." };

const REFUSALS: Partial<Record<ApiErrorKind, Refusal>> = {
  denied: {
    code: "ACCESS_DENIED",
    hint: "Check the AWS credentials, and allow ecs:RunTask on the task definition and iam:PassRole on its roles.",
  },
  throttled: { code: "API_FAILED", hint: "The account makes too many calls; run `pulumi up` again later." },
  unreachable: { code: "API_FAILED", hint: "Check the network, the region and the endpoint." },
};

function nothingStarted(inputs: NormalInputs, failures: readonly Failure[]): EcsTaskError {
  const what = `ECS did not start task ${inputs.taskDefinition} on cluster ${inputs.cluster}`;
  const why = failures.length > 0 ? failureTexts(failures).join("; ") : "it gave neither a task nor a reason";
  return new EcsTaskError(
    "NO_TASK_STARTED",
    `${what}: ${why}. Nothing was started; run \`pulumi up\` again when this is settled.`,
  );
}

function failureTexts(failures: readonly Failure[]): string[] {
  return failures.map(({ reason, arn, detail }) =>
    [reason ?? "no reason given", arn && `at ${arn}`, detail && `(${detail})`].filter(Boolean).join(" "),
  );
}
