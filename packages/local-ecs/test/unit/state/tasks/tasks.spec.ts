import assert from "node:assert/strict";
import { MovableClock } from "../../../../src/time/clock";
import { Clusters } from "../../../../src/state/clusters/clusters";
import { ClientTokens, type RememberedLaunch } from "../../../../src/state/tasks/client-tokens";
import { newTask } from "../../../../src/state/tasks/new-task";
import { TaskDefinitions } from "../../../../src/state/task-definitions/task-definitions";
import { moveTask, type TaskRecord } from "../../../../src/state/tasks/task-record";
import { Tasks, type TasksOptions } from "../../../../src/state/tasks/tasks";

const account = { region: "us-east-1", accountId: "123456789012" };
const minuteMs = 60_000;

function world(options: TasksOptions = {}) {
  const clock = new MovableClock();
  const tasks = new Tasks(account, clock, options);
  const clusters = new Clusters(account);
  const definitions = new TaskDefinitions(account);
  let ids = 0;
  const task = (cluster: string, family: string, startedBy?: string): TaskRecord =>
    newTask({
      account,
      cluster: clusters.create(cluster, {}),
      definition: definitions.register({ family, containerDefinitions: [] }, []).definition,
      request: { taskDefinition: family, startedBy },
      launchType: "EC2",
      containerInstanceArn: undefined,
      tags: [],
      now: clock.now(),
      newId: () => String(++ids).padStart(32, "0"),
    });
  const stop = (record: TaskRecord): TaskRecord => tasks.put(moveTask(record, "STOPPED", clock.now()));
  return { clock, tasks, clusters, task, stop };
}

describe("Tasks", () => {
  it("finds by cluster, family and startedBy", () => {
    const { tasks, clusters, task } = world();
    const one = tasks.put(task("c", "one", "me"));
    const two = tasks.put(task("c", "two", "me"));
    const elsewhere = tasks.put(task("d", "one", "me"));
    const [c, d] = [clusters.create("c", {}), clusters.create("d", {})];

    assert.deepEqual(tasks.in(c), [one, two]);
    assert.deepEqual(tasks.in(c, { family: "one" }), [one]);
    assert.deepEqual(tasks.in(c, { startedBy: "me" }), [one, two]);
    assert.deepEqual(tasks.in(d, { family: "two" }), []);
    assert.deepEqual(tasks.all(), [one, two, elsewhere]);
  });

  it("forgets a stopped task after an hour, and no other one", () => {
    const { tasks, clusters, task, stop, clock } = world();
    const running = tasks.put(task("c", "one"));
    const early = stop(tasks.put(task("c", "one")));
    clock.advance(30 * minuteMs);
    const late = stop(tasks.put(task("c", "one")));
    clock.advance(30 * minuteMs);

    assert.equal(tasks.get(early.task.taskArn), undefined);
    assert.deepEqual(tasks.in(clusters.create("c", {})), [running, late]);
    clock.advance(30 * minuteMs);
    assert.deepEqual(tasks.all(), [running]);
  });

  it("shows a stopped task as long as it is told to, but remembers it for its token an hour", () => {
    const { tasks, task, stop, clock } = world({ retentionMs: minuteMs });
    const { taskArn } = stop(tasks.put(task("c", "one"))).task;
    clock.advance(minuteMs);

    assert.equal(tasks.get(taskArn), undefined);
    assert.equal(tasks.remembered(taskArn)?.task.taskArn, taskArn);
    clock.advance(59 * minuteMs);
    assert.equal(tasks.remembered(taskArn), undefined);
  });

  it("takes over what was there before, in the order in which it stopped", () => {
    const byArn = new Map<string, TaskRecord>();
    const before = world({ byArn });
    const [first, second] = [
      before.tasks.put(before.task("c", "one")),
      before.tasks.put(before.task("c", "one")),
    ];
    before.stop(second);
    before.clock.advance(30 * minuteMs);
    before.stop(first);
    const tasks = new Tasks(account, before.clock, { byArn });
    before.clock.advance(30 * minuteMs);

    assert.deepEqual(
      tasks.all().map(({ task }) => task.taskArn),
      [first.task.taskArn],
    );
  });
});

describe("a clientToken", () => {
  const launch = (taskArns: readonly string[]) => ({ fingerprint: "same", taskArns, failures: [] });

  it("lives an hour longer than the last of its tasks, however long stopped tasks are shown", () => {
    for (const retentionMs of [0, 600 * minuteMs]) {
      const { tasks, clock, task, stop } = world({ retentionMs });
      const clientTokens = new ClientTokens(tasks, clock);
      const [one, two] = [tasks.put(task("c", "one")), tasks.put(task("c", "one"))];
      clientTokens.remember("c", "token", launch([one.task.taskArn, two.task.taskArn]));
      stop(one);
      clock.advance(90 * minuteMs);
      stop(two);
      clock.advance(59 * minuteMs);

      assert.ok(clientTokens.find("c", "token", "same"));
      clock.advance(minuteMs);
      assert.equal(clientTokens.find("c", "token", "same"), undefined);
    }
  });

  it("is dropped when it is spent and another one comes", () => {
    const { tasks, clock, task, stop } = world();
    const byToken = new Map<string, RememberedLaunch>();
    const clientTokens = new ClientTokens(tasks, clock, byToken);
    const running = tasks.put(task("c", "one"));
    clientTokens.remember("c", "running", launch([running.task.taskArn]));
    clientTokens.remember("c", "stopped", launch([stop(tasks.put(task("c", "one"))).task.taskArn]));
    clock.advance(59 * minuteMs);
    clientTokens.remember("c", "young", launch([]));
    clock.advance(minuteMs);
    clientTokens.remember("c", "new", launch([]));

    assert.deepEqual([...byToken.keys()], ["c running", "c young", "c new"]);
  });

  it("that started nothing gives the same failures for an hour", () => {
    const { tasks, clock } = world();
    const clientTokens = new ClientTokens(tasks, clock);
    const failures = [{ reason: "RESOURCE:MEMORY" }];
    clientTokens.remember("c", "token", { ...launch([]), failures });

    assert.deepEqual(clientTokens.find("c", "token", "same")?.failures, failures);
    clock.advance(60 * minuteMs);
    assert.equal(clientTokens.find("c", "token", "same"), undefined);
  });
});
