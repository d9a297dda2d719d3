import assert from "node:assert/strict";
import type { ContainerDefinition, LogConfiguration } from "@aws-sdk/client-ecs";
import { initErrorOf, startMigrations, stopMigrations, type Migrations } from "../support/migrations";
import { newResource } from "../support/resource";

const SECRET = "B5A79AAD-D822-46CC-80D1-819F80D7BFB0";

interface Driver {
  readonly logging: LogConfiguration;
  readonly note: string;
  readonly beside: readonly ContainerDefinition[];
  /** What is said of the containers beside it. */
  readonly noteBeside: string;
}

/** Without it ECS refuses awsfirelens. */
const ROUTER: ContainerDefinition = {
  name: "router",
  image: "shop/migrate:1",
  command: ["exit", "0"],
  essential: false,
  firelensConfiguration: { type: "fluentbit" },
};

const DRIVERS: readonly Driver[] = [
  {
    beside: [ROUTER],
    noteBeside:
      "; router: its task definition names no log driver; use awslogs with awslogs-stream-prefix to see them here",
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
    beside: [],
    noteBeside: "",
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

  async function failing(containers: readonly ContainerDefinition[], showLogs: "ON_FAILURE" | "STREAM") {
    const taskDefinition = await m.lab.define(containers, "elsewhere");
    const inputs = newResource(m).inputs(["exit", "3"], { taskDefinition, showLogs });
    const error = await initErrorOf(m.host.create(inputs));
    const shown = m.host.lines.filter(({ ephemeral }) => !ephemeral).map(({ text }) => text);
    assert.ok(!JSON.stringify([error.message, error.properties, m.host.lines]).includes(SECRET));
    const [what, lines, remedy] = error.message.split("\n");
    assert.match(what ?? "", /^Task [0-9a-f]{32} failed: container "app" exited with code 3$/);
    assert.match(remedy ?? "", /^ {2}What to do \(CONTAINER_FAILED\): /);
    return { lines, shown, logs: error.properties.logs };
  }

  const app = (logConfiguration: LogConfiguration) => ({
    name: "app",
    image: "shop/migrate:1",
    logConfiguration,
  });

  for (const { logging, note, beside, noteBeside } of DRIVERS) {
    const driver = String(logging.logDriver);
    it(`says of ${driver} where they are in the error, and no value that may be secret`, async () => {
      const failure = await failing([app(logging), ...beside], "ON_FAILURE");

      assert.deepStrictEqual(failure, {
        lines: `  no log lines of container "app": ${note}`,
        shown: [],
        logs: {},
      });
    });

    it(`says so of ${driver} with STREAM as soon as it runs, too`, async () => {
      const { lines, shown } = await failing([app(logging), ...beside], "STREAM");

      assert.deepStrictEqual(shown, [`no log lines can be shown: app: ${note}${noteBeside}`]);
      assert.equal(lines, `  no log lines of container "app": ${note}`);
    });
  }

  it("says so with STREAM also when another container's lines were shown", async () => {
    const [{ logging, note, beside } = DRIVERS[0]!] = DRIVERS;
    const options = {
      "awslogs-group": "/shop",
      "awslogs-region": "us-east-1",
      "awslogs-stream-prefix": "side",
    };
    const side: ContainerDefinition = {
      name: "side",
      image: "shop/migrate:1",
      command: ["exit", "0"],
      essential: false,
      logConfiguration: { logDriver: "awslogs", options },
    };
    const after = [{ containerName: "side", condition: "COMPLETE" as const }];

    const containers = [{ ...app(logging), dependsOn: after }, side, ...beside];
    const { lines, shown } = await failing(containers, "STREAM");

    assert.deepStrictEqual(shown, ["side | migrating nothing"]);
    assert.equal(lines, `  no log lines of container "app": ${note}`);
  });
});
