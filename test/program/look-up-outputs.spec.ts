import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { EcsTask, getRunningImagesOutput, getTaskOutput, getTasksByImageDigestOutput } from "../../src/index";
import { isRunning, startLab, type Lab } from "../support/lab";

interface Resolved<T> {
  readonly value: T;
  readonly isKnown: boolean;
  readonly isSecret: boolean;
}

/** What an output comes to, an unknown one too, which `apply` would wait for without end. */
async function resolved<T>(output: pulumi.Output<T>): Promise<Resolved<T>> {
  const inside = output as unknown as { promise(): Promise<T>; isKnown: Promise<boolean> };
  const value = await inside.promise();
  return { value, isKnown: await inside.isKnown, isSecret: await pulumi.isSecret(output) };
}

function underMocks(isPreview: boolean): Promise<void> {
  const mocks: pulumi.runtime.Mocks = {
    newResource: ({ name, inputs }) => ({ id: name, state: inputs as object }),
    call: ({ inputs }) => inputs as Record<string, unknown>,
  };
  return pulumi.runtime.setMocks(mocks, "project", "stack", isPreview);
}

describe("look-ups whose arguments are outputs", () => {
  const keys = { AWS_ACCESS_KEY_ID: "test", AWS_SECRET_ACCESS_KEY: "test" };
  const before_ = { ...process.env };
  let lab: Lab;
  let here: { region: string; endpoint: string };
  let taskArn: string;
  let digest: string;

  before(async () => {
    Object.assign(process.env, keys);
    lab = await startLab();
    here = { region: lab.local.region, endpoint: lab.local.url };
    ({ digest } = await lab.image("shop/app:1", {}, { Cmd: ["sleep", "600"] }));
    const taskDefinition = await lab.define([{ name: "app", image: "shop/app:1", stopTimeout: 0 }]);
    ({ taskArn } = await lab.run(taskDefinition));
    await lab.until(taskArn, isRunning);
  });
  after(async () => {
    for (const name of Object.keys(keys)) {
      if (before_[name] === undefined) Reflect.deleteProperty(process.env, name);
      else process.env[name] = before_[name];
    }
    // Mocks are the process's: the next spec is no preview.
    await underMocks(false);
    await lab.close();
  });

  /** By name, with the argument that may be unknown or secret, and what it is when it is known. */
  const lookUps = [
    {
      name: "getTaskOutput",
      ask: (arn: pulumi.Input<string>) =>
        getTaskOutput({ taskArn: arn, ...here }).apply(({ imageDigests }) => imageDigests.app),
      known: () => taskArn,
      unknown: (task: EcsTask) => task.taskArn.apply((arn = "") => arn),
      answer: () => digest,
    },
    {
      name: "getTasksByImageDigestOutput",
      ask: (imageDigest: pulumi.Input<string>) =>
        getTasksByImageDigestOutput({ imageDigest, cluster: "default", ...here }).apply(
          ({ taskArns }) => taskArns[0],
        ),
      known: () => digest,
      unknown: (task: EcsTask) => task.imageDigests.apply(({ app = "" }) => app),
      answer: () => taskArn,
    },
    {
      name: "getRunningImagesOutput",
      ask: (cluster: pulumi.Input<string>) =>
        getRunningImagesOutput({ cluster, ...here }).apply(({ containers }) => containers[0]?.imageDigest),
      known: () => "default",
      unknown: (task: EcsTask) => task.clusterArn.apply((arn = "") => arn),
      answer: () => digest,
    },
  ];

  for (const { name, ask, known, unknown, answer } of lookUps) {
    it(`${name} asks nothing in a preview while an argument is not known, and gives no answer`, async () => {
      await underMocks(true);
      const asked = lab.lines.length;
      const task = new EcsTask("migrate", { taskDefinition: "app:1" });

      const { isKnown, isSecret } = await resolved(ask(unknown(task)));

      assert.deepEqual([isKnown, isSecret, lab.lines.length - asked], [false, false, 0]);
    });

    it(`${name} answers in a preview once its arguments are known`, async () => {
      await underMocks(true);

      const output = await resolved(ask(pulumi.output(known())));

      assert.deepEqual(output, { value: answer(), isKnown: true, isSecret: false });
    });

    it(`${name} gives a secret for a secret, known or not`, async () => {
      await underMocks(true);
      const task = new EcsTask("migrate", { taskDefinition: "app:1" });

      const secret = await resolved(ask(pulumi.secret(known())));
      const unknownSecret = await resolved(ask(pulumi.secret(unknown(task))));

      assert.deepEqual(secret, { value: answer(), isKnown: true, isSecret: true });
      assert.deepEqual([unknownSecret.isKnown, unknownSecret.isSecret], [false, true]);
    });
  }
});
