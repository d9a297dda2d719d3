import { flag, integer, structure, text } from "../../server/shape";
import { partitionOf } from "../../state/arn";
import { operation } from "../operation";

/** What an account has that has set nothing. @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-account-settings.html (read 2026-11) */
const DEFAULTS: Readonly<Record<string, string>> = {
  awsvpcTrunking: "disabled",
  containerInsights: "disabled",
  containerInstanceLongArnFormat: "enabled",
  dualStackIPv6: "enabled",
  fargateFIPSMode: "disabled",
  fargateTaskRetirementWaitPeriod: "7",
  guardDutyActivate: "off",
  serviceLongArnFormat: "enabled",
  tagResourceAuthorization: "on",
  taskLongArnFormat: "enabled",
};

/** Nothing can be set here, so only effective settings are there. */
export const listAccountSettings = operation({
  name: "ListAccountSettings",
  request: structure({
    name: text({ oneOf: Object.keys(DEFAULTS) }),
    value: text(),
    principalArn: text(),
    effectiveSettings: flag,
    maxResults: integer({ min: 1, max: 10 }),
    nextToken: text(),
  }),
  handle({ name, value, principalArn, effectiveSettings = false }, { account }) {
    const root = `arn:${partitionOf(account)}:iam::${account.accountId}:root`;
    const settings = Object.entries(DEFAULTS)
      .filter(([each, set]) => (name ?? each) === each && (value ?? set) === set)
      .map(([each, set]) => ({ name: each, value: set, principalArn: principalArn ?? root }));
    return { settings: effectiveSettings ? settings : [] };
  },
});
