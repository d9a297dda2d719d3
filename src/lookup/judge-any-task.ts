import type { TaskDefinition } from "@aws-sdk/client-ecs";
import { EcsTaskError } from "../errors";
import { clusterOfTask } from "../aws/arn";
import { dependenciesIn } from "../outcome/container-dependencies";
import { essentialIn } from "../outcome/essential-containers";
import { expectationOf } from "../outcome/expectation";
import { judgeOutcome, type Outcome } from "../outcome/judge-outcome";
import { logTargets } from "../outcome/logs/log-target";
import { projectOutputs, type TaskOutputs } from "../outcome/outputs";
import { redactor, type Redact } from "../inputs/redact-secrets";
import type { TaskInputs } from "../inputs/task-inputs";
import type { TaskRecord } from "../outcome/task-record";
import { readDefinition } from "../run/read-definition";
import { lookOnce, type LookPorts } from "../run/follow/look-once";
import type { RunPorts } from "../run/ports/run-ports";

/** What a look at one task needs. */
export type JudgePorts = LookPorts & Pick<RunPorts, "ecs">;

/** A task that anybody may have started, and what became of it. */
export interface JudgedTask {
  readonly task: TaskRecord;
  /** Replaces the values of its environment overrides. */
  readonly redact: Redact;
  readonly definition: TaskDefinition | undefined;
  readonly outcome: Outcome;
  readonly outputs: TaskOutputs;
}

/**
 * Looks at any task and judges it as if it were the run of a resource with its overrides and nothing else asked
 * for; the values of its environment overrides are shown nowhere.
 *
 * @param taskArn - or its id, with `cluster`.
 * @param cluster - that of the ARN unless given.
 * @returns `undefined` for a task that ECS does not know (any more).
 * @throws EcsTaskError when it is not a task's ARN.
 * @throws EcsApiError when ECS does not answer, or looking is not permitted.
 */
export async function judgeAnyTask(
  ports: JudgePorts,
  taskArn: string,
  cluster = requireCluster(taskArn),
): Promise<JudgedTask | undefined> {
  const found = await lookOnce(ports, cluster, taskArn);
  if (!found) return undefined;
  const { record: task, overrides } = found;
  const asked = overrides ? { overrides } : {};
  const redact = redactor(asked);
  const inputs: TaskInputs = { taskDefinition: task.taskDefinitionArn, ...asked };
  const definition = await readDefinition(ports, task.taskDefinitionArn);
  const dependencies = dependenciesIn(definition);
  const outcome = judgeOutcome([task], { ...expectationOf(inputs, essentialIn(definition)), dependencies });
  const outputs = projectOutputs([task], outcome.kind, logTargets(definition, task.taskArn));
  return { task, redact, definition, outcome, outputs };
}

function requireCluster(taskArn: string): string {
  const cluster = clusterOfTask(taskArn);
  if (cluster) return cluster;
  throw new EcsTaskError(
    "NO_TASK_ARN",
    `"${taskArn}" is not the ARN of an ECS task. It must look like arn:aws:ecs:<region>:<account>:task/<cluster>/<id>.`,
  );
}
