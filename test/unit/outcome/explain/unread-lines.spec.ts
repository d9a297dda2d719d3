import assert from "node:assert/strict";
import type { LogDriver } from "@aws-sdk/client-ecs";
import { unreadLines } from "../../../../src/outcome/explain/unread-lines";

const SECRET = "B5A79AAD-D822-46CC-80D1-819F80D7BFB0";

const rows: readonly {
  name: string;
  logDriver?: LogDriver;
  options?: Record<string, string>;
  note: RegExp;
}[] = [
  {
    name: "no log driver",
    note: /^its task definition names no log driver; use awslogs with awslogs-stream-prefix/,
  },
  {
    name: "awslogs without a prefix",
    logDriver: "awslogs",
    options: { "awslogs-group": "/shop" },
    note: /^its stream in \/shop is not known; set awslogs-stream-prefix in the task definition to see them here$/,
  },
  {
    name: "FireLens to CloudWatch Logs",
    logDriver: "awsfirelens",
    options: {
      Name: "cloudwatch_logs",
      region: "eu-west-1",
      log_group_name: "/shop",
      log_stream_prefix: "app-",
    },
    note: /^they go by awsfirelens to CloudWatch Logs \(log_group_name \/shop, log_stream_prefix app-, region eu-west-1\); look there$/,
  },
  {
    name: "FireLens to Firehose",
    logDriver: "awsfirelens",
    options: { Name: "kinesis_firehose", delivery_stream: "logs", api_key: SECRET },
    note: /^they go by awsfirelens to kinesis_firehose \(delivery_stream logs\); look there$/,
  },
  {
    name: "FireLens by a file of its own",
    logDriver: "awsfirelens",
    options: { "config-file-value": "x" },
    note: /^they go by awsfirelens; look where its configuration sends them$/,
  },
  {
    name: "Splunk",
    logDriver: "splunk",
    options: { "splunk-token": SECRET, "splunk-url": `https://x:${SECRET}@splunk` },
    note: /^they go by splunk; look there$/,
  },
  { name: "gelf", logDriver: "gelf", note: /^they go by gelf; look there$/ },
  {
    name: "journald",
    logDriver: "journald",
    note: /^they stay on the container instance \(journald\); look there$/,
  },
  {
    name: "json-file",
    logDriver: "json-file",
    note: /^they stay on the container instance \(json-file\); look there$/,
  },
];

describe("unreadLines", () => {
  for (const { name, logDriver, options, note } of rows) {
    it(`says where the lines are: ${name}`, () => {
      const logConfiguration = logDriver && { logDriver, ...(options ? { options } : {}) };
      const definition = {
        containerDefinitions: [{ name: "app", ...(logConfiguration ? { logConfiguration } : {}) }],
      };

      const said = unreadLines(definition, "app");

      assert.match(said, note);
      assert.ok(!said.includes(SECRET));
    });
  }

  it("says what to allow when the task definition could not be read", () => {
    assert.match(unreadLines(undefined, "app"), /could not be read; allow ecs:DescribeTaskDefinition/);
  });

  it("names the log group where there is one to name, and FireLens's output alone where nothing else tells", () => {
    const note = (logDriver: LogDriver, options: Record<string, string>) =>
      unreadLines(
        { containerDefinitions: [{ name: "app", logConfiguration: { logDriver, options } }] },
        "app",
      );

    assert.match(note("awslogs", {}), /^its stream in its log group is not known/);
    assert.equal(
      note("awsfirelens", { Name: "datadog", apikey: "x" }),
      "they go by awsfirelens to datadog; look there",
    );
  });
});
