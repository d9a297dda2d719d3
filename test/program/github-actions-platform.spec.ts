import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import type { Statement } from "../../examples/github-actions/platform/policies";
import { registered, type Registered } from "../support/registered";

const IAM = readFileSync(join(__dirname, "../../docs/iam.md"), "utf8");

/** Of docs/iam.md, what the deployment has no use for. */
const NOT_USED = [
  "ecr:BatchGetImage",
  "ecs:ListClusters",
  "ecs:StartTask",
  "ecs:TagResource",
  "sts:AssumeRole",
];

/** What AWS offers no narrower resource for (service authorization reference, read 2026-11). */
const FOR_ALL = [
  "ecr:GetAuthorizationToken",
  "ecs:DeregisterTaskDefinition",
  "ecs:DescribeTaskDefinition",
  "ecs:ListTasks",
];

describe("the platform of the example github-actions", () => {
  let resources: readonly Registered[];

  before(async () => {
    pulumi.runtime.setAllConfig({ "project:githubRepository": "acme/shop" });
    resources = await registered(() => {
      // eslint-disable-next-line @typescript-eslint/no-require-imports -- the program runs when it is loaded
      const program = require("../../examples/github-actions/platform/index") as Record<string, unknown>;
      return [pulumi.output(program)];
    });
  });

  const inputs = (type: string, name: string): Record<string, unknown> => {
    const resource = resources.find((each) => each.type === type && each.name === name);
    assert.ok(resource, `there is no ${type} ${name}`);
    return resource.inputs;
  };
  const subjects = (role: string): unknown => {
    const { assumeRolePolicy } = inputs("aws:iam/role:Role", role);
    const { Statement } = JSON.parse(String(assumeRolePolicy)) as {
      Statement: { Condition: { StringEquals: Record<string, unknown> } }[];
    };
    return Statement.map(
      ({ Condition }) => Condition.StringEquals["token.actions.githubusercontent.com:sub"],
    );
  };
  const statements = (role: string): readonly Statement[] => {
    const { policy } = inputs("aws:iam/rolePolicy:RolePolicy", role);
    return (JSON.parse(String(policy)) as { Statement: readonly Statement[] }).Statement;
  };
  const actions = (role: string): string[] => statements(role).flatMap(({ Action }) => Action);

  it("lets only jobs of the environment deploy, and no pull request", () => {
    const [build, preview, deploy] = ["shop-build", "shop-preview", "shop-deploy"].map(subjects);

    assert.deepStrictEqual(build, [["repo:acme/shop:pull_request", "repo:acme/shop:ref:refs/heads/main"]]);
    assert.deepStrictEqual(preview, [["repo:acme/shop:pull_request"]]);
    assert.deepStrictEqual(deploy, [["repo:acme/shop:environment:production"]]);
  });

  it("lets a preview read, and nothing else", () => {
    const others = actions("shop-preview").filter(
      (action) => !/:(Describe|List|Get)|^kms:Decrypt$/.test(action),
    );

    assert.deepStrictEqual(others, []);
  });

  it("lets a build reach nothing but the registry", () => {
    const services = new Set(actions("shop-build").map((action) => action.split(":")[0]));

    assert.deepStrictEqual([...services], ["ecr"]);
  });

  it("lets a deployment do what docs/iam.md says that an EcsTask needs", () => {
    const [, policy = ""] = /```json\n(.*?)```/s.exec(IAM) ?? [];
    const { Statement } = JSON.parse(policy) as { Statement: { Action: string | string[] }[] };
    const needed = Statement.flatMap(({ Action }) => Action).filter((action) => !NOT_USED.includes(action));

    assert.ok(needed.includes("ecs:RunTask"));
    assert.deepStrictEqual(
      needed.filter((action) => !actions("shop-deploy").includes(action)),
      [],
    );
  });

  it("names every action, and a resource wherever AWS knows one", () => {
    const all = ["shop-build", "shop-preview", "shop-deploy"].flatMap(statements);

    assert.ok(all.every(({ Action }) => Action.every((action) => !action.includes("*"))));
    const forAll = all.filter(({ Resource }) => Resource === "*").flatMap(({ Action }) => Action);
    assert.deepStrictEqual([...new Set(forAll)].sort(), FOR_ALL);
  });
});
