import assert from "node:assert/strict";
import type { IncomingMessage } from "node:http";
import { mock } from "node:test";
import { HttpRequest } from "@smithy/core/protocols";
import type { AwsSettings } from "../../src/aws/connect/client-config";
import { EcsApiError } from "../../src/aws/ecs-gateway";
import { LimitedRequestHandler } from "../../src/aws/connect/request-handler";
import { SdkEcsGateway } from "../../src/aws/sdk-ecs-gateway";
import { SdkLogGateway } from "../../src/aws/sdk-log-gateway";
import { EcrRegistry } from "../../src/registry/ecr-registry";
import { OciRegistry } from "../../src/registry/oci-registry";
import { eventually } from "../support/eventually";
import { answering, dripping, half, silent, UnhelpfulServer } from "../support/unhelpful-server";

/** A busy machine connects late, and is not what is tested. */
const SOON = { connectMs: 5000, silenceMs: 150, totalMs: 250 };
const PATIENT = { connectMs: 5000, silenceMs: 5000, totalMs: 10_000 };
const KEYS = { accessKeyId: "AK", secretAccessKey: "SK" };

const behaviours = { "never answers": silent, "sends half a body": half, "drips its body": dripping };

describe("a request to a server that is of no help", () => {
  let server: UnhelpfulServer;

  beforeEach(async () => {
    server = await UnhelpfulServer.start(silent);
  });

  afterEach(() => server.close());

  const settings = (others: Partial<AwsSettings> = {}): AwsSettings => {
    const url = `http://${server.host}`;
    return {
      region: "us-east-1",
      credentials: KEYS,
      ecsEndpoint: url,
      logsEndpoint: url,
      stsEndpoint: url,
      ecrEndpoint: url,
      maxAttempts: 2,
      limits: { request: SOON, credentialsMs: 20_000 },
      ...others,
    };
  };

  const failure = async (call: Promise<unknown>) => {
    const error = await call.then(
      () => assert.fail("was answered"),
      (thrown: unknown) => thrown,
    );
    assert.ok(error instanceof Error);
    return error as Error & Partial<EcsApiError>;
  };

  for (const [what, behaviour] of Object.entries(behaviours)) {
    it(`is tried again and given up when it ${what}`, async () => {
      server.behaviour = behaviour;

      const error = await failure(new SdkEcsGateway(settings()).describeTasks("c", ["t"]));

      assert.deepStrictEqual([error.kind, error.code], ["broken", "TimeoutError"]);
      await eventually(() => server.connections === 2);
      assert.doesNotMatch(error.message, /\n|Deserialization/);
      await eventually(() => server.open === 0);
    });

    it(`is sent once when it launches, and it ${what}`, async () => {
      server.behaviour = behaviour;

      const error = await failure(new SdkEcsGateway(settings()).runTask({ taskDefinition: "t" }, "token"));

      assert.deepStrictEqual([error.kind, error.code], ["broken", "TimeoutError"]);
      await eventually(() => server.connections === 1);
    });

    it(`reads no lines when it ${what}`, async () => {
      server.behaviour = behaviour;
      const target = { region: "us-east-1", logGroup: "g", logStream: "s", consoleUrl: "" };

      const error = await failure(new SdkLogGateway(settings()).lastLines(target, 1));

      assert.deepStrictEqual([error.kind, error.code], ["broken", "TimeoutError"]);
    });

    it(`names the role when STS ${what}`, async () => {
      server.behaviour = behaviour;
      const roleArn = "arn:aws:iam::123456789012:role/deploy";

      const ecs = new SdkEcsGateway(settings({ assumeRoles: [{ roleArn }] }));
      const error = await failure(ecs.describeTasks("c", ["t"]));

      assert.deepStrictEqual([error.kind, error.code], ["unreachable", "CredentialsUnavailableError"]);
      assert.match(
        error.message,
        /asked for credentials: STS, for the role arn:aws:iam::123456789012:role\/deploy; /,
      );
    });

    it(`gets no manifest when a registry ${what}`, async () => {
      server.behaviour = behaviour;
      const registry = new OciRegistry(() => Promise.resolve(undefined), new LimitedRequestHandler(SOON));

      const error = await failure(registry.manifest({ registry: server.host, path: "app" }, "sha256:1"));

      assert.equal(error.kind, "broken");
      assert.match(error.message, new RegExp(`^${server.host} did not answer: `));
    });
  }

  it("ends when ECR never answers", async () => {
    const registry = "123456789012.dkr.ecr.us-east-1.amazonaws.com";

    const error = await failure(new EcrRegistry(settings()).manifest({ registry, path: "app" }, "sha256:1"));

    assert.equal(error.kind, "broken");
  });

  it("ends when a registry's token service never answers", async () => {
    const realm = `Bearer realm="http://${server.host}/token"`;
    server.behaviour = (socket) => {
      answering(401, "", { "www-authenticate": realm })(socket);
      server.behaviour = silent;
    };
    const registry = new OciRegistry(() => Promise.resolve(undefined), new LimitedRequestHandler(SOON));

    const error = await failure(registry.manifest({ registry: server.host, path: "app" }, "sha256:1"));

    assert.equal(error.kind, "broken");
    await eventually(() => server.connections === 2);
  });

  it("ends when the server never answers the TLS handshake", async () => {
    const ecs = new SdkEcsGateway(settings({ ecsEndpoint: `https://${server.host}` }));

    const error = await failure(ecs.describeTasks("c", ["t"]));

    assert.deepStrictEqual([error.kind, error.code], ["broken", "TimeoutError"]);
    await eventually(() => server.connections === 2);
  });

  it("is not given up while it makes progress within the limits", async () => {
    const body = `{"tasks":[],"failures":[{"reason":"MISSING"}]}`;
    server.behaviour = (socket) => setTimeout(answering(200, body), 30, socket);

    const limits = { request: PATIENT, credentialsMs: 20_000 };
    const answer = await new SdkEcsGateway(settings({ limits })).describeTasks("c", ["t"]);

    assert.deepStrictEqual(answer.failures, [{ reason: "MISSING" }]);
  });

  it("takes ten seconds at most where nobody says another limit", async () => {
    server.behaviour = dripping;
    const [hostname = "", port] = server.host.split(":");
    mock.timers.enable({ apis: ["setTimeout"] });
    try {
      const request = new HttpRequest({ protocol: "http:", hostname, port: Number(port), path: "/" });
      const { response } = await new LimitedRequestHandler().handle(request);
      const body = response.body as IncomingMessage;
      const end = new Promise((resolve) => body.once("close", resolve));

      mock.timers.tick(9999);
      assert.equal(body.destroyed, false);
      mock.timers.tick(1);

      await end;
      assert.equal(body.errored?.message, "no whole answer within 10 s");
    } finally {
      mock.timers.reset();
    }
  });
});

