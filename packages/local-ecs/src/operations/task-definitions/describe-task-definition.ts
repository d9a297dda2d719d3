import { clientException } from "../../server/aws-error";
import { list, required, structure, text } from "../../server/shape";
import { operation } from "../operation";

/** @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DescribeTaskDefinition.html */
export const describeTaskDefinition = operation({
  name: "DescribeTaskDefinition",
  request: structure({ taskDefinition: required(text()), include: list(text({ oneOf: ["TAGS"] })) }),
  handle({ taskDefinition, include = [] }, { taskDefinitions }) {
    const record = taskDefinitions.find(taskDefinition);
    if (record === undefined) throw clientException("Unable to describe task definition.");
    return { taskDefinition: record.definition, ...(include.includes("TAGS") ? { tags: record.tags } : {}) };
  },
});
