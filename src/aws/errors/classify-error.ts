import type { ApiErrorKind } from "../ecs-gateway";
import { INVALID_CONFIGURATION, misconfigurationRemedy } from "../connect/misconfiguration";

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
  // The proxy has no way to the host: what it refuses itself is a matter of configuration.
  "ERR_PROXY_TUNNEL",
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
];

/**
 * The names that the SDK gives to an answer without an AWS error type: to one that is not JSON, and to one that is empty
 * or other JSON. Measured with client-ecs 3.1169: a proxy's page is a SyntaxError, an empty 403 is "Unknown".
 */
const NOT_OF_AWS = /^(SyntaxError|Unknown|UnknownError)$/;

/** The statuses of a request that was not handled, or perhaps: Request Timeout and Too Early. */
const PERHAPS: readonly (number | undefined)[] = [408, 425];

/** Whether an answer arrived that AWS did not write: from a proxy, a firewall or a load balancer. */
function isForeign({ name = "", $metadata }: SdkError): boolean {
  return $metadata?.httpStatusCode !== undefined && NOT_OF_AWS.test(name);
}

/**
 * Decides by the error's name first, by its HTTP status second and by its words last. Only AWS itself can reject a
 * request: of what another machine answered, the request may have passed it.
 */
export function classifyError(error: unknown): ApiErrorKind {
  const sdkError = (error ?? {}) as SdkError;
  const { name = "", message = "", code = "", $metadata } = sdkError;
  const status = $metadata?.httpStatusCode;
  // The credentials come first: without them nothing was asked.
  if (name === "CredentialsUnavailableError") return "unreachable";
  if (THROTTLED.test(name) || status === 429) return "throttled";
  if (DENIED.test(name)) return "denied";
  if (NOT_FOUND.test(name)) return "notFound";
  if (isForeign(sdkError) || PERHAPS.includes(status)) return "broken";
  if (status !== undefined && status >= 500) return "broken";
  const said = name === "InvalidParameterException" ? kindByWords(message) : undefined;
  if (said) return said;
  if (status !== undefined && status >= 400) return "rejected";
  if (isMisconfigured(sdkError)) return "misconfigured";
  // A later attempt of the SDK can be refused after an earlier one was accepted and its answer lost.
  if (UNREACHABLE.includes(code) && ($metadata?.attempts ?? 1) === 1) return "unreachable";
  // No status: no answer arrived, or one that could not be read.
  return "broken";
}

/** What an InvalidParameterException means where ECS wraps another error in it. */
function kindByWords(message: string): ApiErrorKind | undefined {
  if (WRAPPED_THROTTLING.test(message)) return "throttled";
  return TASK_NOT_FOUND.test(message) ? "notFound" : undefined;
}

/** The name of an error, for messages. */
export function errorCode(error: unknown): string {
  const sdkError = (error ?? {}) as SdkError;
  const { name, $metadata } = sdkError;
  if (isForeign(sdkError)) return `HTTP ${$metadata?.httpStatusCode}`;
  if (isMisconfigured(sdkError)) return codeOf(sdkError) ?? INVALID_CONFIGURATION;
  return name && name !== "Error" ? name : "ConnectionError";
}

/** Whether nothing can be asked from this machine, whose setting has to be changed first. */
function isMisconfigured(error: SdkError): boolean {
  const { message = "", $metadata } = error;
  if ($metadata?.httpStatusCode !== undefined) return false;
  return misconfigurationRemedy({ code: codeOf(error) ?? "", message }) !== undefined;
}

/** What an error is called, by the name that says most. */
function codeOf({ name = "Error", code }: SdkError): string | undefined {
  return code ?? (name === "Error" ? undefined : name);
}

/** What an error says, with the request id by which AWS support finds the call. */
export function errorText(error: unknown): string {
  const sdkError = (error ?? {}) as SdkError;
  const { message, $metadata } = sdkError;
  // The words of a SyntaxError are about characters of the page.
  if (isForeign(sdkError)) return "the answer is not one of AWS; a proxy or a firewall may have given it";
  const text =
    message && message !== "UnknownError" ? plainWords(message) : "no further explanation was given";
  return $metadata?.requestId ? `${text} (request id ${$metadata.requestId})` : text;
}

/** The words of the SDK's request handler, of which the second and later lines are for who debugs the SDK. */
function plainWords(message: string): string {
  const [text = ""] = message.split(/\n *Deserialization error/, 1);
  return text
    .replace(/^@smithy.* timed out after (\d+)000 ms of inactivity \([^)]*\)\./, "no answer for $1 s")
    .replace(/^@smithy.* did not establish a connection.* (\d+)000 ms\./, "no connection within $1 s")
    .replace(/ [0-9A-F]{8,}:error:[0-9A-F]+:SSL routines:\w+:([^:]+):.*/s, ": $1");
}
