import assert from "node:assert/strict";
import { startMigrations, stopMigrations, URN, type Migrations } from "../support/migrations";
import type { Properties } from "../support/provider-host";

const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

describe("the line of the resource in a preview", () => {
  let m: Migrations;
  let recorded: { id: string; state: Properties };
  let inputs: Properties;

  before(async () => {
    m = await startMigrations();
    inputs = m.inputs(["exit", "0"]);
    recorded = await m.host.create(inputs);
  });

  after(() => stopMigrations(m));

  /** What diff answers, and the line it put on the resource. */
  async function preview(state: Properties, news: Properties): Promise<{ changes: boolean; line?: string }> {
    await m.host.check(inputs, news);
    m.host.lines.length = 0;
    const { changes } = await m.host.diff(recorded.id, state, news);
    const lines = m.host.lines.filter((line) => !line.ephemeral && line.urn === URN);
    assert.ok(lines.length <= 1);
    return lines[0] ? { changes, line: lines[0].text } : { changes };
  }

  it("says before the first run which task will run where", async () => {
    m.host.lines.length = 0;

    const { failures } = await m.host.check(
      {},
      { ...inputs, cluster: "arn:aws:ecs:us-east-1:123456789012:cluster/prod" },
    );

    assert.deepStrictEqual(failures, []);
    assert.deepStrictEqual(
      m.host.lines.map(({ text, ephemeral }) => ({ text, ephemeral })),
      [
        {
          text: "migrate: will run a task: app:1 on cluster prod (app: image shop/migrate:1)",
          ephemeral: false,
        },
      ],
    );
  });

  it("says nothing and changes nothing when all inputs mean the same", async () => {
    const same = {
      ...inputs,
      taskDefinition: "app:1",
      cluster: "default",
      count: 1,
      timeoutSeconds: 3600,
      overrides: { containerOverrides: [{ name: "app", command: ["exit", "0"], environment: {} }] },
    };

    assert.deepStrictEqual(await preview(recorded.state, inputs), { changes: false });
    assert.deepStrictEqual(await preview(recorded.state, same), { changes: false });
  });

  it("names the property that makes a new task run", async () => {
    assert.deepStrictEqual(await preview(recorded.state, { ...inputs, taskDefinition: "app:2" }), {
      changes: true,
      line: "migrate: will run a new task: taskDefinition app:1 -> app:2",
    });
  });

  it("shows the names and never the values of overrides", async () => {
    const withSecret = (value: string) =>
      m.inputs([], {
        overrides: {
          containerOverrides: [{ name: "app", command: ["exit", "0"], environment: { DB: value } }],
        },
      });

    const { line } = await preview(
      { ...recorded.state, ...withSecret("postgres://old-secret") },
      withSecret("postgres://new-secret"),
    );

    assert.equal(line, "migrate: will run a new task: overrides.containerOverrides[app].environment[DB]");
  });

  it("says that no task will run when only the behaviour changes", async () => {
    assert.deepStrictEqual(
      await preview(recorded.state, { ...inputs, timeoutSeconds: 60, tags: { a: "b" } }),
      {
        changes: true,
        line: "migrate: no task will run: tags, timeoutSeconds 3600 -> 60 (tags from the next run on)",
      },
    );
  });

  it("says why it will run again after a failure, with unchanged inputs", async () => {
    const failed = { ...recorded.state, phase: "FAILED", failure: 'container "app" exited with code 1' };

    assert.deepStrictEqual(await preview(failed, inputs), {
      changes: true,
      line: 'migrate: will run again: the last run failed (container "app" exited with code 1)',
    });
  });

  it("says that a task may run when the new value is not known yet", async () => {
    const unknown = { ...inputs, placementConstraints: [{ type: UNKNOWN }] };

    const { failures } = await m.host.check(inputs, unknown);

    assert.deepStrictEqual(failures, []);
    assert.deepStrictEqual(await preview(recorded.state, unknown), {
      changes: true,
      line: "migrate: may run a new task: placementConstraints (known only after the update)",
    });
  });

  it("says no less than before where the task definitions may not be read, or are not answered for", async () => {
    const revise = () =>
      m.lab.define([{ name: "app", image: "shop/migrate:1", command: ["exit", "0"] }], "unread");
    const lineOf = async (taskDefinition: string) => {
      const { line } = await preview(recorded.state, { ...inputs, taskDefinition });
      return line?.replace(/unread:\d+$/, "unread:<new>");
    };
    const plain = "migrate: will run a new task: taskDefinition app:1 -> unread:<new>";

    m.lab.local.faults.add({ DescribeTaskDefinition: [{ error: "AccessDeniedException", times: 2 }] });
    assert.equal(await lineOf(await revise()), plain);
    m.lab.local.faults.clear();
    m.lab.local.faults.add({ DescribeTaskDefinition: [{ hang: "before", times: 2 }] });
    assert.equal(await lineOf(await revise()), plain);
    m.lab.local.faults.clear();
  });

  it("warns that a family alone does not follow new revisions", async () => {
    const { line } = await preview(recorded.state, { ...inputs, taskDefinition: "app" });

    assert.match(
      String(line),
      /^migrate: will run a new task: taskDefinition app:1 -> app \(with the same images, commands, variables, sizes and roles\) \(its latest revision; /,
    );
  });

  describe("is said only when check was the last call for the resource", () => {
    const news = () => ({ ...inputs, taskDefinition: "app:2" });
    /** How many lines diff puts on resources. */
    const linesOfDiff = async () => {
      const before = m.host.lines.length;
      const { changes } = await m.host.diff(recorded.id, recorded.state, news());
      assert.equal(changes, true);
      return m.host.lines.slice(before).filter(({ ephemeral }) => !ephemeral).length;
    };

    it("so not by a refresh, which reads before, and runs nothing", async () => {
      await m.host.check(inputs, news());
      await m.host.read(recorded.id, recorded.state);

      assert.equal(await linesOfDiff(), 0);
    });

    it("so not a second time, before check has been asked again", async () => {
      await m.host.check(inputs, news());

      assert.deepStrictEqual([await linesOfDiff(), await linesOfDiff()], [1, 0]);
    });

    it("so not after the check of another resource", async () => {
      await m.host.check(inputs, { ...news(), resourceUrn: `${URN}-other` });

      assert.equal(await linesOfDiff(), 0);
    });
  });
});
