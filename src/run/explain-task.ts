import { expectationOf } from "../task/expectation";
import { overridesOf } from "../task/found-tasks";
import { judgeOutcome } from "../task/judge-outcome";
import { logTargets } from "../task/log-target";
import { projectOutputs, type TaskOutputs } from "../task/project-outputs";
import { redactor } from "../task/redact";
import type { TaskInputs } from "../task/task-inputs";
import { taskRecord, type TaskRecord } from "../task/task-record";
import { essentialIn, readDefinition } from "./essential-containers";
import { explainFailure, type Explanation } from "./explain-failure";
import { findTask } from "./look-up-task";
import type { RunPorts } from "./run-ports";

/** What is known of a task, and why it failed when it did. */
export interface ExplainedTask extends TaskOutputs {
  /** Present when it failed. */
  readonly explanation?: Explanation;
}

/**
 * Judges and explains any task as if it were the run of a resource with its overrides and nothing else asked for.
 *
 * @returns `undefined` for a task that ECS does not know (any more).
 * @throws EcsTaskError when it is not a task's ARN.
 * @throws EcsApiError when ECS does not answer, or looking is not permitted.
 */
export async function explainTask(
  ports: Pick<RunPorts, "ecs" | "logs" | "clock" | "random" | "watcher" | "status">,
  taskArn: string,
): Promise<ExplainedTask | undefined> {
  const found = await findTask(ports, taskArn);
  if (!found) return undefined;
  const overrides = overridesOf(found);
  const redact = redactor(overrides ? { overrides } : {});
  const task = taskRecord(found, redact);
  const definition = await readDefinition(ports, task.taskDefinitionArn);
  const inputs: TaskInputs = { taskDefinition: task.taskDefinitionArn, ...(overrides ? { overrides } : {}) };
  const outcome = judgeOutcome([task], expectationOf(inputs, essentialIn(definition)));
  const outputs = projectOutputs([task], outcome.kind, logTargets(definition, task.taskArn));
  if (outcome.kind !== "FAILED") return outputs;
  const facts = { inputs, tasks: [task], definition };
  return { ...outputs, explanation: await explainFailure(ports, facts, outcome, nextStep(task)) };
}

/** Who starts the next task: Pulumi, a service or the reader. */
function nextStep({ startedBy, group }: TaskRecord): string | undefined {
  if (startedBy?.startsWith("pulumi-")) return undefined;
  return group?.startsWith("service:") ? "the service starts a new task by itself" : "start a new task";
}
