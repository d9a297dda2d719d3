import assert from "node:assert/strict";
import { request, type IncomingMessage } from "node:http";
import { ECSServiceException, ListTasksCommand, RunTaskCommand } from "@aws-sdk/client-ecs";
import type { FaultPlan } from "../../src/api/index";
import { eventually } from "../support/eventually";
import { hasStopped, startLab, type Lab } from "../support/lab";

/** What of an answer has come so far. */
interface Arriving {
  readonly response: Promise<IncomingMessage>;
  text(): string;
  /** Settles when the answer is whole, or its connection is closed. */
  readonly end: Promise<"whole" | "closed">;
  leave(): void;
}

describe("an answer of the local ECS that stays away or is nobody's", function () {
  // Real processes: generous where the machine is busy, met at once where it is not.
  this.timeout(10_000);
  let lab: Lab;
  let taskDefinition: string;

  beforeEach(async () => {
    lab = await startLab();
    await lab.image("app:1", {}, { Cmd: ["node", "-e", "setInterval(() => {}, 1000)"] });
    taskDefinition = await lab.define([{ name: "app", image: "app:1", stopTimeout: 0 }]);
  });
  afterEach(async () => {
    await lab.close();
  });

  const plan = (faults: FaultPlan): void => {
    lab.local.faults.add(faults);
  };
  const started = async (): Promise<number> =>
    (await lab.ecs.send(new ListTasksCommand({ startedBy: "me" }))).taskArns!.length;
  const ask = (operation: string, input: object): Arriving => {
    let text = "";
    const sent = request(lab.local.url, {
      method: "POST",
      headers: { "x-amz-target": `AmazonEC2ContainerServiceV20141113.${operation}` },
    });
    const response = new Promise<IncomingMessage>((resolve, reject) => {
      sent.once("response", resolve).once("error", reject);
    });
    response.catch(() => undefined);
    const end = new Promise<"whole" | "closed">((resolve) => {
      sent.once("error", () => {
        resolve("closed");
      });
      sent.once("response", (message) => {
        message
          .on("data", (chunk: Buffer) => (text += chunk.toString()))
          .once("error", () => undefined)
          .once("close", () => {
            resolve(message.complete ? "whole" : "closed");
          });
      });
    });
    sent.end(JSON.stringify(input));
    return { response, text: () => text, end, leave: () => void sent.destroy() };
  };
  const run = (): Arriving => ask("RunTask", { taskDefinition, startedBy: "me" });
  /** Long enough for what must not happen. */
  const soon = (): Promise<"nothing"> => new Promise((resolve) => setTimeout(resolve, 100, "nothing"));
  const logged = (end: string) => eventually(() => lab.lines.some((line) => line.endsWith(end)));

  for (const [when, tasks] of [
    ["before", 0],
    ["after", 1],
  ] as const)
    it(`never comes, ${when} the operation acts, until the client gives up or the server is closed`, async () => {
      plan({ RunTask: [{ hang: when, times: 3 }] });
      const abortSignal = AbortSignal.timeout(200);
      await assert.rejects(
        lab.once.send(new RunTaskCommand({ taskDefinition, startedBy: "me" }), { abortSignal }),
        {
          name: "AbortError",
        },
      );
      const [first, second] = [run(), run()];
      await logged(`left without an answer ${when} it acted, by fault plan`);

      assert.equal(await Promise.race([first.response, second.response, soon()]), "nothing");
      assert.equal(await started(), tasks * 3);
      first.leave();
      const closed = lab.local.close();
      assert.deepEqual([await first.end, await second.end], ["closed", "closed"]);
      await closed;
    });

  it("comes by half, and stays away until the server is closed", async () => {
    plan({ RunTask: [{ pace: "half" }] });
    const half = run();
    const { statusCode, headers } = await half.response;
    const length = Number(headers["content-length"]);
    await eventually(() => half.text().length === Math.floor(length / 2));

    assert.deepEqual([statusCode, await Promise.race([half.end, soon()])], [200, "nothing"]);
    assert.match(half.text(), /^\{"tasks":\[\{/);
    assert.equal(await started(), 1);
    const closed = lab.local.close();
    assert.equal(await half.end, "closed");
    await closed;
  });

  it("drips, a byte a second of its own clock", async () => {
    plan({ ListTasks: [{ pace: "drip" }] });
    const dripping = ask("ListTasks", { startedBy: "nobody" });
    const { statusCode } = await dripping.response;
    assert.deepEqual([statusCode, dripping.text()], [200, ""]);

    const whole = '{"taskArns":[]}';
    for (let bytes = 1; bytes <= whole.length; bytes++) {
      // The server sleeps again a moment after it was woken: until it does, moving the clock wakes nobody.
      await eventually(() => {
        lab.local.advanceClock(1000);
        return dripping.text().length >= bytes;
      });
    }
    assert.deepEqual([await dripping.end, dripping.text()], ["whole", whole]);
  });

  it("that drips is cut off when the server is closed", async () => {
    plan({ ListTasks: [{ body: "<html>", status: 502, pace: "drip" }] });
    const dripping = ask("ListTasks", {});
    await dripping.response;

    const closed = lab.local.close();
    assert.equal(await dripping.end, "closed");
    await closed;
  });

  it("never comes to the agent, which sends its report again", async () => {
    plan({ SubmitTaskStateChange: [{ hang: "before" }] });
    const { taskArn } = await lab.run(await lab.define([{ name: "app", image: "app:1", command: ["true"] }]));
    await logged("left without an answer before it acted, by fault plan");
    assert.equal((await lab.until(taskArn, () => true)).lastStatus, "PENDING");

    lab.local.advanceClock(5000);
    await logged("Request aborted");
    lab.local.advanceClock(1000);
    await lab.until(taskArn, hasStopped);
  });

  it("never comes to the agent, and keeps nobody from closing the server", async () => {
    plan({ SubmitTaskStateChange: [{ hang: "after", times: "always" }] });
    await lab.run(taskDefinition);
    await logged("left without an answer after it acted, by fault plan");

    await lab.local.close();
  });

  /** As proxies and gateways write them. */
  const html = (title: string): string =>
    `<html><head><title>${title}</title></head><body></body></html>\r\n`;
  const strange = [
    { status: 408, body: "", seen: ECSServiceException },
    { status: 408, body: html("408 Request Time-out"), seen: SyntaxError },
    { status: 403, body: html("Access denied by proxy"), seen: SyntaxError },
    { status: 407, body: html("407 Proxy Authentication Required"), seen: SyntaxError },
    { status: 502, body: html("502 Bad Gateway"), seen: SyntaxError },
  ];
  for (const { status, body, seen } of strange)
    for (const acts of [false, true])
      it(`is ${JSON.stringify(body.slice(0, 30))} with ${status}, ${acts ? "although" : "and"} the operation has ${acts ? "" : "not "}acted`, async () => {
        plan({ RunTask: [{ status, body, acts }] });

        await assert.rejects(
          lab.once.send(new RunTaskCommand({ taskDefinition, startedBy: "me" })),
          (error) => {
            assert.ok(error instanceof seen, String(error));
            assert.equal((error as ECSServiceException).$metadata.httpStatusCode, status);
            return true;
          },
        );
        assert.equal(await started(), acts ? 1 : 0);
      });

  for (const body of ["", "{}"])
    for (const acts of [false, true])
      it(`is ${JSON.stringify(body)} with 200, ${acts ? "although" : "and"} the operation has ${acts ? "" : "not "}acted`, async () => {
        plan({ RunTask: [{ body, acts }] });
        const { tasks, failures, $metadata } = await lab.once.send(
          new RunTaskCommand({ taskDefinition, startedBy: "me" }),
        );

        assert.deepEqual([$metadata.httpStatusCode, tasks, failures], [200, undefined, undefined]);
        assert.equal(await started(), acts ? 1 : 0);
      });
});
