import { Config } from "@pulumi/pulumi";
import { SURVEY_ATTEMPTS, type AwsSettings } from "../aws/connect/client-config";
import type { LookUpOptions } from "../inputs/task-inputs";
import { connect, type Connection } from "./connections";
import { awsSettings } from "./stack-config";

/**
 * The connection of a look-up, which runs in the Pulumi program itself: as a resource's, by the stack's `aws:`
 * configuration.
 *
 * @param taskRegion - the region of the task that is looked up.
 */
export function lookUpConnection(options: LookUpOptions, taskRegion?: string): Promise<Connection> {
  return connect(settingsOf(options, taskRegion));
}

/** As {@link lookUpConnection}, patient with throttling: a survey of many tasks is many calls. */
export function surveyConnection(options: LookUpOptions): Promise<Connection> {
  return connect({ ...settingsOf(options), maxAttempts: SURVEY_ATTEMPTS });
}

function settingsOf(options: LookUpOptions, taskRegion?: string): AwsSettings {
  const config = new Config("aws");
  const stackConfig = { get: (key: string) => config.get(key.replace(/^aws:/, "")) };
  return awsSettings(options, stackConfig, taskRegion);
}
