import assert from "node:assert/strict";
import {
  DescribeLogStreamsCommand,
  GetLogEventsCommand,
  type GetLogEventsCommandInput,
} from "@aws-sdk/client-cloudwatch-logs";
import { hasStopped, startLab, type Lab } from "../support/lab";

describe("the logs of a task on the local ECS", function () {
  // Real processes: generous where the machine is busy, met at once where it is not.
  this.timeout(10_000);
  let lab: Lab;
  let stream: string;

  before(async () => {
    lab = await startLab();
    await lab.image("talker:1", {
      "/main.js": `process.stdout.write("one\\ntwo\\r\\n"); process.stderr.write("thr\\u00e9e\\nlast, without an end");`,
    });
    const options = {
      "awslogs-group": "/app/logs",
      "awslogs-region": "us-east-1",
      "awslogs-stream-prefix": "run",
    };
    const { taskArn } = await lab.run(
      await lab.define([
        {
          name: "app",
          image: "talker:1",
          command: ["node", "/main.js"],
          logConfiguration: { logDriver: "awslogs", options },
        },
      ]),
    );
    await lab.until(taskArn, hasStopped);
    stream = `run/app/${taskArn.split("/").at(-1)!}`;
  });
  after(() => lab.close());

  const events = async (input: Partial<GetLogEventsCommandInput> = {}) => {
    const answer = await lab.logs.send(
      new GetLogEventsCommand({
        logGroupName: "/app/logs",
        logStreamName: stream,
        startFromHead: true,
        ...input,
      }),
    );
    return { ...answer, messages: answer.events!.map(({ message }) => message) };
  };

  it("hold every line of both outputs once the task has stopped", async () => {
    const { messages } = await events();

    assert.deepEqual([...messages].sort(), ["last, without an end", "one", "thr\u00e9e", "two"]);
  });

  it("are named after prefix, container and task", async () => {
    const { logStreams } = await lab.logs.send(
      new DescribeLogStreamsCommand({ logGroupName: "/app/logs", logStreamNamePrefix: "run/" }),
    );

    assert.deepEqual(
      logStreams!.map(({ logStreamName }) => logStreamName),
      [stream],
    );
    assert.ok(logStreams![0]!.lastEventTimestamp! >= logStreams![0]!.firstEventTimestamp!);
  });

  it("can be read page by page until the token stays the same", async () => {
    const pages = [];
    let nextToken: string | undefined;
    for (;;) {
      const { messages, nextForwardToken } = await events({ limit: 3, nextToken });
      if (nextForwardToken === nextToken) break;
      pages.push(messages.length);
      nextToken = nextForwardToken;
    }

    assert.deepEqual(pages, [3, 1]);
  });

  it("begin at their end when the head is not asked for", async () => {
    const all = (await events()).messages;
    const { messages, nextBackwardToken } = await events({ limit: 1, startFromHead: false });
    const before = await events({ limit: 3, nextToken: nextBackwardToken });

    assert.deepEqual([...before.messages, ...messages], all);
  });

  it("are not found where nothing was written", async () => {
    await assert.rejects(events({ logGroupName: "nowhere" }), {
      name: "ResourceNotFoundException",
      message: "The specified log group does not exist.",
    });
    await assert.rejects(events({ logStreamName: "nowhere" }), {
      name: "ResourceNotFoundException",
      message: "The specified log stream does not exist.",
    });
  });
});
