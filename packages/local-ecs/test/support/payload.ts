import type { TaskPayload } from "../../src/agent/task-payload";

/** What the server sends to the agent, with some of its members as the test wants them. */
export function payloadOf(members: Partial<TaskPayload>): TaskPayload {
  return {
    taskArn: "arn:aws:ecs:us-east-1:123456789012:task/c/1",
    clusterArn: "arn:aws:ecs:us-east-1:123456789012:cluster/c",
    desiredStatus: "RUNNING",
    containerDefinitions: [],
    containerOverrides: [],
    containerArns: {},
    memoryMib: undefined,
    family: "app",
    revision: 1,
    networkMode: undefined,
    volumes: [],
    launchType: "EC2",
    availabilityZone: "us-east-1a",
    ...members,
  };
}
