import assert from "node:assert/strict";
import { checkPlace, checkRegion } from "../../../../src/inputs/check/check-place";
import { UNKNOWN } from "../../../../src/inputs/unknown";

const arn = (
  resource: string,
  { region = "eu-central-1", account = "111111111111", partition = "aws" } = {},
) => `arn:${partition}:ecs:${region}:${account}:${resource}`;
const cluster = arn("cluster/shop");
const elsewhere = { region: "us-east-1" };

const cases: readonly { readonly name: string; readonly inputs: object; readonly said: readonly string[] }[] =
  [
    {
      name: "takes one place",
      inputs: {
        cluster,
        taskDefinition: arn("task-definition/app:1"),
        region: "eu-central-1",
        containerInstances: [arn("container-instance/i")],
      },
      said: [],
    },
    {
      name: "takes names, which are of any place",
      inputs: { cluster: "shop", taskDefinition: "app:1", region: "us-east-1", containerInstances: ["i"] },
      said: [],
    },
    {
      name: "takes what is not known yet",
      inputs: {
        cluster: UNKNOWN,
        taskDefinition: arn("task-definition/app:1"),
        region: UNKNOWN,
        containerInstances: UNKNOWN,
      },
      said: [],
    },
    {
      name: "takes an ARN without a region",
      inputs: { cluster: arn("cluster/shop", { region: "" }), taskDefinition: arn("task-definition/app:1") },
      said: [],
    },
    {
      name: "refuses two regions",
      inputs: { cluster, taskDefinition: arn("task-definition/app:1", elsewhere) },
      said: [
        "taskDefinition is in region us-east-1, but cluster is in eu-central-1; both must be in the same region",
      ],
    },
    {
      name: "refuses two accounts",
      inputs: {
        taskDefinition: arn("task-definition/app:1"),
        containerInstances: [arn("container-instance/i", { account: "222222222222" })],
      },
      said: [
        "containerInstances[0] is in account 222222222222, but taskDefinition is in 111111111111; both must be in the same account",
      ],
    },
    {
      name: "refuses two partitions, and says no more of them",
      inputs: {
        cluster,
        taskDefinition: arn("task-definition/app:1", { partition: "aws-cn", region: "cn-north-1" }),
      },
      said: [
        "taskDefinition is in partition aws-cn, but cluster is in aws; both must be in the same partition",
      ],
    },
    {
      name: "refuses an ARN of another region than the input",
      inputs: { cluster, taskDefinition: "app:1", region: "us-east-1" },
      said: [
        'cluster is in region eu-central-1, but region is "us-east-1"; set region: "eu-central-1", or use one that is in us-east-1',
      ],
    },
  ];

describe("the place of a task", () => {
  for (const { name, inputs, said } of cases) {
    it(name, () => {
      assert.deepStrictEqual(
        checkPlace(inputs as Record<string, unknown>).map(({ property, reason }) => `${property} ${reason}`),
        said,
      );
    });
  }

  it("is compared with the region in which ECS is asked", () => {
    assert.deepStrictEqual(checkRegion({ cluster }, "us-east-1", "aws:region is us-east-1"), [
      {
        property: "cluster",
        reason:
          'is in region eu-central-1, but aws:region is us-east-1; set region: "eu-central-1", or use one that is in us-east-1',
      },
    ]);
    assert.deepStrictEqual(checkRegion({ cluster }, "eu-central-1", ""), []);
  });
});
