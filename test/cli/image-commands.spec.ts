import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { hasStopped } from "../support/lab";
import { pulumiEcsTask } from "../support/command-line";
import { startFleet, VERSIONS, type Fleet } from "../support/fleet";

const repository = join(__dirname, "..", "..");
describe("pulumi-ecs-task where, images and explain", function () {
  // Some seventy real processes, and a new Node for each command.
  this.timeout(60_000);
  const keys = { AWS_ACCESS_KEY_ID: "test", AWS_SECRET_ACCESS_KEY: "test" };
  let fleet: Fleet;
  let aws: Record<string, string>;

  before(async () => {
    fleet = await startFleet();
    const { url, region } = fleet.lab.local;
    aws = { ...keys, AWS_REGION: region, AWS_ENDPOINT_URL: url };
  });
  after(() => fleet.close());

  const idsIn = (stdout: string) => [...new Set(stdout.match(/\b[0-9a-f]{32}\b/g))].sort();
  const idsOf = (taskArns: readonly string[]) => taskArns.map((arn) => arn.split("/").at(-1)!).sort();

  it("where names exactly the tasks of each version, with nothing on stderr", async () => {
    for (const version of VERSIONS) {
      const { code, stdout, stderr } = await pulumiEcsTask(aws, "where", `app@${fleet.digests[version]}`);

      const expected = idsOf(await fleet.tasksOf(version));
      assert.deepEqual([code, stderr], [0, ""]);
      assert.deepEqual(idsIn(stdout), expected);
    }
  });

  it("where prints as JSON what getTasksByImageDigest returns", async () => {
    const { code, stdout } = await pulumiEcsTask(aws, "where", fleet.digests["2"], "--json");

    const found = JSON.parse(stdout) as { imageDigest: string; taskArns: string[] };
    assert.equal(code, 0);
    assert.deepEqual(Object.keys(found), [
      "imageDigest",
      "imageIndexDigests",
      "taskArns",
      "containers",
      "unknown",
      "missingTaskArns",
      "unanswered",
    ]);
    assert.equal(found.imageDigest, fleet.digests["2"]);
    assert.deepEqual(found.taskArns.sort(), await fleet.tasksOf("2"));
  });

  it("where takes endpoint and region as flags, and AWS_DEFAULT_REGION as the AWS CLI does", async () => {
    const { url, region } = fleet.lab.local;
    const digest = fleet.digests["3"];

    const flags = await pulumiEcsTask(keys, "where", digest, "--endpoint-url", url, "--region", region);
    const older = { ...keys, AWS_ENDPOINT_URL_ECS: url, AWS_DEFAULT_REGION: region };
    const environment = await pulumiEcsTask(older, "where", digest);

    assert.equal(flags.code, 0, flags.stderr);
    assert.equal(environment.stdout, flags.stdout);
  });

  it("where ends with 1 when nothing runs the image, and says so", async () => {
    const digest = `sha256:${"0".repeat(64)}`;

    const { code, stdout, stderr } = await pulumiEcsTask(aws, "where", digest, "--cluster", "blue");

    assert.deepEqual([code, stdout, stderr], [1, "", `No task was found that runs ${digest}.\n`]);
  });

  it("images shows each container of a cluster with its digest", async () => {
    const { code, stdout } = await pulumiEcsTask(aws, "images", "--cluster", "green");

    const [title, ...rows] = stdout.trimEnd().split("\n");
    const green = fleet.services.filter(({ cluster }) => cluster === "green");
    const containers = green.reduce((sum, each) => sum + each.desiredCount * (each.hasProxy ? 2 : 1), 0);
    assert.equal(code, 0);
    assert.match(title!, /^CLUSTER +GROUP +TASK +CONTAINER +STATUS +IMAGE +DIGEST$/);
    assert.equal(rows.length, containers);
    for (const row of rows) {
      const [cluster, group, , , status, image, digest] = row.split(/ +/);
      const version = image!.split(":")[1] as (typeof VERSIONS)[number];
      assert.deepEqual([cluster, status, digest], ["green", "RUNNING", fleet.digests[version]]);
      assert.ok(green.some(({ serviceName }) => group === `service:${serviceName}`));
    }
  });

  it("images ends with 1 in a cluster where nothing runs", async () => {
    const { code, stdout, stderr } = await pulumiEcsTask(aws, "images", "--cluster", "default");

    assert.deepEqual([code, stdout, stderr], [1, "", "No task runs.\n"]);
  });

  it("images says on stderr how many tasks ECS listed and then did not describe", async () => {
    const green = fleet.services.filter(({ cluster }) => cluster === "green");
    const [task] = (await fleet.tasksOf(green[0]!.version)).filter((arn) => arn.includes("/green/"));
    fleet.lab.local.faults.add({
      DescribeTasks: [{ failures: [{ arn: task!, reason: "MISSING" }], match: { task: task! } }],
    });

    const { code, stdout, stderr } = await pulumiEcsTask(aws, "images", "--cluster", "green");

    assert.equal(code, 0);
    assert.ok(!idsIn(stdout).includes(idsOf([task!])[0]!), stdout);
    assert.equal(stderr, "\n1 task was listed and then not known any more, or not yet.\n");
  });

  it("explain says why a task of anybody failed, with its last lines and without its secrets", async () => {
    const { lab } = fleet;
    const options = {
      "awslogs-group": "/shop",
      "awslogs-region": lab.local.region,
      "awslogs-stream-prefix": "ecs",
    };
    const taskDefinition = await lab.define([
      {
        name: "app",
        image: "shop/app:1",
        command: ["sh", "-c", 'echo "connecting to $DATABASE_URL"; exit 3'],
        logConfiguration: { logDriver: "awslogs", options },
      },
    ]);
    const environment = [{ name: "DATABASE_URL", value: "postgres://secret" }];
    const overrides = { containerOverrides: [{ name: "app", environment }] };
    const { taskArn } = await lab.run(taskDefinition, { overrides });
    await lab.until(taskArn, hasStopped);

    const plain = await pulumiEcsTask(aws, "explain", taskArn);
    const json = await pulumiEcsTask(aws, "explain", taskArn, "--json");

    const id = idsOf([taskArn])[0]!;
    assert.deepEqual([plain.code, plain.stderr], [0, ""]);
    assert.ok(
      plain.stdout.startsWith(`Task ${id} failed: container "app" exited with code 3\n`),
      plain.stdout,
    );
    assert.ok(plain.stdout.includes("\n    | connecting to [DATABASE_URL]\n"), plain.stdout);
    assert.match(plain.stdout, /\n {2}What to do \(CONTAINER_FAILED\): .*; then start a new task\./);
    assert.ok(plain.stdout.includes(fleet.digests["1"]));
    const { outcome, explanation } = JSON.parse(json.stdout) as {
      outcome: string;
      explanation: { diagnosis: { code: string }; logs: { lines: string[] }[] };
    };
    assert.deepEqual(
      [json.code, outcome, explanation.diagnosis.code, explanation.logs[0]!.lines],
      [0, "FAILED", "CONTAINER_FAILED", ["connecting to [DATABASE_URL]"]],
    );
  });

  it("explain takes the region from the ARN, and says that a task has not ended", async () => {
    const [taskArn] = await fleet.tasksOf("1");

    const { code, stdout } = await pulumiEcsTask({ ...aws, AWS_REGION: "eu-west-9" }, "explain", taskArn!);

    assert.equal(code, 0);
    assert.equal(stdout.split("\n")[0], `Task ${idsOf([taskArn!])[0]!} has not ended: it is RUNNING.`);
  });

  it("explain takes a task's id with its cluster, by name and ARN", async () => {
    const [taskArn = ""] = await fleet.tasksOf("1");
    const [id] = idsOf([taskArn]);
    const name = taskArn.split("/")[1] ?? "";

    for (const cluster of [name, taskArn.replace(/:task\/.*/, `:cluster/${name}`)]) {
      const { code, stdout } = await pulumiEcsTask(aws, "explain", id!, "--cluster", cluster);

      assert.deepEqual([code, stdout.split("\n")[0]], [0, `Task ${id!} has not ended: it is RUNNING.`]);
    }
  });

  it("explain ends with 1 for a task that ECS does not know", async () => {
    const [known] = await fleet.tasksOf("1");
    const taskArn = known!.replace(/[0-9a-f]{32}$/, "0".repeat(32));

    const { code, stdout, stderr } = await pulumiEcsTask(aws, "explain", taskArn);

    assert.deepEqual([code, stdout], [1, ""]);
    assert.match(stderr, /^ECS does not know the task 0{32} on cluster .* \(any more\): .*\n$/);
  });

  for (const { name, args, says } of [
    { name: "no digest", args: ["where"], says: "where: DIGEST is missing." },
    {
      name: "a tag",
      args: ["where", "shop/app:1"],
      says: 'where: DIGEST is "shop/app:1", which is no image digest.',
    },
    {
      name: "an unknown status",
      args: ["where", `sha256:${"0".repeat(64)}`, "--desired-status", "PENDING"],
      says: 'where: --desired-status must be RUNNING or STOPPED, not "PENDING".',
    },
    {
      name: "an unknown option",
      args: ["images", "--clutser", "x"],
      says: "images: Unknown option '--clutser'",
    },
    { name: "one argument too many", args: ["images", "x"], says: 'images: Unexpected argument "x".' },
    {
      name: "no endpoint",
      args: ["images", "--endpoint-url", "x"],
      says: 'images: --endpoint-url must be a URL, not "x".',
    },
    {
      name: "what is no task",
      args: ["explain", "0123"],
      says: 'explain: "0123" is not a task: give its ARN',
    },
    {
      name: "a task's id alone",
      args: ["explain", "0".repeat(32)],
      says: `explain: On which cluster did task ${"0".repeat(32)} run?`,
    },
    {
      name: "a task's ARN with another cluster",
      args: ["explain", `arn:aws:ecs:r:1:task/prod/${"0".repeat(32)}`, "--cluster", "staging"],
      says: 'explain: The task ran on cluster "prod" by its ARN',
    },
  ]) {
    it(`end with 2 and the usage for ${name}`, async () => {
      const { code, stdout, stderr } = await pulumiEcsTask(aws, ...args);

      assert.deepEqual([code, stdout], [2, ""]);
      assert.ok(stderr.startsWith(`pulumi-ecs-task ${says}`), stderr);
      assert.ok(stderr.includes(`\n\nUsage: pulumi-ecs-task ${args[0]!}`), stderr);
    });
  }

  it("end with 3 and one line when AWS cannot be asked", async () => {
    const denied = { error: "AccessDeniedException", message: "User: joe is not authorized" };
    fleet.lab.local.faults.add({ ListClusters: [denied] });

    const notPermitted = await pulumiEcsTask(aws, "images");
    const noCluster = await pulumiEcsTask(aws, "images", "--cluster", "violet");
    const noRegion = await pulumiEcsTask(keys, "images");

    const noKeys = await pulumiEcsTask(
      { ...aws, AWS_ACCESS_KEY_ID: "", AWS_SECRET_ACCESS_KEY: "" },
      "images",
    );
    const noProfile = await pulumiEcsTask(
      { ...aws, AWS_ACCESS_KEY_ID: "", AWS_SECRET_ACCESS_KEY: "" },
      ...["images", "--profile", "shpo"],
    );

    const codes = [notPermitted, noCluster, noRegion, noKeys, noProfile].map(({ code }) => code);
    assert.deepEqual(codes, [3, 3, 3, 3, 3]);
    assert.match(
      notPermitted.stderr,
      /^pulumi-ecs-task images: ListClusters failed: AccessDeniedException: User: joe is not authorized.*\. Check the AWS credentials, and allow ecs:ListClusters\.\n$/,
    );
    assert.match(
      noCluster.stderr,
      /^pulumi-ecs-task images: ListTasks failed: ClusterNotFoundException: .* Check the region and the names\.\n$/,
    );
    assert.equal(
      noRegion.stderr,
      "pulumi-ecs-task images: No AWS region is known. Give --region, set AWS_REGION, or give the profile a region.\n",
    );
    assert.match(
      noKeys.stderr,
      /^pulumi-ecs-task images: No AWS credentials were found \(.*\)\. Give a --profile /,
    );
    assert.match(
      noProfile.stderr,
      /: No AWS credentials were found in profile "shpo" \(.*, which no shared AWS file has, .*\)\. Give a --profile /,
    );
  });

  it("take region, endpoint and keys from the profile that is named, whatever else is set", async () => {
    const { url, region } = fleet.lab.local;
    const folder = await mkdtemp(join(tmpdir(), "profile-"));
    const config = join(folder, "config");
    await writeFile(
      config,
      [
        "[default]\nregion = eu-west-9\nendpoint_url = http://127.0.0.1:9",
        `[profile shop]\nregion = ${region}\nendpoint_url = ${url}`,
        "aws_access_key_id = AK-profile\naws_secret_access_key = SK-profile\n",
      ].join("\n"),
    );
    const digest = fleet.digests["3"];

    const named = await pulumiEcsTask(
      { ...keys, AWS_CONFIG_FILE: config },
      ...["where", digest, "--cluster", "blue", "--profile", "shop"],
    );
    const inEnvironment = await pulumiEcsTask(
      { AWS_CONFIG_FILE: config, AWS_PROFILE: "shop" },
      ...["where", digest, "--cluster", "blue"],
    );
    const expected = await pulumiEcsTask(aws, "where", digest, "--cluster", "blue");

    await rm(folder, { recursive: true });
    assert.deepEqual(named, { code: 0, stdout: expected.stdout, stderr: "" });
    assert.deepEqual(inEnvironment, named);
  });

  it("end without a word when whoever reads them has seen enough", async () => {
    const script = '{ "$0" dist/cli/main.js images; echo "ended with $?" >&2; } | true';
    const reader = spawn("sh", ["-c", script, process.execPath], {
      cwd: repository,
      env: { PATH: process.env.PATH, HOME: "/nowhere", ...aws },
      stdio: ["ignore", "ignore", "pipe"],
    });

    assert.equal(await text(reader.stderr), "ended with 0\n");
  });

  it("print the help that the documentation shows", async () => {
    const documentation = readFileSync(join(repository, "docs/image-digests.md"), "utf8");

    for (const command of ["where", "images", "explain"]) {
      const { code, stdout } = await pulumiEcsTask({}, command, "--help");

      assert.equal(code, 0);
      assert.ok(documentation.includes(`\n${stdout}`), `not in docs/image-digests.md:\n${stdout}`);
    }
  });
});
