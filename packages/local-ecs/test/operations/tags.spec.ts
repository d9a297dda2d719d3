import assert from "node:assert/strict";
import {
  ListContainerInstancesCommand,
  ListTagsForResourceCommand,
  StopTaskCommand,
  TagResourceCommand,
  UntagResourceCommand,
  type Tag,
} from "@aws-sdk/client-ecs";
import { hasStopped, startLab, type Lab } from "../support/lab";

describe("tags of the local ECS", function () {
  // Real processes: generous where the machine is busy, met at once where it is not.
  this.timeout(20_000);
  let lab: Lab;
  let task: string;
  const arns: Record<string, string> = {};

  before(async () => {
    lab = await startLab();
    await lab.image("app:1", {});
    const command = ["sh", "-c", "while :; do sleep 0.1; done"];
    const definition = await lab.define([{ name: "app", image: "app:1", stopTimeout: 0, command }]);
    ({ taskArn: task } = await lab.run(definition));
    const { containerInstanceArns } = await lab.ecs.send(new ListContainerInstancesCommand({}));
    Object.assign(arns, {
      task,
      "task definition": definition,
      cluster: "arn:aws:ecs:us-east-1:123456789012:cluster/default",
      "container instance": containerInstanceArns![0]!,
      service: lab.local.seedService({ serviceName: "web", taskDefinition: "app", desiredCount: 0 }),
    });
  });
  after(() => lab.close());

  const tag = (resourceArn: string, tags: Tag[]) =>
    lab.ecs.send(new TagResourceCommand({ resourceArn, tags }));
  const untag = (resourceArn: string, tagKeys: string[]) =>
    lab.ecs.send(new UntagResourceCommand({ resourceArn, tagKeys }));
  const tagsOf = async (resourceArn: string) =>
    (await lab.ecs.send(new ListTagsForResourceCommand({ resourceArn }))).tags;

  for (const kind of ["task", "task definition", "cluster", "container instance", "service"])
    it(`can be set, changed and removed on a ${kind}`, async () => {
      const arn = arns[kind]!;

      await tag(arn, [{ key: "a", value: "1" }]);
      await tag(arn, [
        { key: "a", value: "2" },
        { key: "b", value: "3" },
      ]);
      await untag(arn, ["b", "never"]);

      assert.deepEqual(await tagsOf(arn), [{ key: "a", value: "2" }]);
    });

  it("are fifty at most", async () => {
    const many = Array.from({ length: 50 }, (_, index) => ({ key: `k${index}`, value: "v" }));

    await assert.rejects(tag(arns.cluster!, many), {
      name: "InvalidParameterException",
      message: /at most 50 tags/,
    });
  });

  const refused: readonly { name: string; arn: () => string; error: string }[] = [
    { name: "an unknown task", arn: () => task.slice(0, -4) + "0000", error: "ResourceNotFoundException" },
    { name: "what is no ARN", arn: () => "web", error: "InvalidParameterException" },
    {
      name: "a resource that is named like what every object has",
      arn: () => task.replace(":task/", ":constructor/"),
      error: "InvalidParameterException",
    },
    {
      name: "a resource without tags",
      arn: () => task.replace(":task/", ":attachment/"),
      error: "InvalidParameterException",
    },
  ];
  for (const { name, arn, error } of refused)
    it(`are refused on ${name}`, async () => {
      await assert.rejects(tag(arn(), [{ key: "a", value: "1" }]), { name: error });
      await assert.rejects(untag(arn(), ["a"]), { name: error });
      await assert.rejects(tagsOf(arn()), { name: "InvalidParameterException" });
    });

  it("are gone, and cannot be set, when a task has stopped", async () => {
    await lab.ecs.send(new StopTaskCommand({ task }));
    await lab.until(task, hasStopped);

    await assert.rejects(tag(task, [{ key: "a", value: "1" }]), {
      name: "InvalidParameterException",
      message: "The specified task is stopped. Specify a running task and try again.",
    });
  });
});
