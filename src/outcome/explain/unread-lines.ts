import type { LogConfiguration, TaskDefinition } from "@aws-sdk/client-ecs";

const INSTEAD = "use awslogs with awslogs-stream-prefix to see them here";

/** Drivers whose lines stay on the container instance. */
const ON_THE_INSTANCE: readonly string[] = ["journald", "json-file"];

/**
 * Options of FireLens that say where lines are and are no secrets; the value of any other option is never shown.
 *
 * @see https://docs.fluentbit.io/manual/pipeline/outputs
 */
const PLACES = [
  "log_group_name",
  "log_stream_name",
  "log_stream_prefix",
  "delivery_stream",
  "stream",
  "bucket",
  "region",
];

/**
 * Why the lines of a container cannot be read back, and where they are as far as its log driver's options tell.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/using_firelens.html
 */
export function unreadLines(definition: TaskDefinition | undefined, container: string): string {
  if (!definition)
    return "its task definition could not be read; allow ecs:DescribeTaskDefinition to see them here";
  const found = definition.containerDefinitions?.find(({ name }) => name === container);
  const { logDriver, options = {} }: Partial<LogConfiguration> = found?.logConfiguration ?? {};
  if (logDriver === undefined) return `its task definition names no log driver; ${INSTEAD}`;
  if (logDriver === "awslogs")
    return `its stream in ${options["awslogs-group"] ?? "its log group"} is not known; set awslogs-stream-prefix in the task definition to see them here`;
  if (logDriver === "awsfirelens") return byFireLens(options);
  if (ON_THE_INSTANCE.includes(logDriver))
    return `they stay on the container instance (${logDriver}); look there`;
  return `they go by ${logDriver}; look there`;
}

/** Fluent Bit names its output by `Name`, Fluentd by `@type`; the case of Fluent Bit's options means nothing. */
function byFireLens(given: Readonly<Record<string, string>>): string {
  const options = new Map(Object.entries(given).map(([name, value]) => [name.toLowerCase(), value]));
  const output = options.get("name") ?? options.get("@type");
  if (output === undefined) return "they go by awsfirelens; look where its configuration sends them";
  const places = PLACES.flatMap((name) => {
    const value = options.get(name);
    return value === undefined ? [] : [`${name} ${value}`];
  });
  const where = /^cloudwatch(_logs)?$/.test(output) ? "CloudWatch Logs" : output;
  return `they go by awsfirelens to ${where}${places.length > 0 ? ` (${places.join(", ")})` : ""}; look there`;
}
