import { EcsApiError } from "../aws/ecs-gateway";
import { misconfigurationRemedy } from "../aws/connect/misconfiguration";
import { EcsTaskError } from "../errors";
import { askedText, deniedAdvice, isNotThere } from "../aws/errors/api-advice";
import { noCredentials } from "../aws/errors/no-credentials";

/** What to do about an API error, by its kind. */
const REMEDIES: Readonly<Record<Exclude<EcsApiError["kind"], "denied">, string>> = {
  throttled: "The account makes too many calls; run the command again later.",
  unreachable: "Check the network, the region and the endpoint.",
  broken: "Check the network and the endpoint, or run the command again.",
  notFound: "Check the region and the names.",
  rejected: "Check the inputs.",
  misconfigured: "Check the environment and the profile.",
};

/**
 * An error as a user should read it: what failed, why, what to do. What is explained already stays as it is,
 * and so does what is nobody's mistake but ours.
 *
 * @param consequence - what did not happen because of it, as a sentence; empty where nothing was to happen.
 */
export function asKnownError(error: unknown, consequence = ""): unknown {
  if (!(error instanceof EcsApiError)) return error;
  const said = error.message.replace(/\.$/, "");
  if (error.isForCredentials) return noCredentials(error, said, consequence);
  const code = error.kind === "denied" ? "ACCESS_DENIED" : "API_FAILED";
  // Of a connection that broke the name tells nothing.
  const what = error.code === "ConnectionError" ? error.inWords : error.code;
  const failed = `${error.operation} failed: ${what}: ${said}.`;
  const asked = isNotThere(error) ? askedText(error) : "";
  const message = [failed, asked, remedy(error), consequence].filter(Boolean).join(" ");
  return new EcsTaskError(code, message, { cause: error });
}

function remedy(error: EcsApiError): string {
  const { kind, operation } = error;
  if (kind === "denied") return deniedAdvice(error, `ecs:${operation}`);
  const remedyHere = kind === "misconfigured" ? misconfigurationRemedy(error) : undefined;
  return remedyHere ?? REMEDIES[kind];
}
