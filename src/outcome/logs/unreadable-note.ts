import { EcsApiError } from "../../aws/ecs-gateway";
import type { LogTarget } from "./log-target";

/** Why the lines of a container cannot be shown, and what to do about it. */
export function unreadableNote(error: unknown, target: LogTarget): string {
  const stream = `${target.logGroup} ${target.logStream}`;
  if (!(error instanceof EcsApiError)) return `reading ${stream} failed`;
  switch (error.kind) {
    case "notFound":
      return `it wrote none (there is no log stream ${stream})`;
    case "denied":
      return `reading ${stream} is not permitted; allow logs:GetLogEvents to see them here`;
    case "throttled":
    case "broken":
    case "unreachable":
    case "rejected":
    case "misconfigured":
      return `reading ${stream} failed: ${error.message}`;
  }
}
