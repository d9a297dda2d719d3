import { EcsApiError } from "../ecs/ecs-gateway";
import { EcsTaskError } from "../errors";

/** What to do about an API error, by its kind. */
const REMEDIES: Readonly<Record<EcsApiError["kind"], string>> = {
  denied: "Check the AWS credentials and the permissions of their role.",
  throttled: "The account makes too many calls; run the command again later.",
  unreachable: "Check the network, the region and the endpoint.",
  broken: "Run the command again.",
  notFound: "Check the region and the names.",
  rejected: "Check the inputs.",
};

/**
 * An error as a user should read it: what failed, why, what to do. What is explained already stays as it is,
 * and so does what is nobody's mistake but ours.
 */
export function explainError(error: unknown): unknown {
  if (!(error instanceof EcsApiError)) return error;
  const code = error.kind === "denied" ? "ACCESS_DENIED" : "API_FAILED";
  const said = error.message.replace(/\.$/, "");
  const message = `${error.operation} failed: ${error.code}: ${said}. ${REMEDIES[error.kind]} Nothing was changed.`;
  return new EcsTaskError(code, message, { cause: error });
}
