import { projectOutputs } from "../../src/outcome/outputs";
import type { ContainerRecord, TaskRecord } from "../../src/outcome/task-record";
import type { TaskInputs } from "../../src/inputs/task-inputs";
import type { TaskState } from "../../src/run/task-state";

const ARN = "arn:aws:ecs:ap-southeast-2:123456789012";
const AT = "2026-11-27T12:34:56.789Z";

/** The record of a failed run of ten tasks with ten containers, each text near the limits of ECS. */
export function monsterState(inputs: TaskInputs): TaskState {
  const tasks = Array.from({ length: 10 }, (_, index) => monsterTask(index));
  return {
    ...inputs,
    identity: "0123456789ab",
    life: "ba9876543210",
    generation: 7,
    ...projectOutputs(tasks, "FAILED", {}),
    phase: "FAILED",
    schemaVersion: 1,
    marker: "pulumi-0123456789ab-7-0123456789",
    launchedAt: AT,
    essentialContainers: tasks[0]!.containers.map(({ name }) => name),
    dependencies: tasks[0]!.containers
      .slice(1)
      .map(({ name }) => ({ container: name, on: "container-0", condition: "SUCCESS" })),
    failure: tasks.map(() => 'container "one" exited with code 1').join(", ".repeat(10)),
  };
}

function monsterTask(index: number): TaskRecord {
  return {
    taskArn: `${ARN}:task/production/${String(index).repeat(32)}`,
    taskDefinitionArn: `${ARN}:task-definition/migrations:41`,
    clusterArn: `${ARN}:cluster/production`,
    lastStatus: "STOPPED",
    desiredStatus: "STOPPED",
    launchType: "FARGATE",
    capacityProviderName: "FARGATE_SPOT",
    platformVersion: "1.4.0",
    availabilityZone: "ap-southeast-2a",
    startedBy: "pulumi-0123456789ab-7-0123456789",
    group: "family:migrations",
    healthStatus: "UNKNOWN",
    stopCode: "EssentialContainerExited",
    stoppedReason: `${index} ${"why ".repeat(255)}`,
    createdAt: AT,
    pullStartedAt: AT,
    pullStoppedAt: AT,
    startedAt: AT,
    stoppingAt: AT,
    executionStoppedAt: AT,
    stoppedAt: AT,
    containers: Array.from({ length: 10 }, (_, each) => monsterContainer(index, each)),
  };
}

function monsterContainer(task: number, index: number): ContainerRecord {
  return {
    name: `container-${index}`,
    image: `123456789012.dkr.ecr.ap-southeast-2.amazonaws.com/shop/migrations-${index}:1.4.1`,
    imageDigest: `sha256:${String(index).repeat(64)}`,
    lastStatus: "STOPPED",
    exitCode: index,
    reason: `${task} ${"because ".repeat(127)}`,
    healthStatus: "UNKNOWN",
    runtimeId: `${String(task).repeat(32)}-123456789${index}`,
  };
}
