import assert from "node:assert/strict";
import { request } from "node:http";
import { ListTagsForResourceCommand, RunTaskCommand } from "@aws-sdk/client-ecs";
import { startLab, type Lab } from "../support/lab";

const id = "0".repeat(32);
const own = { region: "us-east-1", accountId: "123456789012" };
const foreign = [
  [{ ...own, region: "eu-west-1" }, "Invalid Region in ARN"],
  [{ ...own, region: "" }, "Invalid Region in ARN"],
  [{ ...own, accountId: "210987654321" }, "Identifier is for 210987654321. Your accountId is 123456789012"],
] as const;

type Arn = (resource: string) => string;

/** Every member that can be an ARN of ECS, in a request that lacks nothing else. */
const requests: readonly (readonly [operation: string, make: (arn: Arn) => object])[] = [
  ["DeleteCluster", (arn) => ({ cluster: arn("cluster/c") })],
  ["DeregisterContainerInstance", (arn) => ({ containerInstance: arn(`container-instance/c/${id}`) })],
  ["DeregisterContainerInstance", (arn) => ({ cluster: arn("cluster/c"), containerInstance: id })],
  ["DeregisterTaskDefinition", (arn) => ({ taskDefinition: arn("task-definition/f:1") })],
  ["DescribeClusters", (arn) => ({ clusters: ["default", arn("cluster/c")] })],
  ["DescribeContainerInstances", (arn) => ({ containerInstances: [id, arn(`container-instance/c/${id}`)] })],
  ["DescribeContainerInstances", (arn) => ({ cluster: arn("cluster/c"), containerInstances: [id] })],
  ["DescribeServices", (arn) => ({ services: ["s", arn("service/c/s")] })],
  ["DescribeServices", (arn) => ({ cluster: arn("cluster/c"), services: ["s"] })],
  ["DescribeTaskDefinition", (arn) => ({ taskDefinition: arn("task-definition/f:1") })],
  ["DescribeTasks", (arn) => ({ tasks: [id, arn(`task/c/${id}`)] })],
  ["DescribeTasks", (arn) => ({ cluster: arn("cluster/c"), tasks: [id] })],
  ["DiscoverPollEndpoint", (arn) => ({ cluster: arn("cluster/c") })],
  ["DiscoverPollEndpoint", (arn) => ({ containerInstance: arn(`container-instance/c/${id}`) })],
  ["ListContainerInstances", (arn) => ({ cluster: arn("cluster/c") })],
  ["ListServices", (arn) => ({ cluster: arn("cluster/c") })],
  ["ListTagsForResource", (arn) => ({ resourceArn: arn("cluster/c") })],
  ["ListTasks", (arn) => ({ cluster: arn("cluster/c") })],
  ["ListTasks", (arn) => ({ containerInstance: arn(`container-instance/c/${id}`) })],
  ["ListTasks", (arn) => ({ serviceName: arn("service/c/s") })],
  ["RegisterContainerInstance", (arn) => ({ cluster: arn("cluster/c") })],
  ["RegisterContainerInstance", (arn) => ({ containerInstanceArn: arn(`container-instance/c/${id}`) })],
  ["RunTask", (arn) => ({ cluster: arn("cluster/c"), taskDefinition: "f:1" })],
  ["RunTask", (arn) => ({ taskDefinition: arn("task-definition/f:1") })],
  ["StartTask", (arn) => ({ cluster: arn("cluster/c"), taskDefinition: "f:1", containerInstances: [id] })],
  ["StartTask", (arn) => ({ taskDefinition: arn("task-definition/f:1"), containerInstances: [id] })],
  [
    "StartTask",
    (arn) => ({ taskDefinition: "f:1", containerInstances: [arn(`container-instance/c/${id}`)] }),
  ],
  ["ListAttributes", (arn) => ({ cluster: arn("cluster/c"), targetType: "container-instance" })],
  ["PutAttributes", (arn) => ({ attributes: [{ name: "a", targetId: arn(`container-instance/c/${id}`) }] })],
  [
    "DeleteAttributes",
    (arn) => ({ attributes: [{ name: "a", targetId: arn(`container-instance/c/${id}`) }] }),
  ],
  ["StopTask", (arn) => ({ cluster: arn("cluster/c"), task: id })],
  ["StopTask", (arn) => ({ task: arn(`task/c/${id}`) })],
  ["SubmitContainerStateChange", (arn) => ({ cluster: arn("cluster/c") })],
  ["SubmitTaskStateChange", (arn) => ({ task: arn(`task/c/${id}`) })],
  ["TagResource", (arn) => ({ resourceArn: arn("cluster/c"), tags: [{ key: "a", value: "b" }] })],
  ["UntagResource", (arn) => ({ resourceArn: arn(`task/c/${id}`), tagKeys: ["a"] })],
  [
    "UpdateContainerInstancesState",
    (arn) => ({ containerInstances: [arn(`container-instance/c/${id}`)], status: "DRAINING" }),
  ],
];

describe("an ARN of another region or account", () => {
  let lab: Lab;
  before(async () => (lab = await startLab(own)));
  after(() => lab.close());

  const ask = (
    operation: string,
    body: object,
  ): Promise<{ readonly __type?: string; readonly message?: string }> =>
    new Promise((resolve, reject) => {
      const headers = { "x-amz-target": `AmazonEC2ContainerServiceV20141113.${operation}` };
      request(lab.local.url, { method: "POST", headers }, (response) => {
        const chunks: Buffer[] = [];
        response
          .on("data", (chunk: Buffer) => chunks.push(chunk))
          .on("end", () => {
            resolve(JSON.parse(Buffer.concat(chunks).toString()) as object);
          });
      })
        .on("error", reject)
        .end(JSON.stringify(body));
    });

  for (const [operation, make] of requests) {
    const shown = JSON.stringify(make((resource) => `…${resource}`)).replaceAll(id, "id");
    it(`is refused by ${operation} in ${shown}`, async () => {
      for (const [{ region, accountId }, message] of foreign) {
        const answer = await ask(
          operation,
          make((resource) => `arn:aws:ecs:${region}:${accountId}:${resource}`),
        );

        assert.deepEqual(answer, { __type: "InvalidParameterException", message });
      }
      const mine = await ask(
        operation,
        make((resource) => `arn:aws:ecs:us-east-1:123456789012:${resource}`),
      );
      assert.doesNotMatch(mine.message ?? "", /Invalid Region|Identifier is for/);
    });
  }

  it("is taken where it is only carried", async () => {
    const arn = "arn:aws:ecs:eu-west-1:210987654321:task/c/t";
    await lab.image("app:1", {}, { Cmd: ["true"] });
    const taskDefinition = await lab.define([{ name: "app", image: "app:1" }]);
    const { tasks } = await lab.ecs.send(
      new RunTaskCommand({
        taskDefinition,
        startedBy: "me",
        referenceId: arn,
        tags: [{ key: "from", value: arn }],
        overrides: { containerOverrides: [{ name: "app", environment: [{ name: "TASK", value: arn }] }] },
      }),
    );

    assert.equal(tasks!.length, 1);
  });

  it("is known by the SDK as InvalidParameterException", async () => {
    const resourceArn = "arn:aws:ecs:eu-west-1:123456789012:cluster/default";

    await assert.rejects(lab.ecs.send(new ListTagsForResourceCommand({ resourceArn })), {
      name: "InvalidParameterException",
      message: "Invalid Region in ARN",
    });
  });
});
