import { parseReference } from "../state/task-definitions/task-definitions";

/** What a fault can ask of a call, whatever its operation. */
export interface Call {
  readonly operation: string;
  /** As the call names it; `default` when it does not. */
  readonly cluster: string;
  readonly tasks: readonly string[];
  readonly families: readonly string[];
  readonly startedBy: string | undefined;
}

/**
 * Reads what can be matched from a request that nothing has checked yet.
 * @param familyOf - the family of a task, where it is known, by the call's cluster and the task's ARN or id.
 */
export function describeCall(
  operation: string,
  request: unknown,
  familyOf: (cluster: string, task: string) => string | undefined,
): Call {
  const given = (typeof request === "object" && request !== null ? request : {}) as Record<string, unknown>;
  const tasks = [given.task, ...(Array.isArray(given.tasks) ? (given.tasks as unknown[]) : [])].filter(
    isText,
  );
  const cluster = isText(given.cluster) ? given.cluster : "default";
  const families = [
    isText(given.family) ? given.family : undefined,
    isText(given.taskDefinition) ? parseReference(given.taskDefinition).family : undefined,
    ...tasks.map((task) => familyOf(cluster, task)),
  ].filter(isText);
  return {
    operation,
    cluster,
    tasks,
    families,
    startedBy: isText(given.startedBy) ? given.startedBy : undefined,
  };
}

function isText(value: unknown): value is string {
  return typeof value === "string";
}
