import { Config } from "@pulumi/pulumi";
import type { TaskInputs } from "../task/task-inputs";
import { connect, type Connection } from "./connections";
import { awsSettings } from "./stack-config";

/** How AWS is reached by a look-up. */
export type LookUpOptions = Pick<TaskInputs, "region" | "endpoint" | "profile" | "assumeRole">;

/**
 * The connection of a look-up, which runs in the Pulumi program itself: as a resource's, by the stack's `aws:`
 * configuration.
 *
 * @param taskRegion - the region of the task that is looked up, where one is.
 */
export function lookUpConnection(
  options: LookUpOptions,
  { taskRegion, maxAttempts }: { taskRegion?: string | undefined; maxAttempts?: number } = {},
): Promise<Connection> {
  const config = new Config("aws");
  const stackConfig = { get: (key: string) => config.get(key.replace(/^aws:/, "")) };
  const settings = awsSettings(options, stackConfig, taskRegion);
  return connect(maxAttempts === undefined ? settings : { ...settings, maxAttempts });
}
