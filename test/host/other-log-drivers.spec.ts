import assert from "node:assert/strict";
import type { ContainerDefinition, LogConfiguration } from "@aws-sdk/client-ecs";
import { initErrorOf, startMigrations, stopMigrations, type Migrations } from "../support/migrations";
import { newResource } from "../support/resource";

const SECRET = "B5A79AAD-D822-46CC-80D1-819F80D7BFB0";

const DRIVERS: readonly { readonly logging: LogConfiguration; readonly note: string }[] = [
  {
    logging: {
      logDriver: "awsfirelens",
      options: {
        Name: "cloudwatch_logs",
        region: "eu-west-1",
        log_group_name: "/shop",
        log_stream_prefix: "app-",
        api_key: SECRET,
      },
    },
    note: "they go by awsfirelens to CloudWatch Logs (log_group_name /shop, log_stream_prefix app-, region eu-west-1); look there",
  },
  {
    logging: {
      logDriver: "splunk",
      options: { "splunk-token": SECRET, "splunk-url": `https://x:${SECRET}@splunk.example.com` },
    },
    note: "they go by splunk; look there",
  },
];

/** The lines of these containers are elsewhere; the outcome never depends on them. */
describe("a task whose lines cannot be read back", () => {
  let m: Migrations;

  before(async () => {
    m = await startMigrations();
  });

  afterEach(() => {
    m.host.lines.length = 0;
  });

  after(() => stopMigrations(m));

  async function failing(logConfiguration: LogConfiguration, showLogs: "ON_FAILURE" | "STREAM") {
    const app: ContainerDefinition = { name: "app", image: "shop/migrate:1", logConfiguration };
    const taskDefinition = await m.lab.define([app], "elsewhere");
    const inputs = newResource(m).inputs(["exit", "3"], { taskDefinition, showLogs });
    const error = await initErrorOf(m.host.create(inputs));
    const shown = m.host.lines.filter(({ ephemeral }) => !ephemeral).map(({ text }) => text);
    assert.ok(!JSON.stringify([error.message, error.properties, m.host.lines]).includes(SECRET));
    return { error, shown };
  }

  for (const { logging, note } of DRIVERS) {
    it(`says of ${String(logging.logDriver)} where they are in the error, and no value that may be secret`, async () => {
      const { error, shown } = await failing(logging, "ON_FAILURE");

      const [what, lines, remedy] = error.message.split("\n");
      assert.match(what ?? "", /^Task [0-9a-f]{32} failed: container "app" exited with code 3$/);
      assert.equal(lines, `  no log lines of container "app": ${note}`);
      assert.match(remedy ?? "", /^ {2}What to do \(CONTAINER_FAILED\): /);
      assert.deepStrictEqual([error.properties.logs, shown], [{}, []]);
    });

    it(`says so of ${String(logging.logDriver)} once with STREAM, and the task is judged all the same`, async () => {
      const { error, shown } = await failing(logging, "STREAM");

      assert.deepStrictEqual(shown, [`no log lines can be shown: app: ${note}`]);
      assert.match(error.message, /^Task [0-9a-f]{32} failed: container "app" exited with code 3\n/);
      assert.doesNotMatch(error.message, /log lines/);
    });
  }
});
