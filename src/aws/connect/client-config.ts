import type { ECSClientConfig } from "@aws-sdk/client-ecs";
import { fromNodeProviderChain, fromTemporaryCredentials } from "@aws-sdk/credential-providers";
import { credentialSource } from "./credential-source";
import { limitedCredentials, type CredentialProvider } from "./limited-credentials";
import { LimitedRequestHandler, type RequestLimits } from "./request-handler";

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
  /** How long a request and a credentials source may take. @defaultValue those of each */
  readonly limits?: { readonly request: RequestLimits; readonly credentialsMs: number } | undefined;
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

function nothing(): void {
  return undefined;
}

/** With a profile that was asked for, the SDK need not warn of keys in the environment, which it passes over as it should. */
const SILENT = { trace: nothing, debug: nothing, info: nothing, warn: nothing, error: nothing };

function clientConfig(settings: AwsSettings, endpoint: string | undefined): ClientConfig {
  return {
    ...(settings.region ? { region: settings.region } : {}),
    ...(settings.profile ? { profile: settings.profile, logger: SILENT } : {}),
    credentials: credentialsFor(settings),
    ...(endpoint ? { endpoint } : {}),
    customUserAgent: "pulumi-ecs-task",
    requestHandler: requestHandler(settings),
    retryMode: "standard",
    ...(settings.maxAttempts ? { maxAttempts: settings.maxAttempts } : {}),
  };
}

/** Sends each request of a client, and of all that its credentials need. */
export function requestHandler({ profile, limits }: AwsSettings): LimitedRequestHandler {
  return new LimitedRequestHandler(limits?.request, { profile });
}

function credentialsFor(settings: AwsSettings): Credentials | CredentialProvider {
  const { credentials, assumeRoles = [] } = settings;
  return assumeRoles.reduce<Credentials | CredentialProvider>(
    (master, role) => temporaryCredentials(master, role, settings),
    credentials ?? chainCredentials(settings),
  );
}

/** The SDK's own chain: what a client takes that is given no credentials. */
function chainCredentials(settings: AwsSettings): CredentialProvider {
  const { profile, limits } = settings;
  const init = {
    ...(profile ? { profile, logger: SILENT } : {}),
    // Of STS and SSO, where the chain asks them.
    clientConfig: { requestHandler: requestHandler(settings) },
  };
  return limitedCredentials(
    () => fromNodeProviderChain(init),
    () => credentialSource(profile),
    limits?.credentialsMs,
  );
}

function temporaryCredentials(
  master: Credentials | CredentialProvider,
  role: Role,
  settings: AwsSettings,
): CredentialProvider {
  let present: Credentials;
  const assumed = limitedCredentials(
    () => assumeRole(() => Promise.resolve(present), role, settings),
    () => ({
      name: `STS, for the role ${role.roleArn}`,
      remedy: "check that STS can be reached and allows it",
    }),
    settings.limits?.credentialsMs,
  );
  return async (properties) => {
    // First, so that each source has its own time, and the one that fails is the one that is named.
    present = typeof master === "function" ? await master(properties) : master;
    return assumed(properties);
  };
}

function assumeRole(
  masterCredentials: () => Promise<Credentials>,
  role: Role,
  settings: AwsSettings,
): CredentialProvider {
  const { region, stsEndpoint } = settings;
  const { policyArns, tags } = role;
  return fromTemporaryCredentials({
    masterCredentials,
    clientConfig: {
      ...(region ? { region } : {}),
      ...(stsEndpoint ? { endpoint: stsEndpoint } : {}),
      requestHandler: requestHandler(settings),
    },
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
