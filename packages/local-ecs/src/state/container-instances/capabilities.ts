const logDrivers: readonly string[] = [
  "awsfirelens",
  "awslogs",
  "fluentd",
  "gelf",
  "journald",
  "json-file",
  "none",
  "splunk",
  "syslog",
];

/**
 * What the agent of this machine says it can do.
 * Names as amazon-ecs-agent 1.105 registers them (agent/app/agent_capability.go).
 */
export const capabilities: readonly string[] = [
  ...logDrivers.map((driver) => `com.amazonaws.ecs.capability.logging-driver.${driver}`),
  "com.amazonaws.ecs.capability.privileged-container",
  "com.amazonaws.ecs.capability.task-iam-role",
  "com.amazonaws.ecs.capability.task-iam-role-network-host",
  "ecs.capability.container-health-check",
  "ecs.capability.container-ordering",
  "ecs.capability.execution-role-awslogs",
  "ecs.capability.task-eni",
];
