import assert from "node:assert/strict";
import { image, startJudged, type Judged } from "./judged-local";

interface Answer {
  readonly tasks: {
    taskArn: string;
    lastStatus: string;
    containers: { exitCode?: number }[];
    tags?: object[];
  }[];
  readonly taskArns: string[];
  readonly containerInstance: { containerInstanceArn: string };
  readonly tags: object[];
  readonly acknowledgment: string;
}

describe("the AWS CLI", function () {
  this.timeout(300_000);
  let judged: Judged;
  before(async function () {
    const started = await startJudged();
    if (started === undefined) this.skip();
    judged = started;
    await aws("create-cluster");
    await define("long", "while :; do sleep 0.1; done");
    await define("short", "exit 3");
  });
  after(() => (judged as Judged | undefined)?.close());

  /** Whatever it says on stderr is a complaint. */
  const aws = async (verb: string, ...args: readonly string[]): Promise<Answer> => {
    const { stdout, stderr } = await judged.call("aws", [
      "--output",
      "json",
      "ecs",
      ...verb.split(" "),
      ...args,
    ]);
    assert.equal(stderr, "");
    return JSON.parse(stdout || "{}") as Answer;
  };
  const define = (family: string, line: string) => {
    const container = { name: "app", image, memory: 64, stopTimeout: 0, command: ["sh", "-c", line] };
    const definitions = JSON.stringify([container]);
    return aws("register-task-definition", "--family", family, "--container-definitions", definitions);
  };
  const run = async (...args: readonly string[]) => (await aws("run-task", ...args)).tasks[0]!.taskArn;

  it("runs a task, waits for its end, and reads the exit code", async () => {
    const taskArn = await run("--task-definition", "short");

    await aws("wait tasks-stopped", "--tasks", taskArn);

    const { tasks } = await aws("describe-tasks", "--tasks", taskArn);
    assert.deepEqual([tasks[0]!.lastStatus, tasks[0]!.containers[0]!.exitCode], ["STOPPED", 3]);
  });

  it("waits until a task runs, finds it, and stops it", async () => {
    const taskArn = await run("--task-definition", "long", "--started-by", "cli", "--tags", "key=a,value=b");
    await run("--task-definition", "long");

    await aws("wait tasks-running", "--tasks", taskArn);

    assert.deepEqual((await aws("list-tasks", "--started-by", "cli")).taskArns, [taskArn]);
    assert.equal((await aws("list-tasks", "--page-size", "1")).taskArns.length, 2);
    const { tasks } = await aws("describe-tasks", "--tasks", taskArn, "--include", "TAGS");
    assert.deepEqual(tasks[0]!.tags, [{ key: "a", value: "b" }]);
    await aws("stop-task", "--task", taskArn, "--reason", "enough");
    await aws("wait tasks-stopped", "--tasks", taskArn);
    assert.ok((await aws("list-tasks", "--desired-status", "STOPPED")).taskArns.includes(taskArn));
  });

  it("registers an instance, starts a task on it, and reports as its agent", async () => {
    const resources = ["CPU", "MEMORY"].map((name) => `name=${name},type=INTEGER,integerValue=1024`);
    const { containerInstance } = await aws("register-container-instance", "--total-resources", ...resources);
    const { containerInstanceArn: instance } = containerInstance;
    const started = await aws("start-task", "--task-definition", "long", "--container-instances", instance);
    const { taskArn } = started.tasks[0]!;
    assert.deepEqual((await aws("list-tasks", "--container-instance", instance)).taskArns, [taskArn]);

    const change = "containerName=app,exitCode=9,status=STOPPED";
    const reported = await aws(
      "submit-task-state-change",
      "--task",
      taskArn,
      "--status",
      "STOPPED",
      "--containers",
      change,
    );

    assert.equal(reported.acknowledgment, "ACK");
    await aws("wait tasks-stopped", "--tasks", taskArn);
    const { tasks } = await aws("describe-tasks", "--tasks", taskArn);
    assert.equal(tasks[0]!.containers[0]!.exitCode, 9);
    await aws("deregister-container-instance", "--container-instance", instance);
  });

  it("sets and removes tags", async () => {
    const resource = ["--resource-arn", "arn:aws:ecs:us-east-1:123456789012:cluster/default"];

    await aws("tag-resource", ...resource, "--tags", "key=a,value=b", "key=c,value=d");
    await aws("untag-resource", ...resource, "--tag-keys", "a");

    const { tags } = await aws("list-tags-for-resource", ...resource);
    assert.deepEqual(tags, [{ key: "c", value: "d" }]);
  });

  it("says what was refused", async () => {
    await assert.rejects(
      run("--task-definition", "never"),
      /ClientException.*RunTask operation: TaskDefinition not found\./,
    );
  });
});
