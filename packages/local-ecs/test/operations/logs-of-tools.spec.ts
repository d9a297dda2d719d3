import assert from "node:assert/strict";
import {
  CreateLogGroupCommand,
  DescribeLogGroupsCommand,
  DescribeLogStreamsCommand,
  FilterLogEventsCommand,
  paginateFilterLogEvents,
} from "@aws-sdk/client-cloudwatch-logs";
import { hasStopped, startLab, type Lab } from "../support/lab";

const GROUP = "/ecs/shop";

describe("the logs of tasks, as `aws logs tail` and consoles ask for them,", function () {
  this.timeout(20_000);
  let lab: Lab;

  before(async () => {
    lab = await startLab();
    await lab.image("app:1", { "/say.js": "for (const line of process.argv.slice(2)) console.log(line)" });
    for (const [prefix, ...lines] of [
      ["one", "a first", "an ERROR here", "a last"],
      ["two", "b first", "WARN and ERROR"],
    ]) {
      const options = {
        "awslogs-group": GROUP,
        "awslogs-region": "us-east-1",
        "awslogs-stream-prefix": prefix!,
      };
      const container = {
        name: "app",
        image: "app:1",
        command: ["node", "/say.js", ...lines],
        logConfiguration: { logDriver: "awslogs" as const, options },
      };
      const { taskArn } = await lab.run(await lab.define([container]));
      await lab.until(taskArn, hasStopped);
    }
  });
  after(() => lab.close());

  async function messages(input: Partial<FilterLogEventsCommand["input"]> = {}): Promise<readonly string[]> {
    const { events = [] } = await lab.logs.send(
      new FilterLogEventsCommand({ logGroupName: GROUP, ...input }),
    );
    return events.map(({ message = "" }) => message);
  }

  it("come from all streams of a group, by time", async () => {
    assert.deepEqual(await messages(), ["a first", "an ERROR here", "a last", "b first", "WARN and ERROR"]);
    assert.deepEqual(await messages({ logStreamNamePrefix: "two/" }), ["b first", "WARN and ERROR"]);
  });

  it("have ids of their own, and come page by page", async () => {
    const ids: (string | undefined)[] = [];
    const pages = paginateFilterLogEvents({ client: lab.logs, pageSize: 2 }, { logGroupName: GROUP });
    for await (const { events = [] } of pages) ids.push(...events.map(({ eventId }) => eventId));

    assert.deepEqual([ids.length, new Set(ids).size], [5, 5]);
  });

  for (const [filterPattern, expected] of [
    ["ERROR", ["an ERROR here", "WARN and ERROR"]],
    ["ERROR WARN", ["WARN and ERROR"]],
    ["?first ?last", ["a first", "a last", "b first"]],
    ["ERROR -WARN", ["an ERROR here"]],
    ['"ERROR here"', ["an ERROR here"]],
    ["error", []],
  ] as const)
    it(`are filtered by ${filterPattern}`, async () => {
      assert.deepEqual(await messages({ filterPattern }), expected);
    });

  it("are not filtered by what is not known, but refused", async () => {
    await assert.rejects(messages({ filterPattern: '{ $.level = "x" }' }), {
      name: "InvalidParameterException",
      message: /knows filter patterns of terms only/,
    });
    await assert.rejects(messages({ logGroupName: "none" }), { name: "ResourceNotFoundException" });
  });

  it("are in groups that are listed, and can be made before", async () => {
    await lab.logs.send(new CreateLogGroupCommand({ logGroupName: "/ecs/empty" }));
    await assert.rejects(lab.logs.send(new CreateLogGroupCommand({ logGroupName: GROUP })), {
      name: "ResourceAlreadyExistsException",
    });
    const { logGroups = [] } = await lab.logs.send(
      new DescribeLogGroupsCommand({ logGroupNamePrefix: "/ecs/" }),
    );
    const empty = await lab.logs.send(new DescribeLogStreamsCommand({ logGroupName: "/ecs/empty" }));

    assert.deepEqual(
      logGroups.map(({ logGroupName }) => logGroupName),
      ["/ecs/empty", GROUP],
    );
    assert.equal(logGroups[1]?.arn, `arn:aws:logs:us-east-1:123456789012:log-group:${GROUP}:*`);
    assert.deepEqual(empty.logStreams, []);
  });
});
