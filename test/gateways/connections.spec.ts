import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { rootCertificates } from "node:tls";
import { promisify } from "node:util";
import type { AwsSettings } from "../../src/aws/connect/client-config";
import { connections } from "../../src/aws/connect/connections";
import type { EcsApiError } from "../../src/aws/ecs-gateway";
import { LimitedRequestHandler } from "../../src/aws/connect/request-handler";
import { SdkEcsGateway } from "../../src/aws/sdk-ecs-gateway";
import { SdkLogGateway } from "../../src/aws/sdk-log-gateway";
import { EcrRegistry } from "../../src/registry/ecr-registry";
import { dockerCredentials } from "../../src/registry/docker-credentials";
import { OciRegistry } from "../../src/registry/oci-registry";
import { Registries } from "../../src/registry/registries";
import { CountingProxy } from "../support/counting-proxy";
import { CA_FILE, TlsServer } from "../support/tls-server";

const FAR = "https://ecs.example.test";
const NODE_KNOWS = /^(22\.(2[1-9]|[3-9]\d)|24\.([5-9]|\d\d)|2[5-9]|[3-9]\d)\./.test(process.versions.node);
const HANDLER = join(__dirname, "../../src/aws/connect/request-handler.ts");
const TS_NODE = require.resolve("ts-node/register/transpile-only");
const target = { region: "us-east-1", logGroup: "g", logStream: "s", consoleUrl: "" };

