import type { EcsApiError } from "../ecs-gateway";
import { EcsTaskError } from "../../errors";

/** As `credentialSource` says it of a profile that is asked for and is not there. */
const MISSING_PROFILE = /the profile ("[^"]*"), which no shared AWS file has/;

/**
 * Nothing was asked, because there are no credentials to ask with.
 *
 * @param said - what the SDK said.
 * @param consequence - what did not happen, as a sentence; empty where nothing was to happen.
 */
export function noCredentials(error: EcsApiError, said: string, consequence = ""): EcsTaskError {
  const [, profile] = MISSING_PROFILE.exec(said) ?? [];
  if (profile !== undefined) {
    const missing = `The AWS profile ${profile} does not exist: no shared AWS file has it, and nothing else gives credentials.`;
    const correct =
      "Correct AWS_PROFILE, the input profile or aws:profile, or make it with `aws configure sso`.";
    const text = `${missing} ${correct} ${consequence}`.trimEnd();
    return new EcsTaskError("NO_CREDENTIALS", text, { cause: error });
  }
  const remedy =
    "Set the input profile or `pulumi config set aws:profile <profile>`, sign in (`aws sso login`), or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY in the environment.";
  const message = `No AWS credentials were found (${said}). ${remedy} ${consequence}`.trimEnd();
  return new EcsTaskError("NO_CREDENTIALS", message, { cause: error });
}
