import type { Tag } from "@aws-sdk/client-ecs";
import type { AwsErrorCode } from "../server/aws-error";
import type { Rule } from "./rule";
import { api } from "./sources";

/** How many there may be, of which characters and with which prefix is in the shape of tags. */
export function tagRules(
  error: AwsErrorCode,
): readonly Rule<{ readonly tags?: readonly Tag[] | undefined }>[] {
  return [
    {
      refused: "two tags of one key",
      error,
      message({ tags = [] }) {
        const keys = tags.map(({ key }) => key);
        const twice = keys.find((key, index) => keys.indexOf(key) !== index);
        return twice === undefined ? undefined : `Tag keys must be unique: ${twice} is there more than once.`;
      },
      source: `${api("RunTask")}: "each tag key must be unique"; the text is ours`,
    },
  ];
}
