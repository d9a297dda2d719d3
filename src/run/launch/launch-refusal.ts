import type { ApiErrorKind, EcsApiError } from "../../aws/ecs-gateway";
import { misconfigurationRemedy } from "../../aws/connect/misconfiguration";
import { EcsTaskError, type ErrorCode } from "../../errors";
import type { EcsFailure } from "../../aws/ecs-failure";
import type { NormalInputs } from "../../inputs/normalise-inputs";
import { askedText, deniedAdvice, isNotThere, type Asked } from "../../aws/errors/api-advice";
import { noCredentials } from "../../aws/errors/no-credentials";

interface Refusal {
  readonly code: ErrorCode;
  readonly hint: string;
}

const REFUSED: Refusal = { code: "RUN_TASK_REJECTED", hint: "Correct the inputs and run `pulumi up` again." };

const LAUNCH_ACTIONS =
  "ecs:RunTask (with containerInstances ecs:StartTask) on the task definition and iam:PassRole on its roles";

const REFUSALS: Partial<Record<ApiErrorKind, Refusal>> = {
  throttled: { code: "API_FAILED", hint: "The account makes too many calls; run `pulumi up` again later." },
  unreachable: { code: "API_FAILED", hint: "Check the network, the region and the endpoint." },
  misconfigured: { code: "API_FAILED", hint: "Check the environment and the profile." },
};

/** Observed: what ECS says where it takes EC2 for the launch type, and the cluster is for Fargate. */
const NO_INSTANCES = /No Container Instances were found/i;

const NO_INSTANCES_HINT =
  'ECS takes EC2 for the launch type where neither launchType nor capacityProviderStrategies nor the cluster says another: for Fargate set launchType: "FARGATE".';

/**
 * ECS refused a launch, and nothing was started.
 *
 * @param asked - where it was asked for.
 */
export function refused(inputs: NormalInputs, error: EcsApiError, asked: Asked = {}): EcsTaskError {
  const said = error.message.replace(/\.$/, "");
  if (error.isForCredentials) return noCredentials(error, said, "Nothing was started.");
  const { code, hint } = refusalOf(inputs, error);
  const where = isNotThere(error) ? askedText(asked) : "";
  const why = `${didNotStart(inputs)}: ${error.code}: ${said}.`;
  const message = [why, where, hint, "Nothing was started."].filter(Boolean).join(" ");
  return new EcsTaskError(code, message, { cause: error });
}

function refusalOf(inputs: NormalInputs, error: EcsApiError): Refusal {
  if (error.kind === "denied") return { code: "ACCESS_DENIED", hint: deniedAdvice(error, LAUNCH_ACTIONS) };
  const refusal = REFUSALS[error.kind] ?? REFUSED;
  const remedy = error.kind === "misconfigured" ? misconfigurationRemedy(error) : undefined;
  const isForFargate = NO_INSTANCES.test(error.message) && inputs.launchType === undefined;
  const hint = remedy ?? (isForFargate ? NO_INSTANCES_HINT : refusal.hint);
  return { ...refusal, hint };
}

/** ECS accepted a launch and started nothing. */
export function nothingStarted(inputs: NormalInputs, failures: readonly EcsFailure[]): EcsTaskError {
  return new EcsTaskError(
    "NO_TASK_STARTED",
    `${didNotStart(inputs)}: ${whyNotStarted(failures)}. ${FAILURE_HINT} Nothing was started; run \`pulumi up\` again when this is settled.`,
  );
}

/** Why ECS started no task, or fewer than were asked for: without a reason of its own, all tokens are used up. */
export function whyNotStarted(failures: readonly EcsFailure[]): string {
  if (failures.length > 0) return failureText(failures);
  return "it repeats a launch that has failed, whatever token it is asked with";
}

const FAILURE_HINT =
  "What each reason means: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/api_failures_messages.html.";

/** All failures in one line: reason, ARN and detail, as far as ECS gave them. */
export function failureText(failures: readonly EcsFailure[]): string {
  return failures
    .map(({ reason, arn, detail }) =>
      [reason ?? "no reason given", arn && `at ${arn}`, detail && `(${detail})`].filter(Boolean).join(" "),
    )
    .join("; ");
}

function didNotStart({ taskDefinition, cluster }: NormalInputs): string {
  return `ECS did not start task ${taskDefinition} on cluster ${cluster}`;
}
