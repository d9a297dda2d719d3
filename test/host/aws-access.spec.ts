import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startLab, type Lab } from "../support/lab";
import { AwsDoor } from "../support/aws-door";
import { startMigrations, stopMigrations, type Migrations } from "../support/migrations";
import { InitError, ProviderHost, type Properties } from "../support/provider-host";

/** A machine on which the SDK's own chain finds nothing. */
const BARE = {
  AWS_ACCESS_KEY_ID: undefined,
  AWS_SECRET_ACCESS_KEY: undefined,
  AWS_SESSION_TOKEN: undefined,
  AWS_PROFILE: undefined,
  AWS_REGION: undefined,
  AWS_DEFAULT_REGION: undefined,
  AWS_CONFIG_FILE: "/nowhere/config",
  AWS_SHARED_CREDENTIALS_FILE: "/nowhere/credentials",
  AWS_EC2_METADATA_DISABLED: "true",
};

const KEYS = { "aws:accessKey": "AK-stack", "aws:secretKey": "SK-stack-secret" };

describe("access to AWS", () => {
  let lab: Lab;
  let door: AwsDoor;
  let hosts: ProviderHost[] = [];
  let inputs: Properties;

  before(async () => {
    lab = await startLab();
    door = await AwsDoor.open(lab.local.url);
    await lab.image("job:1", { "main.mjs": "" }, { Cmd: ["node", "main.mjs"] });
    inputs = { taskDefinition: await lab.define([{ name: "app", image: "job:1" }]), resourceUrn: "urn:a" };
  });

  beforeEach(() => {
    door.calls.length = 0;
  });

  afterEach(async () => {
    await Promise.all(hosts.map((host) => host.close()));
    hosts = [];
  });

  after(async () => {
    await door.close();
    await lab.close();
  });

  async function hostWith(config: Record<string, string>, env: object = {}): Promise<ProviderHost> {
    const host = await ProviderHost.start(config, { ...BARE, ...env });
    hosts.push(host);
    return host;
  }

  /** The stack's configuration for the local ECS, with a door before it. */
  const stack = (others: Record<string, string> = {}): Record<string, string> => ({
    "aws:region": lab.local.region,
    "aws:endpoints": JSON.stringify([{ ecs: door.url, sts: door.url }]),
    ...others,
  });

  /** The keys that the calls to ECS were signed with. */
  const keysUsed = () =>
    distinct(door.calls.filter((call) => call.operation !== "AssumeRole").map((call) => call.accessKeyId));

  it("without a region says where to set one, and records nothing", async () => {
    const host = await hostWith(KEYS);

    await assert.rejects(host.create(inputs), (error: Error) => {
      assert.match(
        error.message,
        /^No AWS region is known\. Set the input region, or `pulumi config set aws:/,
      );
      return !(error instanceof InitError);
    });
  });

  it("without credentials says where they are looked for, warns of nothing else, and records nothing", async () => {
    const before = lab.local.tasks.all().length;
    const host = await hostWith(stack());

    await assert.rejects(host.create(inputs), (error: Error) => {
      assert.match(error.message, /^No AWS credentials were found \(Could not load credentials from any pro/);
      assert.match(error.message, /Nothing was started\.$/);
      return !(error instanceof InitError);
    });
    assert.deepStrictEqual(
      host.lines.filter(({ warning }) => warning),
      [],
    );
    assert.equal(lab.local.tasks.all().length, before);
  });

  it("comes from the stack's configuration before the environment, and never gets into the state", async () => {
    const env = { AWS_ACCESS_KEY_ID: "AK-env", AWS_SECRET_ACCESS_KEY: "SK-env", AWS_REGION: "eu-north-1" };
    const host = await hostWith(stack({ ...KEYS, "aws:token": "TOKEN-stack" }), env);

    const { state } = await host.create(inputs);

    const calls = door.calls.map(({ accessKeyId, region, sessionToken }) => [
      accessKeyId,
      region,
      sessionToken,
    ]);
    assert.deepStrictEqual(distinct(calls.map(String)), [`AK-stack,${lab.local.region},TOKEN-stack`]);
    assert.ok(door.calls.every(({ userAgent }) => userAgent.includes("pulumi-ecs-task")));
    assert.ok(!/AK-stack|SK-stack|TOKEN-stack/.test(JSON.stringify(state)));
  });

  it("comes from inputs before the stack's configuration", async () => {
    const elsewhere = { "aws:region": "eu-north-1", "aws:endpoints": '[{"ecs":"http://127.0.0.1:1"}]' };
    const host = await hostWith({ ...KEYS, ...elsewhere });

    const { state } = await host.create({ ...inputs, region: lab.local.region, endpoint: door.url });

    assert.equal(state.outcome, "SUCCEEDED");
    assert.deepStrictEqual(distinct(door.calls.map(({ region }) => region)), [lab.local.region]);
  });

  it("assumes the roles of the stack's configuration, one with the keys of the other", async () => {
    const roles = [
      { roleArn: "arn:aws:iam::123456789012:role/hub", externalId: "shop", duration: "30m" },
      { roleArn: "arn:aws:iam::123456789012:role/deploy", sessionName: "ci" },
    ];
    const host = await hostWith(stack({ ...KEYS, "aws:assumeRoles": JSON.stringify(roles) }));

    const { state } = await host.create(inputs);

    const assumed = door.calls.filter(({ operation }) => operation === "AssumeRole");
    assert.deepStrictEqual(
      distinct(
        assumed.map(({ accessKeyId, parameters }) => `${accessKeyId} ${parameters.RoleSessionName ?? ""}`),
      ),
      ["AK-stack pulumi-ecs-task", "AK-hub ci"],
    );
    assert.deepStrictEqual(
      [assumed[0]?.parameters.ExternalId, assumed[0]?.parameters.DurationSeconds],
      ["shop", "1800"],
    );
    assert.deepStrictEqual(keysUsed(), ["AK-deploy"]);
    assert.equal(state.outcome, "SUCCEEDED");
  });

  it("assumes the role of the input in the place of the stack's", async () => {
    const role = (name: string) => ({ roleArn: `arn:aws:iam::123456789012:role/${name}` });
    const host = await hostWith(stack({ ...KEYS, "aws:assumeRoles": JSON.stringify([role("stack")]) }));

    await host.create({ ...inputs, assumeRole: role("own") });

    assert.deepStrictEqual(keysUsed(), ["AK-own"]);
  });

  it("comes from the profile of the input and not from the stack's keys", async () => {
    const folder = await mkdtemp(join(tmpdir(), "profiles-"));
    const file = join(folder, "credentials");
    await writeFile(file, "[shop]\naws_access_key_id = AK-profile\naws_secret_access_key = SK-profile\n");
    const host = await hostWith(stack(KEYS), { AWS_SHARED_CREDENTIALS_FILE: file });

    await host.create({ ...inputs, profile: "shop" });

    assert.deepStrictEqual(keysUsed(), ["AK-profile"]);
    await rm(folder, { recursive: true });
  });

  it("is asked for only when AWS is needed: an unchanged failure is told without it", async () => {
    const host = await hostWith({});

    await host.check(inputs, inputs);
    const { changes } = await host.diff("id", { ...inputs, phase: "FAILED", failure: "it failed" }, inputs);

    assert.equal(changes, true);
    assert.match(host.lines[0]?.text ?? "", /^(\w+: )?will run again: the last run failed \(it failed\)/);
  });
});

describe("credentials of another account than the recorded task's", () => {
  let m: Migrations;
  let other: Lab;

  before(async () => {
    m = await startMigrations();
    other = await startLab({ accountId: "210987654321" });
  });

  after(async () => {
    await other.close();
    await stopMigrations(m);
  });

  it("start no task, and stop none", async () => {
    const running = m.inputs(["run"], { waitFor: "RUNNING" });
    const { id, state } = await m.host.create(running);
    // What runs here could run there.
    const config = { WorkingDir: "/app", Entrypoint: ["node", "main.mjs"] };
    await other.image("shop/migrate:1", { "app/main.mjs": "" }, config);
    await other.define([{ name: "app", image: "shop/migrate:1" }]);
    const elsewhere = { endpoint: other.local.url, taskDefinition: "app:1" };
    const wrong =
      /The AWS credentials belong to account 210987654321, and the recorded task ran in account 123456789012\. Nothing was started or stopped\./;

    const update = m.host.update(id, state, m.inputs(["exit", "0"], elsewhere));
    await assert.rejects(
      update,
      (error: Error) =>
        error.message.includes(
          "The AWS credentials belong to account 210987654321, and the recorded task ran in account 123456789012. Nothing was started or stopped.",
        ) && !(error instanceof InitError),
    );
    await assert.rejects(m.host.delete(id, { ...state, ...elsewhere }), wrong);

    assert.deepStrictEqual(other.local.tasks.all(), []);
    await m.lab.until(String(state.taskArn), (task) => task.lastStatus === "RUNNING");
    await m.host.delete(id, state);
  });
});

function distinct<T>(values: readonly T[]): T[] {
  return [...new Set(values)];
}
