import type { LocalEcs } from "../api/index";

/**
 * What an AWS client needs in its environment. Any credentials do, but clients want some; real ones would only be in the
 * way. boto3 and version 1 of the AWS CLI know the region by its other name.
 */
export function clientEnvironment({
  url,
  region,
}: Pick<LocalEcs, "url" | "region">): Readonly<Record<string, string>> {
  return {
    AWS_ENDPOINT_URL_ECS: url,
    AWS_ENDPOINT_URL_CLOUDWATCH_LOGS: url,
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_ACCESS_KEY_ID: "local",
    AWS_SECRET_ACCESS_KEY: "local",
  };
}

/** What would win against it: a profile has an account, a region and endpoints of its own. */
const IN_THE_WAY = ["AWS_PROFILE", "AWS_DEFAULT_PROFILE", "AWS_SESSION_TOKEN", "AWS_SECURITY_TOKEN"];

/** The environment of a command whose AWS clients are to talk to the local ECS. */
export function commandEnvironment(
  ecs: Pick<LocalEcs, "url" | "region">,
  environment: NodeJS.ProcessEnv,
): NodeJS.ProcessEnv {
  const others = Object.entries(environment).filter(([name]) => !IN_THE_WAY.includes(name));
  return { ...Object.fromEntries(others), ...clientEnvironment(ecs) };
}
