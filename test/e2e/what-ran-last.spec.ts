import assert from "node:assert/strict";
import { startLab, hasStopped, type Lab } from "../support/lab";
import { PulumiProject } from "../support/pulumi-project";
import { requirePulumi } from "../support/pulumi-required";

describe("the example what-ran-last", function () {
  this.timeout(300_000);
  let lab: Lab;
  let project: PulumiProject;

  before(requirePulumi);
  before(async () => {
    lab = await startLab();
    project = await PulumiProject.create({
      example: "what-ran-last",
      config: {
        "aws:region": lab.local.region,
        "aws:endpoints": JSON.stringify([{ ecs: lab.local.url }]),
      },
    });
  });
  after(async () => {
    await project.close();
    await lab.close();
  });

  /** Runs a task as a schedule or a person would, and answers the outputs of the stack that reads it. */
  async function outputsFor(reference: string, exitCode: number) {
    const program = { "main.mjs": `process.exit(${exitCode})` };
    const { digest } = await lab.image(reference, program, { Cmd: ["node", "main.mjs"] });
    const { taskArn } = await lab.run(await lab.define([{ name: "app", image: reference }]));
    const task = await lab.until(taskArn, hasStopped);
    await project.setConfig("taskArn", taskArn);
    const preview = await project.preview();
    const up = await project.up("--skip-preview");
    assert.deepStrictEqual([preview.code, up.code], [0, 0], preview.stdout + up.stdout);
    return { digest, task, shown: preview.stdout, outputs: await project.outputs() };
  }

  it("says which image a task ran that something else started, in preview already", async () => {
    const { digest, task, shown, outputs } = await outputsFor("report:1", 0);

    assert.ok(shown.includes(digest), shown);
    assert.deepStrictEqual(outputs, {
      imageDigests: { app: digest },
      images: { app: "report:1" },
      outcome: "SUCCEEDED",
      exitCodes: { app: 0 },
      stoppedAt: task.stoppedAt?.toISOString(),
    });
  });

  it("says the same of a later task, and that it failed", async () => {
    const { digest, outputs } = await outputsFor("report:2", 4);

    assert.deepStrictEqual(
      [outputs.imageDigests, outputs.outcome, outputs.exitCodes],
      [{ app: digest }, "FAILED", { app: 4 }],
    );
  });
});
