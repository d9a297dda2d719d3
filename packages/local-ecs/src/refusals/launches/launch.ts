import type { RunTaskRequest, TaskDefinition } from "@aws-sdk/client-ecs";
import type { ClusterRecord } from "../../state/clusters/clusters";
import { launchTypeOf } from "../../state/clusters/launch-type";
import { only, type Rule } from "../rule";

/** What RunTask or StartTask is asked for. As far as the rules are concerned, StartTask asks for launchType EC2. */
export interface Launch {
  readonly request: RunTaskRequest;
  readonly cluster: ClusterRecord;
  readonly definition: TaskDefinition;
}

export type LaunchRule = Rule<Launch>;

export function isOnFargate({ request, cluster }: Launch): boolean {
  return launchTypeOf(request, cluster) === "FARGATE";
}

export function onlyOnFargate(rules: readonly LaunchRule[]): readonly LaunchRule[] {
  return only(isOnFargate, rules);
}
