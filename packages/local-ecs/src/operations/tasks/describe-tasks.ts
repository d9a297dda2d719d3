import type { Failure } from "@aws-sdk/client-ecs";
import { invalidParameter } from "../../server/aws-error";
import { list, required, structure, text } from "../../server/shape";
import { operation } from "../operation";
import { shownTask } from "../../state/tasks/shown-task";
import { isTaskReference } from "../../state/tasks/tasks";

/** @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DescribeTasks.html */
export const describeTasks = operation({
  name: "DescribeTasks",
  request: structure({
    cluster: text(),
    tasks: required(list(text(), { max: 100 }), "Tasks cannot be empty."),
    include: list(text({ oneOf: ["TAGS"] })),
  }),
  handle({ cluster: reference, tasks: wanted, include = [] }, context) {
    const { clusters, tasks } = context;
    if (wanted.length === 0) throw invalidParameter("Tasks cannot be empty.");
    // Both texts are observed by many users; the second also for ids that are empty or "None".
    if (!wanted.every(isTaskReference)) throw invalidParameter("taskId length should be one of [32,36]");
    // Tasks outlive their cluster: a deleted one still shows them.
    const cluster = clusters.find(reference) ?? clusters.getActive(reference);
    const arns = new Set(wanted.map((task) => tasks.arnOf(cluster, task)));
    const imposed = context.imposedFailures(({ arn }) => arn === undefined || arns.has(arn));
    const found: object[] = [];
    const failures: Failure[] = [];
    for (const arn of arns) {
      const failure = imposed.find((given) => given.arn === undefined || given.arn === arn);
      const record = tasks.find(cluster, arn);
      if (failure !== undefined) failures.push({ ...failure, arn });
      else if (record === undefined || !context.visibility.shows("DescribeTasks", record))
        failures.push({ arn, reason: "MISSING" });
      else
        found.push({
          ...shownTask(record, context.clock.now()),
          ...(include.includes("TAGS") ? { tags: record.tags } : {}),
        });
    }
    return { tasks: found, failures };
  },
});
