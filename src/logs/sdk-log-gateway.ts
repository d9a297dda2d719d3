import { CloudWatchLogsClient, GetLogEventsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { classifyError, errorCode, errorText } from "../ecs/classify-error";
import { logsClientConfig, type AwsSettings } from "../ecs/client-config";
import { EcsApiError } from "../ecs/ecs-gateway";
import type { LogTarget } from "../task/log-target";
import type { LogGateway } from "./log-gateway";

/** {@link LogGateway} over the AWS SDK, with a client for each region that containers write to. */
export class SdkLogGateway implements LogGateway {
  readonly #settings: AwsSettings;
  readonly #clients = new Map<string, CloudWatchLogsClient>();

  constructor(settings: AwsSettings) {
    this.#settings = settings;
  }

  async lastLines(target: LogTarget, count: number): Promise<readonly string[]> {
    const command = new GetLogEventsCommand({
      logGroupName: target.logGroup,
      logStreamName: target.logStream,
      limit: count,
      startFromHead: false,
    });
    try {
      const { events = [] } = await this.#client(target.region).send(command);
      return events.map((event) => (event.message ?? "").trimEnd());
    } catch (error) {
      throw new EcsApiError("GetLogEvents", classifyError(error), errorCode(error), errorText(error), {
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
