import assert from "node:assert/strict";
import { StopTaskCommand } from "@aws-sdk/client-ecs";
import { getRunningImages, getTasksByImageDigest } from "../../src/index";
import { startFleet, VERSIONS, type Fleet } from "../support/fleet";

describe("image look-ups over 3 clusters, 40 services and 3 versions of an image", function () {
  // Some seventy real processes.
  this.timeout(60_000);
  const environment = { AWS_ACCESS_KEY_ID: "test", AWS_SECRET_ACCESS_KEY: "test" };
  const before_ = { ...process.env };
  let fleet: Fleet;
  let here: { region: string; endpoint: string };

  before(async () => {
    Object.assign(process.env, environment);
    fleet = await startFleet();
    here = { region: fleet.lab.local.region, endpoint: fleet.lab.local.url };
  });
  after(async () => {
    for (const name of Object.keys(environment)) {
      if (before_[name] === undefined) Reflect.deleteProperty(process.env, name);
      else process.env[name] = before_[name];
    }
    await fleet.close();
  });

  const callsOf = (operation: string) => fleet.lab.lines.filter((line) => line.includes(operation)).length;

  it("name exactly the tasks of each version", async () => {
    for (const version of VERSIONS) {
      const found = await getTasksByImageDigest({ imageDigest: fleet.digests[version], ...here });

      const expected = await fleet.tasksOf(version);
      assert.ok(expected.length > 10, "too few for a test");
      assert.deepEqual([...found.taskArns].sort(), expected);
      assert.deepEqual([found.unknown, found.missingTaskArns], [[], []]);
    }
  });

  it("say of each container which service it belongs to and what it runs", async () => {
    const { containers } = await getRunningImages({ ...here, cluster: "green" });

    const expected = fleet.services
      .filter(({ cluster }) => cluster === "green")
      .flatMap(({ serviceName, version, desiredCount, hasProxy }) => {
        const row = (name: string, tag: typeof version) =>
          [serviceName, name, `shop/app:${tag}`, fleet.digests[tag], "RUNNING"].join(" ");
        const one = [row("app", version), ...(hasProxy ? [row("proxy", "1")] : [])];
        return Array(desiredCount).fill(one).flat() as string[];
      });
    const rows = containers.map((each) =>
      [each.serviceName, each.containerName, each.image, each.imageDigest, each.lastStatus].join(" "),
    );
    assert.deepEqual(rows.sort(), expected.sort());
  });

  it("can be narrowed to a cluster, a service, a family and both", async () => {
    const { imageDigest } = { imageDigest: fleet.digests["1"] };
    const [service] = fleet.services.filter(({ hasProxy, version }) => hasProxy && version !== "1");
    const { cluster, serviceName, desiredCount } = service!;
    const count = async (scope: { cluster?: string; serviceName?: string; family?: string }) =>
      (await getTasksByImageDigest({ imageDigest, ...scope, ...here })).taskArns.length;

    assert.equal(await count({ cluster, serviceName }), desiredCount);
    assert.equal(await count({ cluster, family: serviceName }), desiredCount);
    assert.equal(await count({ cluster, serviceName, family: serviceName }), desiredCount);
    assert.equal(await count({ cluster, serviceName, family: "another" }), 0);
  });

  it("match the index when it is given, and accept an image with its digest", async () => {
    const platform = `sha256:${"0".repeat(64)}`;

    const without = await getTasksByImageDigest({ imageDigest: `shop/app@${platform}`, ...here });
    const found = await getTasksByImageDigest({
      imageDigest: platform,
      imageIndexDigest: `shop/app:2@${fleet.digests["2"]}`,
      ...here,
    });

    assert.deepEqual([without.imageDigest, without.taskArns], [platform, []]);
    assert.deepEqual([...found.taskArns].sort(), await fleet.tasksOf("2"));
  });

  it("refuse a tag and a shortened digest before they ask ECS", async () => {
    const calls = fleet.lab.lines.length;

    for (const imageDigest of ["shop/app:1", fleet.digests["1"].slice(0, 20)]) {
      await assert.rejects(getTasksByImageDigest({ imageDigest, ...here }), { code: "NO_IMAGE_DIGEST" });
    }

    assert.equal(fleet.lab.lines.length, calls);
  });

  it("survive throttling that lasts longer than the SDK's own patience", async () => {
    fleet.lab.local.faults.add({
      ListTasks: [
        { error: "ThrottlingException", message: "Rate exceeded", times: 4, match: { cluster: "blue" } },
      ],
    });

    const found = await getTasksByImageDigest({ imageDigest: fleet.digests["3"], ...here });

    assert.deepEqual(fleet.lab.local.faults.pending(), {});
    assert.deepEqual([...found.taskArns].sort(), await fleet.tasksOf("3"));
  });

  it("describe 100 tasks a call", async () => {
    const cluster = "red";
    const taskDefinition = await fleet.lab.define([{ name: "app", image: "shop/app:1" }], "held");
    fleet.lab.local.tasks.plan({ family: "held", times: "always", holdAt: "PENDING" });
    fleet.lab.local.seedService({ cluster, serviceName: "held", taskDefinition, desiredCount: 120 });
    const before = callsOf("DescribeTasks");

    const { containers } = await getRunningImages({ cluster, ...here });

    assert.equal(containers.filter(({ serviceName }) => serviceName === "held").length, 120);
    assert.equal(callsOf("DescribeTasks") - before, 2);
  });

  it("list containers without a digest as unknown", async () => {
    const found = await getTasksByImageDigest({
      imageDigest: fleet.digests["1"],
      serviceName: "held",
      ...here,
    });

    assert.deepEqual(found.taskArns, []);
    assert.equal(found.unknown.length, 120);
    assert.deepEqual(new Set(found.unknown.map(({ image }) => image)), new Set(["shop/app:1"]));
  });

  it("find stopped tasks when asked for them, and say which of them ECS does not describe", async () => {
    const [first, second] = await fleet.tasksOf("2");
    for (const task of [first!, second!])
      await fleet.lab.ecs.send(new StopTaskCommand({ cluster: task.split("/")[1], task }));
    fleet.lab.local.faults.add({
      DescribeTasks: [{ failures: [{ arn: first!, reason: "MISSING" }], match: { task: first! } }],
    });

    const found = await getTasksByImageDigest({
      imageDigest: fleet.digests["2"],
      desiredStatus: "STOPPED",
      ...here,
    });

    assert.deepEqual([found.taskArns, found.missingTaskArns], [[second], [first]]);
  });

  it("fail on a cluster that is not there", async () => {
    await assert.rejects(getRunningImages({ cluster: "violet", ...here }), {
      code: "API_FAILED",
      message:
        /^ListTasks failed: ClusterNotFoundException: Cluster not found.*\. Check the region and the names\.$/,
    });
  });
});
