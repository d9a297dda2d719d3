import assert from "node:assert/strict";
import { request } from "node:http";
import { eventually } from "../support/eventually";
import { startLab, type Lab } from "../support/lab";

interface Answer {
  readonly status: number | undefined;
  readonly headers: NodeJS.Dict<string | string[]>;
  readonly body: Record<string, unknown>;
}

describe("the wire protocol of the local ECS", () => {
  let lab: Lab;
  before(async () => (lab = await startLab()));
  after(() => lab.close());

  const send = (operation: string, body: string, headers: Record<string, string> = {}): Promise<Answer> =>
    new Promise((resolve, reject) => {
      const target = { "x-amz-target": `AmazonEC2ContainerServiceV20141113.${operation}`, ...headers };
      request(lab.local.url, { method: "POST", headers: target }, (response) => {
        const chunks: Buffer[] = [];
        response
          .on("data", (chunk: Buffer) => chunks.push(chunk))
          .on("end", () => {
            const text = Buffer.concat(chunks).toString();
            resolve({
              status: response.statusCode,
              headers: response.headers,
              body: JSON.parse(text) as Record<string, unknown>,
            });
          });
      })
        .on("error", reject)
        .end(body);
    });

  it("answers in AWS JSON 1.1 with a request id", async () => {
    const { status, headers, body } = await send("ListClusters", "{}");

    assert.equal(status, 200);
    assert.equal(headers["content-type"], "application/x-amz-json-1.1");
    assert.match(String(headers["x-amzn-requestid"]), /^[0-9a-f-]{36}$/);
    assert.deepEqual(body, { clusterArns: ["arn:aws:ecs:us-east-1:123456789012:cluster/default"] });
  });

  it("sends points in time as seconds", async () => {
    const taskDefinition = { family: "f", memory: "64", containerDefinitions: [{ name: "a", image: "b" }] };
    const { body } = await send("RegisterTaskDefinition", JSON.stringify(taskDefinition));
    const { registeredAt } = body.taskDefinition as { registeredAt: number };

    assert.ok(Math.abs(registeredAt - Date.now() / 1000) < 60, String(registeredAt));
  });

  it("does not know an operation that it does not have, and says in its log which", async () => {
    const { status, body } = await send("CreateCapacityProvider", "{}");

    const message = "The local ECS does not know the operation CreateCapacityProvider.";
    assert.deepEqual([status, body], [400, { __type: "UnknownOperationException", message }]);
    assert.ok(
      lab.lines.some((line) => line.includes("AmazonEC2ContainerServiceV20141113.CreateCapacityProvider")),
    );
  });

  const malformed = [
    { name: "what is no JSON", body: "{" },
    { name: "a list instead of a structure", body: "[]" },
    { name: "a text where a number belongs", body: '{"taskDefinition":"a:1","count":"2"}' },
  ];
  for (const { name, body } of malformed)
    it(`cannot read ${name}`, async () => {
      const answer = await send("RunTask", body);

      assert.deepEqual([answer.status, answer.body.__type], [400, "SerializationException"]);
    });

  it("takes null as absent and ignores members it does not know", async () => {
    const { status } = await send("ListClusters", '{"maxResults":null,"newest":{"member":1}}');

    assert.equal(status, 200);
  });

  it("answers only requests that mean this machine", async () => {
    const { body } = await send("ListClusters", "{}", { host: "attacker.example" });

    assert.equal(body.__type, "AccessDeniedException");
  });

  it("does nothing that a web page of somebody else asks for", async () => {
    const foreign = await send("ListClusters", "{}", { origin: "https://attacker.example" });
    const own = await send("ListClusters", "{}", { origin: "http://localhost:3000" });

    assert.deepEqual([foreign.body.__type, own.status], ["AccessDeniedException", 200]);
  });

  it("answers a request that never ends once it is larger than any, and ends the connection", async () => {
    const answer = await new Promise<{ status: number | undefined; text: string }>((resolve, reject) => {
      const headers = { "x-amz-target": "AmazonEC2ContainerServiceV20141113.ListClusters" };
      const endless = request(lab.local.url, { method: "POST", headers }, (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.on("end", () => {
          clearInterval(timer);
          resolve({ status: response.statusCode, text: Buffer.concat(chunks).toString() });
        });
      });
      const timer = setInterval(() => endless.write(Buffer.alloc(256 * 1024, " ")), 1);
      // The rest of it meets a closed connection.
      endless.on("error", (error: NodeJS.ErrnoException) => {
        clearInterval(timer);
        if (error.code !== "EPIPE" && error.code !== "ECONNRESET") reject(error);
      });
    });

    assert.equal(answer.status, 400);
    assert.match(answer.text, /SerializationException/);
  });

  it("logs of a client that went away that it did", async () => {
    await new Promise<void>((resolve) => {
      const headers = {
        "x-amz-target": "AmazonEC2ContainerServiceV20141113.ListClusters",
        "content-length": 100,
      };
      const gone = request(lab.local.url, { method: "POST", headers });
      gone.on("error", () => undefined);
      gone.write("{", () => {
        setTimeout(() => {
          gone.destroy();
          resolve();
        }, 50);
      });
    });

    await eventually(() =>
      lab.lines.some((line) => /^ListClusters - \d+ ms the client has gone$/.test(line)),
    );
    assert.ok(!lab.lines.some((line) => line.includes(" 500 ")));
  });

  it("logs requests without their content", async () => {
    await send("RunTask", '{"taskDefinition":"hidden-value"}');

    assert.ok(lab.lines.some((line) => /^RunTask 400 \d+ ms ClientException$/.test(line)));
    assert.ok(!lab.lines.some((line) => line.includes("hidden-value")));
  });
});