describe("an answer that is not one of ECS", () => {
  let server: UnhelpfulServer;

  beforeEach(async () => {
    server = await UnhelpfulServer.start(silent);
  });

  afterEach(() => server.close());

  const PAGE = "<html><body><h1>Blocked</h1></body></html>";

  const answerOf = async (call: (ecs: SdkEcsGateway) => Promise<unknown>): Promise<string> => {
    const ecs = new SdkEcsGateway({
      region: "us-east-1",
      credentials: KEYS,
      ecsEndpoint: `http://${server.host}`,
      maxAttempts: 1,
    });
    return call(ecs).then(
      () => "answered",
      (error: unknown) => (error instanceof EcsApiError ? `${error.kind}, ${error.code}` : "not classified"),
    );
  };

  const runTask = (ecs: SdkEcsGateway) => ecs.runTask({ taskDefinition: "app:1" }, "token");

  for (const status of [302, 400, 403, 404, 407, 408, 413, 425]) {
    for (const [what, body] of [
      ["a page", PAGE],
      ["nothing", ""],
      ["JSON without a type", '{"message":"Forbidden"}'],
    ] as const) {
      it(`leaves open what happened: HTTP ${status} with ${what}`, async () => {
        server.behaviour = answering(status, body);

        assert.equal(await answerOf(runTask), `broken, HTTP ${status}`);
      });
    }
  }

  for (const body of ["", "{}", "null", '{"tasks":[],"failures":[]}', '{"tasks":"x"}']) {
    it(`leaves open what a launch did: HTTP 200 with ${body || "nothing"}`, async () => {
      server.behaviour = answering(200, body);

      assert.equal(await answerOf(runTask), "broken, EmptyAnswer");
      assert.equal(
        await answerOf((ecs) => ecs.startTask({ taskDefinition: "app:1", containerInstances: ["i"] })),
        "broken, EmptyAnswer",
      );
    });
  }

  it("does not make a task missing", async () => {
    server.behaviour = answering(200, "{}");
    assert.equal(await answerOf((ecs) => ecs.describeTasks("c", ["t"])), "broken, EmptyAnswer");

    server.behaviour = answering(200, '{"tasks":[],"failures":[]}');
    assert.equal(await answerOf((ecs) => ecs.describeTasks("c", ["t"])), "answered");
  });

  it("is told from one that is, by its type", async () => {
    const typed = (type: string) => `{"__type":"${type}","message":"no"}`;

    server.behaviour = answering(400, typed("ClientException"));
    assert.equal(await answerOf(runTask), "rejected, ClientException");
    server.behaviour = answering(403, typed("AccessDeniedException"));
    assert.equal(await answerOf(runTask), "denied, AccessDeniedException");
    server.behaviour = answering(400, "", { "x-amzn-errortype": "ClusterNotFoundException" });
    assert.equal(await answerOf(runTask), "notFound, ClusterNotFoundException");
    server.behaviour = answering(429, PAGE);
    assert.match(await answerOf(runTask), /^throttled, /);
  });
});
