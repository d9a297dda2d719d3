import type { EcsApiError } from "../ecs-gateway";

const EXPIRED = /^ExpiredToken|^RequestExpired/;
const EXPIRED_TEXT = /\b(token|credentials|session)\b.*\bexpired\b/i;
const CLOCK_TEXT = /signature (has )?expired|signature not yet current/i;
const UNKNOWN_KEYS =
  /^(InvalidClientTokenId|UnrecognizedClient|InvalidSignature|SignatureDoesNotMatch|IncompleteSignature)/;

/** AWS names the action that it denied: `User: … is not authorized to perform: ecs:TagResource on resource: …`. */
const DENIED_ACTION = /not authorized to perform:? ([a-z0-9-]+:\w+)/i;

/** Whether the credentials were right once. */
export function isExpired({ code, message }: EcsApiError): boolean {
  return EXPIRED.test(code) || (EXPIRED_TEXT.test(message) && !CLOCK_TEXT.test(message));
}

/**
 * What to do about a refusal, by what AWS names.
 *
 * @param otherwise - what to allow where it names nothing.
 */
export function deniedAdvice(error: EcsApiError, otherwise: string): string {
  if (isExpired(error))
    return "The AWS credentials have expired: sign in again (`aws sso login`), or set new temporary credentials.";
  if (CLOCK_TEXT.test(error.message)) return "Check the clock of this machine: AWS compares it with its own.";
  if (UNKNOWN_KEYS.test(error.code))
    return "AWS does not know these credentials: check the access key, the secret key, the session token and the region.";
  const [, action] = DENIED_ACTION.exec(error.message) ?? [];
  const tags = action === "ecs:TagResource" ? " (for tags, propagateTags and enableEcsManagedTags)" : "";
  const denied = /explicit deny/i.test(error.message) ? "; a policy denies it explicitly" : "";
  return `Check the AWS credentials, and allow ${action === undefined ? otherwise : `${action}${tags}${denied}`}.`;
}

/** Where something was looked for that is not there. */
export interface Asked {
  readonly region?: string | undefined;
  readonly account?: string | undefined;
}

const NOT_THERE = /not found|does not exist|unable to describe task definition/i;

/** Whether AWS says that what was named is not there: it may be in another region or account. */
export function isNotThere({ kind, message }: EcsApiError): boolean {
  return kind === "notFound" || (kind === "rejected" && NOT_THERE.test(message));
}

/** `Looked for in eu-central-1, account 123456789012.` Empty where neither is known. */
export function askedText({ region, account }: Asked): string {
  const where = [region, account && `account ${account}`].filter(Boolean).join(", ");
  return where && `Looked for in ${where}.`;
}
