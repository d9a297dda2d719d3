import type { CapacityProvider, Failure } from "@aws-sdk/client-ecs";
import { integer, list, structure, text } from "../../server/shape";
import { ecsArn } from "../../state/arn";
import { operation } from "../operation";

/** Each account has these; there are no others here. */
const NAMES = ["FARGATE", "FARGATE_SPOT"];

/** @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DescribeCapacityProviders.html */
export const describeCapacityProviders = operation({
  name: "DescribeCapacityProviders",
  request: structure({
    capacityProviders: list(text(), { max: 100 }),
    cluster: text(),
    include: list(text({ oneOf: ["TAGS"] })),
    maxResults: integer({ min: 1, max: 10 }),
    nextToken: text(),
  }),
  handle({ capacityProviders = NAMES }, { account }) {
    const found: CapacityProvider[] = [];
    const failures: Failure[] = [];
    for (const reference of capacityProviders) {
      const name = reference.split("/").at(-1) ?? "";
      const capacityProviderArn = ecsArn(account, `capacity-provider/${name}`);
      if (NAMES.includes(name)) found.push({ capacityProviderArn, name, status: "ACTIVE", tags: [] });
      else failures.push({ arn: capacityProviderArn, reason: "MISSING" });
    }
    return { capacityProviders: found, failures };
  },
});
