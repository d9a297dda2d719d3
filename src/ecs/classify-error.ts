import type { ApiErrorKind } from "./ecs-gateway";

/** What an SDK error carries, as far as it is one. */
interface SdkError {
  readonly name?: string;
  readonly message?: string;
  /** Of Node's connection errors, e.g. `ECONNREFUSED`. */
  readonly code?: string;
  readonly $metadata?: {
    readonly httpStatusCode?: number;
    readonly requestId?: string;
    readonly attempts?: number;
  };
}

/** The names under which AWS says that too much was asked: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/request-throttling.html and the SDK's own list of throttling errors. */
const THROTTLED =
  /^(Throttl|TooManyRequests|RequestLimitExceeded|RequestThrottled|LimitExceeded|SlowDown|EC2ThrottledException|BandwidthLimitExceeded|PriorRequestNotComplete)/;

const DENIED =
  /^(AccessDenied|UnauthorizedOperation|NotAuthorized|ExpiredToken|InvalidClientTokenId|UnrecognizedClient|InvalidSignature|SignatureDoesNotMatch|IncompleteSignature|MissingAuthenticationToken|OptInRequired|CredentialsProviderError|TokenProviderError)/;

const NOT_FOUND = /^(ClusterNotFound|ResourceNotFound|ServiceNotFound|TaskSetNotFound|RepositoryNotFound)/;

/**
 * ECS passes on throttling and hiccups of EC2 inside an InvalidParameterException.
 * Observed: dagster-io/dagster#33439, wrapbox `lib/wrapbox/runner/ecs.rb`.
 */
const WRAPPED_THROTTLING = /Rate exceeded|ErrorCode: Throttling|Request limit exceeded|InternalError/;

/** "InvalidParameterException: The referenced task was not found." Observed: apache/airflow, wazuh/wazuh#25439. */
const TASK_NOT_FOUND = /referenced task was not found/i;

/** Node's errors for a connection that never came about: https://nodejs.org/api/errors.html#common-system-errors */
const UNREACHABLE: readonly string[] = [
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
];

/** Decides by the error's name first, by its HTTP status second and by its words last. */
export function classifyError(error: unknown): ApiErrorKind {
  const { name = "", message = "", code = "", $metadata } = (error ?? {}) as SdkError;
  const status = $metadata?.httpStatusCode;
  if (THROTTLED.test(name) || status === 429) return "throttled";
  if (DENIED.test(name)) return "denied";
  if (NOT_FOUND.test(name)) return "notFound";
  if (status !== undefined && status >= 500) return "broken";
  if (name === "InvalidParameterException" && WRAPPED_THROTTLING.test(message)) return "throttled";
  if (name === "InvalidParameterException" && TASK_NOT_FOUND.test(message)) return "notFound";
  if (status !== undefined && status >= 400) return "rejected";
  // A later attempt of the SDK can be refused after an earlier one was accepted and its answer lost.
  if (UNREACHABLE.includes(code) && ($metadata?.attempts ?? 1) === 1) return "unreachable";
  // No status: no answer arrived, or one that could not be read.
  return "broken";
}

/** The name of an error, for messages. */
export function errorCode(error: unknown): string {
  const { name, $metadata } = (error ?? {}) as SdkError;
  // An answer that is not JSON (a proxy's page) surfaces as a SyntaxError, which says nothing to a user.
  if (name === "SyntaxError" && $metadata?.httpStatusCode) return `HTTP ${$metadata.httpStatusCode}`;
  return name && name !== "Error" ? name : "ConnectionError";
}

/** What an error says, with the request id by which AWS support finds the call. */
export function errorText(error: unknown): string {
  const { message, $metadata } = (error ?? {}) as SdkError;
  const text = message && message !== "UnknownError" ? message : "no further explanation was given";
  return $metadata?.requestId ? `${text} (request id ${$metadata.requestId})` : text;
}
