import type { ExplainedTask } from "../../lookup/explain-task";
import { clusterName, taskDefinitionName, taskId } from "../../aws/arn";
import { failureText } from "../../provider/failure-text";
import { columnLines } from "./column-lines";
import { oneLine } from "./one-line";

/** A task and what became of it, as lines. */
export function explainedLines(explained: ExplainedTask): string[] {
  const { taskDefinitionArn = "", clusterArn = "", containers, tasks, durationSeconds } = explained;
  const [task] = tasks;
  const facts = [
    ["task definition", taskDefinitionName(taskDefinitionArn)],
    ["cluster", clusterName(clusterArn)],
    ["group", task?.group],
    ["started by", task?.startedBy],
    ["created at", explained.createdAt],
    ["started at", explained.startedAt],
    ["stopped at", explained.stoppedAt ?? explained.executionStoppedAt],
    ["ran for", durationSeconds === undefined ? undefined : `${durationSeconds} s`],
  ].filter((fact): fact is [string, string] => Boolean(fact[1]));
  const rows = Object.values(containers).map((each) => [
    each.name,
    each.lastStatus ?? "-",
    each.exitCode === undefined ? "-" : String(each.exitCode),
    each.image ?? "-",
    each.imageDigest ?? "unknown",
  ]);
  const logs = Object.entries(explained.logs).map(([name, { consoleUrl }]) => [`log of ${name}`, consoleUrl]);
  const titles = ["CONTAINER", "STATUS", "EXIT", "IMAGE", "DIGEST"];
  return [
    ...verdict(explained).split("\n"),
    "",
    ...columnLines(facts),
    "",
    ...columnLines([titles, ...rows]),
    ...(logs.length > 0 ? ["", ...columnLines(logs)] : []),
  ].map((line) => oneLine(line, Infinity));
}

function verdict({ explanation, outcome, taskArn = "", lastStatus }: ExplainedTask): string {
  if (explanation) return failureText({ ...explanation.diagnosis, logs: explanation.logs });
  if (outcome === "SUCCEEDED") return `Task ${taskId(taskArn)} succeeded.`;
  return `Task ${taskId(taskArn)} has not ended: it is ${lastStatus ?? "in an unknown status"}.`;
}
