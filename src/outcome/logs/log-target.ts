import type { TaskDefinition } from "@aws-sdk/client-ecs";
import { parseArn, taskId } from "../../aws/arn";

/** Where the log lines of a container are. */
export interface LogTarget {
  /** The CloudWatch Logs group. */
  readonly logGroup: string;
  /** The stream in it: prefix, container and task id. */
  readonly logStream: string;
  /** The region of the group, which may be another one than the task's. */
  readonly region: string;
  /** The stream in the AWS console. */
  readonly consoleUrl: string;
}

/**
 * Where the containers of a task write to, for those that use the `awslogs` driver with a stream prefix: the
 * stream is then `<prefix>/<container>/<task id>`. Without a prefix (possible on EC2) it is named after the
 * container's Docker id, which ECS does not tell.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/using_awslogs.html
 */
export function logTargets(
  definition: TaskDefinition | undefined,
  taskArn: string,
): Record<string, LogTarget> {
  const arn = parseArn(taskArn);
  const targets = (definition?.containerDefinitions ?? []).flatMap((container): [string, LogTarget][] => {
    const options =
      container.logConfiguration?.logDriver === "awslogs" ? container.logConfiguration.options : undefined;
    const logGroup = options?.["awslogs-group"];
    const prefix = options?.["awslogs-stream-prefix"];
    if (!container.name || !logGroup || !prefix || !arn) return [];
    const logStream = `${prefix}/${container.name}/${taskId(taskArn)}`;
    const region = options["awslogs-region"] ?? arn.region;
    const stream = { logGroup, logStream, region };
    return [[container.name, { ...stream, consoleUrl: consoleLink(arn.partition, stream) }]];
  });
  // Without a prototype: a container can be called "constructor".
  return Object.assign(Object.create(null) as Record<string, LogTarget>, Object.fromEntries(targets));
}

/**
 * Hosts of the console in partitions that have one of their own.
 *
 * @see https://docs.aws.amazon.com/general/latest/gr/mgmt-console.html
 */
const CONSOLE_HOSTS: Readonly<Record<string, string>> = {
  "aws-cn": "console.amazonaws.cn",
  "aws-eusc": "console.amazonaws-eusc.eu",
  "aws-us-gov": "console.amazonaws-us-gov.com",
};

function consoleLink(
  partition: string,
  { region, logGroup, logStream }: Omit<LogTarget, "consoleUrl">,
): string {
  const host = CONSOLE_HOSTS[partition] ?? "console.aws.amazon.com";
  // The console's own double encoding: a percent sign is written as $25.
  const encode = (text: string) => encodeURIComponent(encodeURIComponent(text)).replaceAll("%", "$");
  return `https://${host}/cloudwatch/home?region=${region}#logsV2:log-groups/log-group/${encode(logGroup)}/log-events/${encode(logStream)}`;
}
