import type { Failure } from "@aws-sdk/client-ecs";
import { invalidParameter } from "../http/aws-error";
import { list, required, structure, text } from "../http/shape";
import { verb } from "../http/verb";
import { isTaskReference } from "../state/tasks";

/** @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DescribeTasks.html */
export const describeTasks = verb({
  name: "DescribeTasks",
  request: structure({
    cluster: text(),
    tasks: required(list(text(), { max: 100 }), "Tasks cannot be empty."),
    include: list(text({ oneOf: ["TAGS"] })),
  }),
  handle({ cluster: reference, tasks: wanted, include = [] }, { clusters, tasks }) {
    if (wanted.length === 0) throw invalidParameter("Tasks cannot be empty.");
    if (!wanted.every(isTaskReference)) throw invalidParameter("taskId length should be one of [32,36]");
    // Tasks outlive their cluster: a deleted one still shows them.
    const cluster = clusters.find(reference) ?? clusters.getActive(reference);
    const found: object[] = [];
    const failures: Failure[] = [];
    for (const task of new Set(wanted)) {
      const record = tasks.find(cluster, task);
      if (record === undefined) failures.push({ arn: tasks.arnOf(cluster, task), reason: "MISSING" });
      else found.push({ ...record.task, ...(include.includes("TAGS") ? { tags: record.tags } : {}) });
    }
    return { tasks: found, failures };
  },
});
