// Your own deployment script, say: runs the migration and waits for its end. Nothing in here knows of the local ECS.
//   node migrate.mjs <task definition>
import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { DescribeTasksCommand, ECSClient, RunTaskCommand } from "@aws-sdk/client-ecs";

const pollMs = Number(process.env.POLL_MS ?? 6000);
const [taskDefinition] = process.argv.slice(2);
// The SDK itself reads AWS_ENDPOINT_URL_ECS, AWS_REGION and the credentials.
const ecs = new ECSClient({});

// With a token the request can be repeated, by the SDK or by us, and starts one task all the same.
const { tasks, failures } = await ecs.send(
  new RunTaskCommand({ taskDefinition, count: 1, clientToken: randomUUID() }),
);
if (tasks.length === 0) fail(`not started: ${failures.map(({ reason }) => reason).join(", ")}`);

const { taskArn } = tasks[0];
console.log(`started ${taskArn}`);
const task = await stopped(taskArn);
const bad = task.containers.filter(({ exitCode }) => exitCode !== 0);
if (task.stopCode !== "EssentialContainerExited" || bad.length > 0)
  fail(
    `${task.stoppedReason} (${bad.map(({ name, exitCode = "none" }) => `${name}: exit code ${exitCode}`).join(", ")})`,
  );
console.log(
  `migrated with ${task.containers.map(({ image, imageDigest }) => `${image} ${imageDigest}`).join(", ")}`,
);

async function stopped(arn) {
  for (;;) {
    const answer = await ecs.send(new DescribeTasksCommand({ tasks: [arn] }));
    // A new task may not be visible yet.
    if (answer.tasks[0]?.lastStatus === "STOPPED") return answer.tasks[0];
    await sleep(pollMs);
  }
}

function fail(reason) {
  console.error(`migration failed: ${reason}`);
  process.exit(1);
}