describe("a connection", () => {
  let folder: string;
  let environment: NodeJS.ProcessEnv;
  let proxy: CountingProxy;
  let server: TlsServer;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "connections-"));
    environment = process.env;
  });

  beforeEach(async () => {
    server = await TlsServer.start();
    proxy = await CountingProxy.start(server);
    const others = Object.entries(environment).filter(
      ([name]) => !/^AWS_|_proxy$|^NODE_EXTRA_CA_CERTS$/i.test(name),
    );
    process.env = {
      ...Object.fromEntries(others),
      AWS_CONFIG_FILE: join(folder, "no-config"),
      AWS_SHARED_CREDENTIALS_FILE: join(folder, "credentials"),
    };
  });

  afterEach(async () => {
    process.env = environment;
    await Promise.all([proxy.close(), server.close()]);
  });

  after(() => rm(folder, { recursive: true }));

  /** In a file of its own: the SDK reads each one once. */
  const writeProfiles = async (name: string, profiles: string): Promise<void> => {
    process.env.AWS_CONFIG_FILE = join(folder, name);
    await writeFile(process.env.AWS_CONFIG_FILE, profiles);
  };

  const settings = (others: Partial<AwsSettings> = {}): AwsSettings => ({
    region: "us-east-1",
    credentials: { accessKeyId: "AK", secretAccessKey: "SK" },
    ecsEndpoint: FAR,
    logsEndpoint: "https://logs.example.test",
    stsEndpoint: "https://sts.example.test",
    ecrEndpoint: "https://ecr.example.test",
    maxAttempts: 2,
    ...others,
  });

  const ask = (others: Partial<AwsSettings> = {}) =>
    new SdkEcsGateway(settings(others)).describeTasks("c", ["t"]);

  const failureOf = async (call: Promise<unknown>) => {
    const error: unknown = await call.then(
      () => assert.fail("was answered"),
      (thrown: unknown) => thrown,
    );
    assert.ok(error instanceof Error);
    return error as Error & Pick<EcsApiError, "kind" | "code" | "isPassing">;
  };

  describe("with a proxy in the environment", () => {
    beforeEach(function () {
      if (!NODE_KNOWS) this.skip();
      process.env.HTTPS_PROXY = `http://${proxy.host}`;
      process.env.HTTP_PROXY = `http://${proxy.host}`;
      process.env.AWS_CA_BUNDLE = CA_FILE;
    });

    it("of ECS goes through it", async () => {
      const answer = await ask();

      assert.deepStrictEqual(answer.failures, [{ reason: "MISSING" }]);
      assert.deepStrictEqual(proxy.asked, ["CONNECT ecs.example.test:443"]);
      assert.deepStrictEqual(
        server.requests.map(({ headers }) => headers.host),
        ["ecs.example.test"],
      );
    });

    it("is made once for many calls", async () => {
      const ecs = new SdkEcsGateway(settings());
      await ecs.describeTasks("c", ["t"]);
      await ecs.describeTasks("c", ["t"]);

      assert.deepStrictEqual([proxy.asked.length, server.requests.length], [1, 2]);
    });

    it("without TLS goes through it, with the whole URL", async () => {
      await ask({ ecsEndpoint: "http://ecs.example.test" });

      assert.deepStrictEqual(proxy.asked, ["POST http://ecs.example.test/"]);
    });

    it("carries the user and the password of the proxy, and no others see them", async () => {
      process.env.HTTPS_PROXY = `http://me:secret@${proxy.host}`;

      await ask();

      assert.deepStrictEqual(proxy.asked, ["CONNECT ecs.example.test:443 as me:secret"]);
      assert.ok(!JSON.stringify(server.requests[0]!.headers).includes("proxy-authorization"));
    });

    it("of CloudWatch Logs, STS, ECR and other registries goes through it", async () => {
      await new SdkLogGateway(settings()).lastLines(target, 1);
      await failureOf(ask({ assumeRoles: [{ roleArn: "arn:aws:iam::123456789012:role/deploy" }] }));
      const registry = "123456789012.dkr.ecr.us-east-1.amazonaws.com";
      await new EcrRegistry(settings()).manifest({ registry, path: "app" }, "sha256:1");
      await failureOf(
        new Registries(settings()).manifest({ registry: "ghcr.example.test", path: "app" }, "sha256:1"),
      );

      assert.deepStrictEqual(
        [...new Set(proxy.asked)],
        ["logs", "sts", "ecr", "ghcr"].map((host) => `CONNECT ${host}.example.test:443`),
      );
    });

    it("for a role of the profile goes through it", async () => {
      const profiles = `[profile deploy]
role_arn = arn:aws:iam::123456789012:role/deploy
source_profile = keys
[profile keys]
aws_access_key_id = AK
aws_secret_access_key = SK
`;
      await writeProfiles("role", profiles);
      process.env.AWS_ENDPOINT_URL_STS = "https://sts.example.test";

      await failureOf(ask({ profile: "deploy", credentials: undefined }));

      assert.match(proxy.asked.join(), /^CONNECT sts\.(example\.test|us-east-1\.amazonaws\.com):443/);
    });

    it("of a registry that sends elsewhere without TLS is not followed", async () => {
      server.answer = (_, response) => {
        response.writeHead(302, { location: "http://127.0.0.1:1/" }).end();
      };
      const repository = { registry: "ghcr.example.test", path: "app" };

      const error = await failureOf(new Registries(settings()).manifest(repository, "sha256:1"));

      assert.equal(error.message, "ghcr.example.test sends elsewhere without TLS, to 127.0.0.1:1");
    });

    it("to this machine does not go through it", async () => {
      for (const host of ["localhost", "127.0.0.1"])
        await ask({ ecsEndpoint: `https://${host}:${server.port}` });

      assert.deepStrictEqual([proxy.asked, server.requests.length], [[], 2]);
    });

    it("for credentials of a container does not go through it", async () => {
      const http = createServer((_, response) => {
        response.end(
          `{"AccessKeyId":"AK","SecretAccessKey":"SK","Token":"T","Expiration":"2999-01-01T00:00:00Z"}`,
        );
      }).listen(0, "127.0.0.1");
      await new Promise((resolve) => http.once("listening", resolve));
      process.env.AWS_CONTAINER_CREDENTIALS_FULL_URI = `http://127.0.0.1:${(http.address() as AddressInfo).port}/`;

      try {
        await ask({ credentials: undefined });
      } finally {
        http.close();
      }
      assert.deepStrictEqual(proxy.asked, ["CONNECT ecs.example.test:443"]);
    });

    it("to a host of NO_PROXY does not go through it", async () => {
      process.env.NO_PROXY = "example.test";

      const error = await failureOf(ask());

      assert.deepStrictEqual(proxy.asked, []);
      assert.match(error.message, /ENOTFOUND|EAI_AGAIN/);
      assert.doesNotMatch(error.message, /proxy/);
    });

    it("that the proxy does not take says so, and can be tried again", async () => {
      process.env.HTTPS_PROXY = "http://me:secret@127.0.0.1:1";

      const error = await failureOf(ask({ maxAttempts: 1 }));

      assert.deepStrictEqual(
        [error.kind, error.message],
        ["unreachable", "connect ECONNREFUSED 127.0.0.1:1, by the proxy of HTTPS_PROXY (127.0.0.1:1)"],
      );
    });

    for (const [status, kind] of [
      ["407 Proxy Authentication Required", "misconfigured"],
      ["403 Forbidden", "misconfigured"],
      ["503 Service Unavailable", "unreachable"],
    ] as const) {
      it(`that the proxy refuses with ${status} is ${kind}`, async () => {
        process.env.HTTPS_PROXY = `http://me:secret@${proxy.host}`;
        proxy.refuses = status;

        const error = await failureOf(ask({ maxAttempts: 1 }));

        assert.deepStrictEqual(
          [error.kind, error.code],
          [kind, kind === "misconfigured" ? "ERR_PROXY_TUNNEL" : "ConnectionError"],
        );
        assert.match(error.message, new RegExp(status));
        assert.doesNotMatch(error.message, /secret/);
      });
    }

    it("is no connection at all where the variable names no proxy", async () => {
      process.env.HTTPS_PROXY = "socks5://me:secret@127.0.0.1:1080";

      const error = await failureOf(ask());

      assert.deepStrictEqual(
        [error.kind, error.code, error.message],
        [
          "misconfigured",
          "InvalidConfiguration",
          "HTTPS_PROXY names a proxy of the kind socks5://, and Node.js knows http:// and https:// only",
        ],
      );
    });
  });

  it("says which Node.js can use the proxy, where this one cannot", async () => {
    const variables = { HTTPS_PROXY: "http://proxy:3128", NO_PROXY: "excepted.test" };
    const of = (hostname: string) => ({ hostname, port: "", protocol: "https:" });
    for (const nodeVersion of ["20.19.1", "22.20.0", "23.11.0", "24.4.1"]) {
      const { isDirect, note } = await connections({ environment: variables, nodeVersion });

      assert.equal(isDirect(of("ecs.test")), true);
      const words = `, without the proxy of HTTPS_PROXY, which Node.js ${nodeVersion} cannot use (22.21 and 24.5 can)`;
      assert.deepStrictEqual([note(of("ecs.test")), note(of("excepted.test"))], [words, ""]);
    }
    for (const nodeVersion of ["22.21.0", "24.5.0", "25.0.0", "26.1.0"]) {
      const { isDirect } = await connections({ environment: variables, nodeVersion });

      assert.deepStrictEqual([isDirect(of("ecs.test")), isDirect(of("excepted.test"))], [false, true]);
    }
  });

  it("adds that sentence to the error of a host that cannot be reached", async () => {
    const messageWith = async (variable: string): Promise<string> => {
      const handler = new LimitedRequestHandler(undefined, {
        environment: { [variable]: "http://proxy:3128" },
        nodeVersion: "22.20.0",
      });
      const registry = new OciRegistry(() => Promise.resolve(undefined), handler);
      const far = { registry: "far.example.test", path: "app" };
      return (await failureOf(registry.manifest(far, "sha256:1"))).message;
    };

    assert.match(
      await messageWith("HTTPS_PROXY"),
      /, without the proxy of HTTPS_PROXY, which Node\.js 22\.20\.0/,
    );
    // A registry is asked over TLS, of which HTTP_PROXY says nothing.
    assert.doesNotMatch(await messageWith("HTTP_PROXY"), /proxy/);
  });

  describe("to a server whose authority Node.js does not know", () => {
    const here = () => ({ ecsEndpoint: `https://localhost:${server.port}` });

    it("is refused at once", async () => {
      const error = await failureOf(ask(here()));

      assert.deepStrictEqual(
        [error.kind, error.code, error.isPassing],
        ["misconfigured", "UNABLE_TO_VERIFY_LEAF_SIGNATURE", false],
      );
    });

    it("is made with its certificate in AWS_CA_BUNDLE", async () => {
      process.env.AWS_CA_BUNDLE = CA_FILE;

      assert.deepStrictEqual((await ask(here())).failures, [{ reason: "MISSING" }]);
    });

    it("is made with the profile's ca_bundle, the named one's before the environment's", async () => {
      await writeProfiles(
        "bundles",
        `[default]\nca_bundle = /nowhere\n[profile corp]\nca_bundle = ${CA_FILE}\n`,
      );

      assert.deepStrictEqual((await ask({ ...here(), profile: "corp" })).failures, [{ reason: "MISSING" }]);
      process.env.AWS_PROFILE = "corp";
      assert.deepStrictEqual((await ask(here())).failures, [{ reason: "MISSING" }]);
      process.env.AWS_PROFILE = "";
      assert.match((await failureOf(ask(here()))).message, /^ca_bundle of profile "default" names \/nowhere/);
    });

    it("still trusts what Node.js trusts by itself, and NODE_EXTRA_CA_CERTS names", async () => {
      const other = join(folder, "other.pem");
      await writeFile(other, rootCertificates[0]!);
      const program = `
        const { LimitedRequestHandler } = require(${JSON.stringify(HANDLER)});
        new LimitedRequestHandler()
          .handle({ protocol: "https:", hostname: "localhost", port: ${server.port}, path: "/", method: "GET", headers: {} })
          .then(({ response }) => response.body.resume().on("end", () => console.log(response.statusCode)));
      `;
      const env = { ...process.env, AWS_CA_BUNDLE: other, NODE_EXTRA_CA_CERTS: CA_FILE };

      const { stdout } = await promisify(execFile)(process.execPath, ["-r", TS_NODE, "-e", program], { env });

      assert.equal(stdout, "200\n");
    });

    for (const [what, text, words] of [
      ["is not there", undefined, /which cannot be read: ENOENT/],
      ["is empty", "", /which holds no certificate in PEM$/],
      ["is no bundle", "hello", /which holds no certificate in PEM$/],
      [
        "holds nonsense",
        "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
        /which holds a certificate that cannot be read$/,
      ],
    ] as const) {
      it(`is an error that names the bundle where it ${what}`, async () => {
        const file = join(folder, "bundle.pem");
        await rm(file, { force: true });
        if (text !== undefined) await writeFile(file, text);
        process.env.AWS_CA_BUNDLE = file;

        const error = await failureOf(ask(here()));

        assert.deepStrictEqual([error.kind, error.code], ["misconfigured", "InvalidConfiguration"]);
        assert.ok(error.message.startsWith(`AWS_CA_BUNDLE names ${file}, `), error.message);
        assert.match(error.message, words);
      });
    }

    it("is misconfigured for a registry and for STS too", async function () {
      if (!NODE_KNOWS) this.skip();
      const registry = new OciRegistry(dockerCredentials);
      // A registry on this machine is asked without TLS. By way of the proxy it has another name.
      process.env.HTTPS_PROXY = `http://${proxy.host}`;
      const name = "ghcr.example.test";
      const ofRegistry = await failureOf(registry.manifest({ registry: name, path: "app" }, "sha256:1"));
      const ofSts = await failureOf(
        ask({
          stsEndpoint: `https://localhost:${server.port}`,
          assumeRoles: [{ roleArn: "arn:aws:iam::123456789012:role/deploy" }],
        }),
      );

      assert.deepStrictEqual([ofRegistry.kind, ofSts.kind], ["misconfigured", "misconfigured"]);
      assert.match(ofSts.message, /asked for credentials: STS, for the role/);
    });
  });

  it("that FIPS, the region or the endpoint makes impossible is refused at once", async () => {
    process.env.AWS_USE_FIPS_ENDPOINT = "true";
    const fips = await failureOf(ask());
    delete process.env.AWS_USE_FIPS_ENDPOINT;
    const region = await failureOf(ask({ region: "us east 1" }));
    const endpoint = await failureOf(ask({ ecsEndpoint: "nonsense" }));
    const noTls = await failureOf(ask({ ecsEndpoint: `https://${proxy.host}` }));

    assert.deepStrictEqual(
      [fips, region, endpoint, noTls].map(({ kind, code, message }) => `${kind}, ${code}: ${message}`),
      [
        "misconfigured, EndpointError: Invalid Configuration: FIPS and custom endpoint are not supported",
        'misconfigured, InvalidConfiguration: Region not accepted: region="us east 1" is not a valid hostname component.',
        "misconfigured, ERR_INVALID_URL: Invalid URL",
        "misconfigured, EPROTO: write EPROTO: wrong version number",
      ],
    );
  });
});
