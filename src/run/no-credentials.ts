import type { EcsApiError } from "../ecs/ecs-gateway";
import { EcsTaskError } from "../errors";

/**
 * Nothing was asked, because there are no credentials to ask with.
 *
 * @param said - what the SDK said.
 * @param consequence - what did not happen, as a sentence; empty where nothing was to happen.
 */
export function noCredentials(error: EcsApiError, said: string, consequence = ""): EcsTaskError {
  const remedy =
    "Set the input profile or `pulumi config set aws:profile <profile>`, sign in (`aws sso login`), or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY in the environment.";
  const message = `No AWS credentials were found (${said}). ${remedy} ${consequence}`.trimEnd();
  return new EcsTaskError("NO_CREDENTIALS", message, { cause: error });
}
