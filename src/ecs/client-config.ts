import type { ECSClientConfig } from "@aws-sdk/client-ecs";

/** How AWS is reached. What is left out comes from the SDK's own chain: environment, shared files, instance roles. */
export interface AwsSettings {
  readonly region?: string | undefined;
  readonly ecsEndpoint?: string | undefined;
  readonly logsEndpoint?: string | undefined;
}

/** What both kinds of clients are made with; a type that each of them accepts. */
type ClientConfig = Pick<ECSClientConfig, "region" | "endpoint" | "customUserAgent">;

export function ecsClientConfig({ region, ecsEndpoint }: AwsSettings): ClientConfig {
  return clientConfig(region, ecsEndpoint);
}

export function logsClientConfig({ region, logsEndpoint }: AwsSettings): ClientConfig {
  return clientConfig(region, logsEndpoint);
}

function clientConfig(region: string | undefined, endpoint: string | undefined): ClientConfig {
  return {
    ...(region ? { region } : {}),
    ...(endpoint ? { endpoint } : {}),
    customUserAgent: "pulumi-ecs-task",
  };
}
