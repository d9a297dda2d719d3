import { tailLog } from "../../outcome/logs/log-tail";
import { taskId } from "../../aws/arn";
import { logTargets } from "../../outcome/logs/log-target";
import type { RunPorts } from "../ports/run-ports";
import { unreadLines } from "../../outcome/explain/unread-lines";
import { linesArrive } from "../../outcome/logs/lines-arrive";
import type { RunFacts } from "../run-result";
import type { WaitResult } from "./wait-for-tasks";

/**
 * Shows what all containers write, each line once and under the container's name, until the tasks have ended
 * and their last lines have arrived.
 */
export async function streamLogs(
  ports: RunPorts,
  facts: RunFacts,
  waiting: Promise<WaitResult>,
): Promise<void> {
  const ended = waiting.then(({ tasks }) => linesArrive(ports.clock, tasks));
  const tail = { logs: ports.logs, clock: ports.clock, show: ports.info };
  const several = facts.tasks.length > 1;
  const tails = facts.tasks.flatMap(({ taskArn }) =>
    Object.entries(logTargets(facts.definition, taskArn)).map(([container, target]) =>
      tailLog(tail, { name: several ? `${taskId(taskArn)} ${container}` : container, target }, ended),
    ),
  );
  if (tails.length === 0) await ports.info(`no log lines can be shown: ${notes(facts).join("; ")}`);
  await Promise.all(tails);
}

function notes({ definition }: RunFacts): string[] {
  if (!definition) return [unreadLines(undefined, "")];
  return (definition.containerDefinitions ?? []).map(
    ({ name = "" }) => `${name}: ${unreadLines(definition, name)}`,
  );
}
