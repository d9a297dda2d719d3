import {
  CloudWatchLogsClient,
  GetLogEventsCommand,
  type GetLogEventsCommandInput,
} from "@aws-sdk/client-cloudwatch-logs";
import { classifyError, errorCode, errorText } from "./errors/classify-error";
import { logsClientConfig, type AwsSettings } from "./connect/client-config";
import { EcsApiError } from "./ecs-gateway";
import type { LogTarget } from "../outcome/logs/log-target";
import { plainText } from "../text/plain-text";
import type { LogGateway, LogPage } from "../outcome/logs/log-gateway";

/** {@link LogGateway} over the AWS SDK, with a client for each region that containers write to. */
export class SdkLogGateway implements LogGateway {
  readonly #settings: AwsSettings;
  readonly #clients = new Map<string, CloudWatchLogsClient>();

  constructor(settings: AwsSettings) {
    this.#settings = settings;
  }

  async lastLines(target: LogTarget, count: number): Promise<readonly string[]> {
    return (await this.#read(target, { limit: count, startFromHead: false })).lines;
  }

  async linesFrom(target: LogTarget, from: string | undefined): Promise<LogPage> {
    return this.#read(target, { startFromHead: true, ...(from ? { nextToken: from } : {}) });
  }

  async #read(
    { region, logGroup, logStream }: LogTarget,
    options: Partial<GetLogEventsCommandInput>,
  ): Promise<LogPage> {
    const command = new GetLogEventsCommand({ logGroupName: logGroup, logStreamName: logStream, ...options });
    try {
      const { events = [], nextForwardToken } = await this.#client(region).send(command);
      return {
        lines: events.map((event) => plainText(event.message ?? "").trimEnd()),
        next: nextForwardToken,
      };
    } catch (error) {
      throw new EcsApiError({
        operation: "GetLogEvents",
        kind: classifyError(error),
        code: errorCode(error),
        message: errorText(error),
        cause: error,
      });
    }
  }

  #client(region: string): CloudWatchLogsClient {
    const known = this.#clients.get(region);
    if (known) return known;
    const client = new CloudWatchLogsClient(logsClientConfig({ ...this.#settings, region }));
    this.#clients.set(region, client);
    return client;
  }
}
