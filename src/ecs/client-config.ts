import type { ECSClientConfig } from "@aws-sdk/client-ecs";
import { fromNodeProviderChain, fromTemporaryCredentials } from "@aws-sdk/credential-providers";

/** How AWS is reached. What is left out comes from the SDK's own chain: environment, shared files, instance roles. */
export interface AwsSettings {
  readonly region?: string | undefined;
  readonly profile?: string | undefined;
  /** Keys, where the stack's configuration holds them. */
  readonly credentials?: Credentials | undefined;
  /** Roles to assume, each with the credentials of the one before. */
  readonly assumeRoles?: readonly Role[] | undefined;
  readonly ecsEndpoint?: string | undefined;
  readonly logsEndpoint?: string | undefined;
  readonly stsEndpoint?: string | undefined;
  readonly ecrEndpoint?: string | undefined;
  /** How often a call is tried when it is throttled or its answer is lost. @defaultValue the SDK's own 3 */
  readonly maxAttempts?: number | undefined;
}

/**
 * How often a call of a survey of many tasks is tried: with the SDK's pauses, which double from half a second up to
 * twenty, about a minute of throttling is survived.
 *
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html
 */
export const SURVEY_ATTEMPTS = 10;

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** A role to assume. @see https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html */
export interface Role {
  readonly roleArn: string;
  readonly sessionName?: string | undefined;
  readonly externalId?: string | undefined;
  readonly durationSeconds?: number | undefined;
  readonly policy?: string | undefined;
  readonly policyArns?: readonly string[] | undefined;
  readonly sourceIdentity?: string | undefined;
  readonly tags?: Readonly<Record<string, string>> | undefined;
  readonly transitiveTagKeys?: readonly string[] | undefined;
}

/** What both kinds of clients are made with; a type that each of them accepts. */
type ClientConfig = Pick<
  ECSClientConfig,
  | "region"
  | "profile"
  | "credentials"
  | "endpoint"
  | "customUserAgent"
  | "requestHandler"
  | "logger"
  | "retryMode"
  | "maxAttempts"
>;

export function ecsClientConfig(settings: AwsSettings): ClientConfig {
  return clientConfig(settings, settings.ecsEndpoint);
}

export function logsClientConfig(settings: AwsSettings): ClientConfig {
  return clientConfig(settings, settings.logsEndpoint);
}

/** @param region - that of the registry, which need not be that of the tasks. */
export function ecrClientConfig(settings: AwsSettings, region: string): ClientConfig {
  return { ...clientConfig(settings, settings.ecrEndpoint), region };
}

/** How long a connection may take to come about and an answer to arrive, in milliseconds: no call of ours takes ECS seconds. */
const CONNECTION_TIMEOUT_MS = 5000;
const REQUEST_TIMEOUT_MS = 20_000;

const nothing = (): void => undefined;

/** With a profile that was asked for, the SDK need not warn of keys in the environment, which it passes over as it should. */
const SILENT = { trace: nothing, debug: nothing, info: nothing, warn: nothing, error: nothing };

function clientConfig(settings: AwsSettings, endpoint: string | undefined): ClientConfig {
  const credentials = credentialsFor(settings);
  return {
    ...(settings.region ? { region: settings.region } : {}),
    ...(settings.profile ? { profile: settings.profile, logger: SILENT } : {}),
    ...(credentials ? { credentials } : {}),
    ...(endpoint ? { endpoint } : {}),
    customUserAgent: "pulumi-ecs-task",
    requestHandler: { connectionTimeout: CONNECTION_TIMEOUT_MS, requestTimeout: REQUEST_TIMEOUT_MS },
    retryMode: "standard",
    ...(settings.maxAttempts ? { maxAttempts: settings.maxAttempts } : {}),
  };
}

type CredentialSource = NonNullable<ClientConfig["credentials"]>;

/** `undefined` leaves the credentials to the SDK's own chain. */
function credentialsFor(settings: AwsSettings): CredentialSource | undefined {
  const { credentials, assumeRoles = [], profile } = settings;
  if (assumeRoles.length === 0) return credentials;
  const base: CredentialSource = credentials ?? fromNodeProviderChain(profile ? { profile } : {});
  return assumeRoles.reduce((master, role) => temporaryCredentials(master, role, settings), base);
}

function temporaryCredentials(
  masterCredentials: CredentialSource,
  role: Role,
  { region, stsEndpoint }: AwsSettings,
): CredentialSource {
  const { policyArns, tags } = role;
  return fromTemporaryCredentials({
    masterCredentials,
    clientConfig: { ...(region ? { region } : {}), ...(stsEndpoint ? { endpoint: stsEndpoint } : {}) },
    params: {
      RoleArn: role.roleArn,
      RoleSessionName: role.sessionName ?? "pulumi-ecs-task",
      ExternalId: role.externalId,
      DurationSeconds: role.durationSeconds,
      Policy: role.policy,
      PolicyArns: policyArns?.map((arn) => ({ arn })),
      SourceIdentity: role.sourceIdentity,
      Tags: tags && Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
      TransitiveTagKeys: role.transitiveTagKeys && [...role.transitiveTagKeys],
    },
  });
}
