import assert from "node:assert/strict";
import { seenTask } from "../../../src/aws/seen-task";
import fc from "fast-check";
import {
  containerImages,
  inOrder,
  matchDigests,
  type ContainerImage,
} from "../../../src/lookup/container-image";
import { imageDigestIn } from "../../../src/lookup/image-digest";

const DIGEST = `sha256:${"0123456789abcdef".repeat(4)}`;
const OTHER = `sha256:${"f".repeat(64)}`;

function image(over: Partial<ContainerImage>): ContainerImage {
  return {
    clusterArn: "arn:aws:ecs:eu-central-1:123456789012:cluster/prod",
    taskArn: "arn:aws:ecs:eu-central-1:123456789012:task/prod/1",
    taskDefinitionArn: "arn:aws:ecs:eu-central-1:123456789012:task-definition/app:1",
    containerName: "app",
    lastStatus: "RUNNING",
    ...over,
  };
}

describe("imageDigestIn", () => {
  for (const { name, reference, digest } of [
    { name: "takes a digest", reference: DIGEST, digest: DIGEST },
    { name: "takes an image with its digest", reference: `shop/app@${DIGEST}`, digest: DIGEST },
    {
      name: "takes a registry with port, tag and digest",
      reference: `r.io:5000/a/b:1@${DIGEST}`,
      digest: DIGEST,
    },
    { name: "refuses a tag", reference: "shop/app:1", digest: undefined },
    { name: "refuses a shortened digest", reference: DIGEST.slice(0, 40), digest: undefined },
    { name: "refuses a digest that is too long", reference: `${DIGEST}0`, digest: undefined },
    {
      name: "refuses capitals, which no registry writes",
      reference: DIGEST.toUpperCase(),
      digest: undefined,
    },
    { name: "refuses an empty image", reference: `@${DIGEST}`, digest: undefined },
    { name: "refuses an empty text", reference: "", digest: undefined },
  ]) {
    it(name, () => {
      assert.equal(imageDigestIn(reference), digest);
    });
  }
});

describe("containerImages", () => {
  it("gives a row for each container, with the service of the task and without what ECS did not say", () => {
    const { record } = seenTask({
      taskArn: "task",
      clusterArn: "cluster",
      taskDefinitionArn: "definition",
      lastStatus: "PENDING",
      group: "service:web",
      containers: [
        { name: "side" },
        { name: "app", image: "a:1", imageDigest: DIGEST, lastStatus: "RUNNING" },
      ],
    });

    const rows = containerImages(record);

    const task = { taskArn: "task", clusterArn: "cluster", taskDefinitionArn: "definition" };
    const service = { group: "service:web", serviceName: "web" };
    assert.deepStrictEqual(rows, [
      { ...task, ...service, containerName: "app", image: "a:1", imageDigest: DIGEST, lastStatus: "RUNNING" },
      { ...task, ...service, containerName: "side", lastStatus: "PENDING" },
    ]);
  });

  it("knows no service of a task that was run by itself", () => {
    const [row] = containerImages(
      seenTask({ group: "family:service", containers: [{ name: "app" }] }).record,
    );

    assert.equal(row?.group, "family:service");
    assert.ok(!("serviceName" in row));
  });
});

describe("matchDigests", () => {
  const images = fc.array(
    fc
      .record({
        taskArn: fc.constantFrom("1", "2", "3"),
        imageDigest: fc.constantFrom(DIGEST, OTHER, undefined),
      })
      .map(({ imageDigest, ...rest }) => image({ ...rest, ...(imageDigest ? { imageDigest } : {}) })),
  );

  it("puts each container where its digest says: here, unknown or elsewhere", () => {
    fc.assert(
      fc.property(images, (all) => {
        const { containers, unknown, taskArns } = matchDigests(all, [DIGEST]);
        const elsewhere = matchDigests(all, [OTHER]).containers;

        assert.equal(containers.length + unknown.length + elsewhere.length, all.length);
        assert.ok(containers.every(({ imageDigest }) => imageDigest === DIGEST));
        assert.deepEqual(new Set(taskArns), new Set(containers.map(({ taskArn }) => taskArn)));
        assert.equal(new Set(taskArns).size, taskArns.length);
      }),
    );
  });

  it("takes several digests as one image", () => {
    const all = [image({ imageDigest: DIGEST }), image({ taskArn: "2", imageDigest: OTHER }), image({})];

    const { containers, unknown } = matchDigests(all, [DIGEST, OTHER]);

    assert.deepEqual([containers.length, unknown.length], [2, 1]);
  });
});

describe("inOrder", () => {
  it("makes the same list of the same containers, however they came", () => {
    const rows = ["b", "a", "c"].flatMap((taskArn) =>
      ["x", "w"].map((name) => image({ taskArn, containerName: name })),
    );

    fc.assert(
      fc.property(fc.shuffledSubarray(rows, { minLength: rows.length }), (shuffled) => {
        const order = inOrder(shuffled).map(({ taskArn, containerName }) => taskArn + containerName);
        assert.deepEqual(order, ["aw", "ax", "bw", "bx", "cw", "cx"]);
      }),
    );
  });

  it("sorts by group before task, and takes tasks without one first", () => {
    const rows = [
      image({ group: "b", taskArn: "1" }),
      image({ group: "a", taskArn: "2" }),
      image({ taskArn: "3" }),
    ];

    assert.deepEqual(
      inOrder(rows).map(({ taskArn }) => taskArn),
      ["3", "2", "1"],
    );
  });
});

describe("a container of a task of which ECS tells next to nothing", () => {
  it("is listed all the same, without a group", () => {
    const [row] = containerImages(seenTask({ containers: [{ name: "app" }] }).record);

    assert.ok(row && !("group" in row));
    assert.deepEqual([row.containerName, row.lastStatus], ["app", "UNKNOWN"]);
  });
});
