import assert from "node:assert/strict";
import {
  DeleteAttributesCommand,
  ListAttributesCommand,
  ListContainerInstancesCommand,
  PutAttributesCommand,
  type Attribute,
} from "@aws-sdk/client-ecs";
import { startLab, type Lab } from "../support/lab";

describe("attributes of the container instances of the local ECS", () => {
  let lab: Lab;
  let targetId: string;

  beforeEach(async () => {
    lab = await startLab();
    const { containerInstanceArns } = await lab.ecs.send(new ListContainerInstancesCommand({}));
    targetId = containerInstanceArns?.[0] ?? "";
  });
  afterEach(() => lab.close());

  const put = (...attributes: Attribute[]) => lab.ecs.send(new PutAttributesCommand({ attributes }));
  const remove = (...attributes: Attribute[]) => lab.ecs.send(new DeleteAttributesCommand({ attributes }));
  const listed = async (attributeName: string, attributeValue?: string) => {
    const filter = { targetType: "container-instance" as const, attributeName, attributeValue };
    return (await lab.ecs.send(new ListAttributesCommand(filter))).attributes;
  };

  it("are put, replaced, found by a query, listed and deleted", async () => {
    const named = { targetId, targetType: "container-instance" as const };
    const shortId = targetId.split("/").at(-1) ?? "";

    assert.deepEqual((await put({ name: "stack", value: "dev", targetId: shortId })).attributes, [
      { name: "stack", value: "dev", ...named },
    ]);
    await put({ name: "stack", value: "prod", targetId }, { name: "fast", targetId });

    assert.deepEqual(await listed("stack"), [{ name: "stack", value: "prod", ...named }]);
    assert.deepEqual(await listed("stack", "dev"), []);
    assert.deepEqual(await listed("fast"), [{ name: "fast", ...named }]);
    const found = new ListContainerInstancesCommand({ filter: "attribute:stack == prod" });
    assert.deepEqual((await lab.ecs.send(found)).containerInstanceArns, [targetId]);

    assert.deepEqual((await remove({ name: "stack", targetId }, { name: "never", targetId })).attributes, [
      { name: "stack", value: "prod", ...named },
    ]);
    assert.deepEqual(await listed("stack"), []);
  });

  it("are listed page by page, those of the agent among them", async () => {
    const names: (string | undefined)[] = [];
    let nextToken: string | undefined;
    do {
      const page = await lab.ecs.send(
        new ListAttributesCommand({ targetType: "container-instance", maxResults: 7, nextToken }),
      );
      assert.ok((page.attributes?.length ?? 0) <= 7);
      names.push(...(page.attributes ?? []).map(({ name }) => name));
      ({ nextToken } = page);
    } while (nextToken !== undefined);

    assert.ok(names.includes("ecs.os-type"));
    assert.equal(new Set(names).size, names.length);
  });

  it("are at most ten for each, and none is put when one too many is", async () => {
    const ten = Array.from({ length: 10 }, (_, number) => ({ name: `a${number}`, targetId }));
    await put(...ten);

    await assert.rejects(put({ name: "one-more", targetId }), { name: "AttributeLimitExceededException" });
    await put({ name: "a0", value: "again", targetId });
    assert.deepEqual(await listed("one-more"), []);
    await assert.rejects(put(...ten, { name: "b", targetId }), { name: "InvalidParameterException" });
  });

  it("belong to an instance that is there, and those of ECS stay", async () => {
    await assert.rejects(put({ name: "a", targetId }, { name: "a", targetId: "0".repeat(32) }), {
      name: "TargetNotFoundException",
    });
    assert.deepEqual(await listed("a"), []);
    assert.deepEqual((await remove({ name: "ecs.os-type", targetId })).attributes, []);
    assert.equal((await listed("ecs.os-type"))?.length, 1);
    await assert.rejects(put({ name: "no space", targetId }), { name: "InvalidParameterException" });
    await assert.rejects(
      lab.ecs.send(new ListAttributesCommand({ targetType: "container-instance", attributeValue: "x" })),
      { name: "InvalidParameterException" },
    );
  });
});
