import type { RunTaskRequest } from "@aws-sdk/client-ecs";
import { refuse } from "../../refusals/rule";
import { launchRules } from "../../refusals/table";
import { clientException } from "../../server/aws-error";
import type { ClusterRecord } from "../../state/clusters/clusters";
import type { TaskDefinitionRecord } from "../../state/task-definitions/task-definitions";

/**
 * Both texts are observed in several places. What else is refused is in src/refusals.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RunTask.html (read 2026-11)
 */
export function checkRunTask(
  request: RunTaskRequest,
  cluster: ClusterRecord,
  record: TaskDefinitionRecord | undefined,
): TaskDefinitionRecord {
  if (record === undefined) throw clientException("TaskDefinition not found.");
  if (record.definition.status !== "ACTIVE") throw clientException("TaskDefinition is inactive");
  refuse(launchRules, { request, cluster, definition: record.definition });
  return record;
}
