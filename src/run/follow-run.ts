import type { TaskDefinition } from "@aws-sdk/client-ecs";
import { EcsApiError } from "../ecs/ecs-gateway";
import { taskId } from "../task/arn";
import { logTargets } from "../task/log-target";
import { normaliseInputs } from "../task/normalise-inputs";
import { redactor } from "../task/redact";
import { isStopped, type TaskRecord } from "../task/task-record";
import { waitForTasks, type WaitResult } from "../watch/wait-for-tasks";
import { judgeRun } from "./judge-run";
import type { RunPorts } from "./run-ports";
import { runState, type RunFacts, type RunReport } from "./run-report";
import { statusLine } from "./status-line";
import { stopTasks } from "./stop-tasks";

/**
 * Waits for the tasks of a run, judges them and explains what went wrong. Never throws for what becomes of
 * the tasks: from here on a task exists, and whatever happens to it has to be recorded.
 */
export async function followRun(ports: RunPorts, facts: RunFacts): Promise<RunReport> {
  const inputs = normaliseInputs(facts.inputs);
  const redact = redactor(facts.inputs);
  const cluster = facts.tasks[0]?.clusterArn ?? inputs.cluster;
  // Asked for while the task runs, so that judging it costs no time afterwards.
  const definition = readDefinition(ports, facts.tasks);
  const startMs = ports.clock.nowMs();
  const waited = await waitForTasks(
    {
      watcher: ports.watcher(cluster),
      clock: ports.clock,
      redact,
      onSeen: (tasks) => {
        ports.status(statusLine(tasks, ports.clock.nowMs() - startMs));
      },
    },
    facts.tasks,
    { waitFor: inputs.waitFor, timeoutMs: inputs.timeoutSeconds * 1000 },
  );
  const known = withDefinition({ ...facts, tasks: waited.tasks }, await definition);
  if (waited.kind === "timedOut" && inputs.onTimeout === "STOP")
    return stopAfterTimeout(ports, known, cluster);
  return waited.kind === "reached" ? judgeRun(ports, known) : unfinished(known, waited);
}

function unfinished(facts: RunFacts, waited: Exclude<WaitResult, { kind: "reached" }>): RunReport {
  const { inputs } = facts;
  const ids = facts.tasks.filter((task) => !isStopped(task)).map((task) => taskId(task.taskArn));
  const which = ids.length === 1 ? `task ${ids[0] ?? ""}` : `tasks ${ids.join(", ")}`;
  switch (waited.kind) {
    case "timedOut": {
      const { timeoutSeconds } = normaliseInputs(inputs);
      const last = facts.tasks.map((task) => task.lastStatus).join(", ");
      const unanswered = waited.unanswered > 0 ? ` (${waited.unanswered} calls were not answered)` : "";
      const failure = `it was still ${last} after ${timeoutSeconds} s`;
      return {
        state: runState(facts, "RUNNING", "RUNNING", failure),
        problem: `Gave up waiting for ${which} after ${timeoutSeconds} s: last status ${last}${unanswered}. It keeps running; run \`pulumi up\` again to go on waiting for the same task, or raise timeoutSeconds. To have it stopped instead, set onTimeout to "STOP".`,
      };
    }
    case "vanished":
      return {
        state: runState(facts, "UNKNOWN", "UNKNOWN", "ECS does not know its task any more"),
        problem: `Task ${taskId(waited.taskArn)} vanished: ECS does not know it any more, so nobody can say how it ended. Find out by its logs or its effects whether it did its work, then run \`pulumi up\` again.`,
      };
    case "blind": {
      const problem = `Cannot see what became of ${which}: ${waited.error.operation} answered ${waited.error.code}: ${waited.error.message}. It may still be running. Restore the access (ecs:DescribeTasks, valid credentials), then run \`pulumi up\` again: it goes on waiting for the same task.`;
      return { state: runState(facts, "RUNNING", "RUNNING", "it could not be watched to its end"), problem };
    }
  }
}

async function stopAfterTimeout(ports: RunPorts, facts: RunFacts, cluster: string): Promise<RunReport> {
  const { timeoutSeconds } = normaliseInputs(facts.inputs);
  try {
    const reason = `pulumi-ecs-task: still running after ${timeoutSeconds} s`;
    const tasks = await stopTasks(ports, cluster, facts.tasks, reason, redactor(facts.inputs));
    return await judgeRun(ports, { ...facts, tasks }, `Stopped after ${timeoutSeconds} s, as onTimeout says`);
  } catch (error) {
    if (!(error instanceof EcsApiError)) throw error;
    return unfinished(facts, { kind: "blind", tasks: facts.tasks, error });
  }
}

async function readDefinition(
  ports: RunPorts,
  tasks: readonly TaskRecord[],
): Promise<TaskDefinition | undefined> {
  const arn = tasks[0]?.taskDefinitionArn;
  if (!arn) return undefined;
  // Not permitted or not answered: then all containers decide, and no log lines are shown.
  return ports.ecs.describeTaskDefinition(arn).catch(() => undefined);
}

function withDefinition(facts: RunFacts, definition: TaskDefinition | undefined): RunFacts {
  if (!definition?.containerDefinitions) return facts;
  // "If the essential parameter … is omitted, a container is assumed to be essential", API_ContainerDefinition.
  const essential = definition.containerDefinitions.filter((container) => container.essential !== false);
  const [first, ...others] = facts.tasks;
  return {
    ...facts,
    definition,
    essentialContainers: essential.map((container) => container.name ?? ""),
    logs: first && others.length === 0 ? logTargets(definition, first.taskArn) : {},
  };
}
