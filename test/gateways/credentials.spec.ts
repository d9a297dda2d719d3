import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { AwsSettings } from "../../src/aws/connect/client-config";
import { credentialSource } from "../../src/aws/connect/credential-source";
import { EcsApiError } from "../../src/aws/ecs-gateway";
import { limitedCredentials, type CredentialProvider } from "../../src/aws/connect/limited-credentials";
import { SdkEcsGateway } from "../../src/aws/sdk-ecs-gateway";
import { answering, half, silent, UnhelpfulServer } from "../support/unhelpful-server";

const PROFILES = `
[profile keys]
aws_access_key_id = AK
aws_secret_access_key = SK
[profile process]
credential_process = PROCESS
[profile sso]
sso_session = corp
[profile old-sso]
sso_start_url = https://corp.awsapps.com/start
[profile login]
login_session = arn:aws:iam::1:user/me
[profile role]
role_arn = arn:aws:iam::1:role/deploy
source_profile = process
[profile instance-role]
role_arn = arn:aws:iam::1:role/deploy
credential_source = Ec2InstanceMetadata
[profile round]
role_arn = arn:aws:iam::1:role/deploy
source_profile = round
[profile region-only]
region = us-east-1
`;

describe("credentials", () => {
  let folder: string;
  let environment: NodeJS.ProcessEnv;
  let server: UnhelpfulServer;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "credentials-"));
    // It sleeps longer than any test waits.
    const program = join(folder, "process");
    await writeFile(program, "#!/bin/sh\nexec sleep 3\n", { mode: 0o755 });
    await writeFile(join(folder, "config"), PROFILES.replace("PROCESS", program));
    await writeFile(join(folder, "credentials"), "");
    environment = process.env;
    process.env = {
      ...Object.fromEntries(Object.entries(environment).filter(([name]) => !name.startsWith("AWS_"))),
      AWS_CONFIG_FILE: join(folder, "config"),
      AWS_SHARED_CREDENTIALS_FILE: join(folder, "credentials"),
    };
    server = await UnhelpfulServer.start(silent);
  });

  after(async () => {
    process.env = environment;
    await server.close();
    await rm(folder, { recursive: true });
  });

  afterEach(() => {
    delete process.env.AWS_CONTAINER_CREDENTIALS_FULL_URI;
    server.behaviour = silent;
  });

  const failureOf = async (settings: Partial<AwsSettings>): Promise<EcsApiError> => {
    const ecs = new SdkEcsGateway({
      region: "us-east-1",
      ecsEndpoint: `http://${server.host}`,
      limits: { request: { connectMs: 100, silenceMs: 100, totalMs: 100 }, credentialsMs: 200 },
      ...settings,
    });
    const error: unknown = await ecs.listClusters().catch((thrown: unknown) => thrown);
    assert.ok(error instanceof EcsApiError);
    return error;
  };

  it("that a credential_process never gives are given up, and the process is named", async () => {
    const error = await failureOf({ profile: "process" });

    assert.deepStrictEqual([error.kind, error.isForCredentials], ["denied", true]);
    assert.equal(
      error.message,
      'the credential_process of profile "process" gave no credentials within 0.2 s; run it in a terminal: it has to print JSON and end, and must not ask for anything',
    );
  });

  for (const [what, behaviour] of Object.entries({ "never answers": silent, "sends half an answer": half })) {
    it(`of an endpoint that ${what} are given up, and its variable is named, without its path`, async () => {
      server.behaviour = behaviour;
      process.env.AWS_CONTAINER_CREDENTIALS_FULL_URI = `http://${server.host}/secret-path`;

      const error = await failureOf({});

      assert.deepStrictEqual([error.kind, error.isForCredentials], ["denied", true]);
      assert.equal(
        error.message,
        `the endpoint of AWS_CONTAINER_CREDENTIALS_FULL_URI (${server.host}) gave no credentials within 0.2 s; check that it answers, or unset AWS_CONTAINER_CREDENTIALS_FULL_URI where it is not meant`,
      );
    });
  }

  it("that nobody has are told in the SDK's words, with the source that was asked last", async () => {
    process.env.AWS_EC2_METADATA_DISABLED = "true";

    const error = await failureOf({});

    assert.deepStrictEqual([error.kind, error.isForCredentials], ["denied", true]);
    assert.match(
      error.message,
      /^Could not load credentials from any providers; asked for credentials: no source, /,
    );
    delete process.env.AWS_EC2_METADATA_DISABLED;
  });

  it("that STS denies name the role", async () => {
    server.behaviour = answering(
      403,
      "<ErrorResponse><Error><Type>Sender</Type><Code>AccessDenied</Code><Message>not allowed.</Message></Error></ErrorResponse>",
    );
    const roleArn = "arn:aws:iam::1:role/deploy";

    const error = await failureOf({
      profile: "keys",
      assumeRoles: [{ roleArn }],
      stsEndpoint: `http://${server.host}`,
    });

    assert.deepStrictEqual([error.kind, error.code], ["denied", "AccessDenied"]);
    assert.match(
      error.message,
      /^not allowed; asked for credentials: STS, for the role arn:aws:iam::1:role\/deploy; /,
    );
  });

  const SOURCE = { name: "the source", remedy: "do something" };
  const NEVER: CredentialProvider = () => new Promise(() => undefined);
  const KEYS = { accessKeyId: "AK", secretAccessKey: "SK" };

  it("that were had once and cannot be renewed may be had later", async () => {
    const providers = [() => Promise.resolve(KEYS)];
    const provider = limitedCredentials(
      () => (properties) => (providers.shift() ?? NEVER)(properties as never),
      () => SOURCE,
      20,
    );

    assert.equal(await provider(), KEYS);
    await assert.rejects(provider(), {
      name: "CredentialsUnavailableError",
      message: "the source gave no credentials within 0.02 s; do something",
    });
  });

  it("are asked for anew after a source was stuck", async () => {
    const providers = [NEVER, () => Promise.resolve(KEYS)];
    const provider = limitedCredentials(
      () => providers.shift() ?? NEVER,
      () => SOURCE,
      20,
    );

    await assert.rejects(provider(), { name: "CredentialsProviderError" });
    assert.equal(await provider(), KEYS);
  });

  const sources: readonly [string, string | undefined, Record<string, string>, RegExp][] = [
    [
      "keys in the environment",
      undefined,
      { AWS_ACCESS_KEY_ID: "AK", AWS_SECRET_ACCESS_KEY: "SK" },
      /^the keys in the e/,
    ],
    [
      "the environment's profile before its keys",
      undefined,
      { AWS_PROFILE: "keys", AWS_ACCESS_KEY_ID: "AK", AWS_SECRET_ACCESS_KEY: "SK" },
      /^the keys of profile "keys"$/,
    ],
    [
      "the profile of the settings",
      "process",
      { AWS_PROFILE: "keys" },
      /^the credential_process of profile "process"$/,
    ],
    ["SSO", "sso", {}, /^the SSO session of profile "sso"$/],
    ["SSO as it was written before", "old-sso", {}, /^the SSO session of profile "old-sso"$/],
    ["aws login", "login", {}, /^the sign-in of profile "login"$/],
    [
      "a role and what it is assumed with",
      "role",
      {},
      /^the role arn:aws:iam::1:role\/deploy of profile "role", assumed with the credential_process of profile "process"$/,
    ],
    ["a role of an instance", "instance-role", {}, /assumed with credential_source Ec2InstanceMetadata$/],
    ["a role that leads to itself", "round", {}, /of profile "round"$/],
    [
      "a profile that is nowhere",
      "nope",
      {},
      /^the profile "nope", which no shared AWS file has, then the metadata service of EC2/,
    ],
    ["a profile without credentials", "region-only", {}, /^the metadata service of EC2/],
    [
      "web identity",
      undefined,
      { AWS_WEB_IDENTITY_TOKEN_FILE: "/t", AWS_ROLE_ARN: "arn:r" },
      /^the web identity token .* for the role arn:r$/,
    ],
    [
      "web identity without a role",
      undefined,
      { AWS_WEB_IDENTITY_TOKEN_FILE: "/t" },
      /for the role of AWS_ROLE_ARN$/,
    ],
    [
      "the endpoint of ECS",
      undefined,
      { AWS_CONTAINER_CREDENTIALS_RELATIVE_URI: "/v2/x" },
      /RELATIVE_URI \(169\.254\.170\.2\)$/,
    ],
    [
      "an endpoint that is no URL",
      undefined,
      { AWS_CONTAINER_CREDENTIALS_FULL_URI: "nope" },
      /FULL_URI \(no URL\)$/,
    ],
    ["EC2", undefined, {}, /^the metadata service of EC2/],
    ["EC2 that is disabled", undefined, { AWS_EC2_METADATA_DISABLED: "true" }, /^no source, /],
  ];

  for (const [what, profile, variables, name] of sources) {
    it(`name their source: ${what}`, async () => {
      assert.match((await credentialSource(profile, variables)).name, name);
    });
  }
});
