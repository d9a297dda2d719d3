import type { ContainerDefinition, HealthStatus } from "@aws-sdk/client-ecs";

/** How the agent finds out whether a container is well. */
export interface HealthCheckPlan {
  /** Run in the container; it is well when that exits with 0. */
  readonly command: readonly string[];
  readonly intervalMs: number;
  readonly timeoutMs: number;
  /** So many failures in a row make it UNHEALTHY. */
  readonly retries: number;
  /** As long as a container may fail to be well after its start, without a failure being counted. */
  readonly startPeriodMs: number;
}

export interface Health {
  readonly status: HealthStatus;
  /** In a row, since the last success. */
  readonly failures: number;
}

export const unknownHealth: Health = { status: "UNKNOWN", failures: 0 };

/**
 * Seconds become milliseconds; what is absent gets its default. A command is understood when it begins with CMD or
 * CMD-SHELL. The HEALTHCHECK of an image is not looked at.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_HealthCheck.html (read 2026-11)
 */
export function planHealthCheck({ healthCheck }: ContainerDefinition): HealthCheckPlan | undefined {
  const { command = [], interval = 30, timeout = 5, retries = 3, startPeriod = 0 } = healthCheck ?? {};
  const [kind, ...words] = command;
  if (words.length === 0 || (kind !== "CMD" && kind !== "CMD-SHELL")) return undefined;
  return {
    command: kind === "CMD" ? words : ["sh", "-c", words.join(" ")],
    intervalMs: interval * 1000,
    timeoutMs: timeout * 1000,
    retries,
    startPeriodMs: startPeriod * 1000,
  };
}

/**
 * The container's health after one more check, `ageMs` after its start.
 * @see https://docs.docker.com/reference/dockerfile/#healthcheck (read 2026-11), which ECS leaves the checks to
 */
export function afterCheck(
  { retries, startPeriodMs }: HealthCheckPlan,
  health: Health,
  check: { readonly hasPassed: boolean; readonly ageMs: number },
): Health {
  if (check.hasPassed) return { status: "HEALTHY", failures: 0 };
  // The start period ends with the first success.
  if (health.status === "UNKNOWN" && check.ageMs < startPeriodMs) return health;
  const failures = health.failures + 1;
  return { status: failures >= retries ? "UNHEALTHY" : health.status, failures };
}
