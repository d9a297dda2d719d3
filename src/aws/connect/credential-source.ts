import { parseKnownFiles } from "@smithy/core/config";

/** Where credentials come from, in words for an error. */
export interface CredentialSource {
  /** A noun. */
  readonly name: string;
  /** What to do when it gives none, as a clause. */
  readonly remedy: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** What the shared files say of each profile, by its name. */
type Profiles = Readonly<Record<string, Readonly<Record<string, string | undefined>>>>;

interface Profile {
  readonly name: string;
  readonly settings: Profiles[string];
}

/**
 * The source at which the SDK's chain ends up, by the environment and the shared files, in the SDK's order. It is only
 * told when that source has failed: what the SDK passes over on its way there is not named.
 *
 * @param asked - the profile that the settings name; `undefined`: the environment's, else `default`.
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/standardized-credentials.html
 */
export async function credentialSource(
  asked: string | undefined,
  environment: Environment = process.env,
): Promise<CredentialSource> {
  const named = asked ?? nonEmpty(environment.AWS_PROFILE);
  const isKeys = environment.AWS_ACCESS_KEY_ID && environment.AWS_SECRET_ACCESS_KEY;
  if (named === undefined && isKeys)
    return {
      name: "the keys in the environment",
      remedy: "check AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY",
    };
  const name = named ?? "default";
  const profiles: Profiles = await parseKnownFiles({}).catch(() => ({}));
  const profile = profileOf(name, profiles);
  const last = (profile && ofProfile(profile, profiles)) ?? ofEnvironment(environment);
  if (named === undefined || profile) return last;
  return {
    name: `the profile ${JSON.stringify(named)}, which no shared AWS file has, then ${last.name}`,
    remedy: "correct the name of the profile",
  };
}

function profileOf(name: string, profiles: Profiles): Profile | undefined {
  const settings = Object.hasOwn(profiles, name) ? profiles[name] : undefined;
  return settings && { name, settings };
}

/** @param visited - the profiles that led here: they can name each other in a circle. */
function ofProfile(
  profile: Profile,
  profiles: Profiles,
  visited: readonly string[] = [],
): CredentialSource | undefined {
  const { name, settings } = profile;
  const of = inWords(profile);
  if (settings.role_arn) return ofRole(profile, profiles, [...visited, name]);
  if (settings.aws_access_key_id) return { name: `the keys ${of}`, remedy: "check them" };
  if (settings.credential_process)
    return {
      name: `the credential_process ${of}`,
      remedy: "run it in a terminal: it has to print JSON and end, and must not ask for anything",
    };
  if (settings.sso_session ?? settings.sso_start_url)
    return { name: `the SSO session ${of}`, remedy: `sign in with \`aws sso login --profile ${name}\`` };
  if (settings.login_session)
    return { name: `the sign-in ${of}`, remedy: `sign in with \`aws login --profile ${name}\`` };
  return undefined;
}

function ofRole(profile: Profile, profiles: Profiles, visited: readonly string[]): CredentialSource {
  const {
    role_arn: role = "",
    source_profile: sourceName = "",
    credential_source: environmental,
  } = profile.settings;
  const source = profileOf(sourceName, profiles);
  const isCircle = visited.includes(sourceName);
  const by = source && !isCircle ? ofProfile(source, profiles, visited) : undefined;
  const byName = by?.name ?? (environmental && `credential_source ${environmental}`);
  return {
    name: `the role ${role} ${inWords(profile)}${byName ? `, assumed with ${byName}` : ""}`,
    remedy: by ? `check that STS can be reached, and ${by.remedy}` : "check that STS can be reached",
  };
}

function inWords({ name }: Profile): string {
  return `of profile ${JSON.stringify(name)}`;
}

function ofEnvironment(environment: Environment): CredentialSource {
  if (environment.AWS_WEB_IDENTITY_TOKEN_FILE)
    return {
      name: `the web identity token of AWS_WEB_IDENTITY_TOKEN_FILE, for the role ${environment.AWS_ROLE_ARN ?? "of AWS_ROLE_ARN"}`,
      remedy: "check that STS can be reached and that the token is not out of date",
    };
  if (environment.AWS_CONTAINER_CREDENTIALS_RELATIVE_URI) return container("RELATIVE_URI", "169.254.170.2");
  const full = environment.AWS_CONTAINER_CREDENTIALS_FULL_URI;
  // Only its host: the path can be all that keeps strangers from the credentials.
  if (full) return container("FULL_URI", URL.canParse(full) ? new URL(full).host : "no URL");
  if (environment.AWS_EC2_METADATA_DISABLED && environment.AWS_EC2_METADATA_DISABLED !== "false")
    return {
      name: "no source, as neither the environment nor a profile has one",
      remedy: "AWS_EC2_METADATA_DISABLED keeps the SDK from the metadata of an EC2 instance",
    };
  return {
    name: "the metadata service of EC2 (169.254.169.254)",
    remedy: "it only answers on an EC2 instance that has a role",
  };
}

function container(variable: string, host: string): CredentialSource {
  const name = `AWS_CONTAINER_CREDENTIALS_${variable}`;
  return {
    name: `the endpoint of ${name} (${host})`,
    remedy: `check that it answers, or unset ${name} where it is not meant`,
  };
}

function nonEmpty(text: string | undefined): string | undefined {
  return text === "" ? undefined : text;
}
