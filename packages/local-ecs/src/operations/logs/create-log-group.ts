import { AwsError } from "../../server/aws-error";
import { required, structure, text } from "../../server/shape";
import { operation } from "../operation";

/**
 * Groups make themselves as well, at their first line; whoever makes one first finds it empty.
 * @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateLogGroup.html
 */
export const createLogGroup = operation({
  name: "CreateLogGroup",
  request: structure({ logGroupName: required(text({ max: 512, pattern: /^[.\-_/#A-Za-z0-9]+$/ })) }),
  handle({ logGroupName }, { logs, clock }) {
    if (logs.groups().some(({ name }) => name === logGroupName))
      throw new AwsError("ResourceAlreadyExistsException", "The specified log group already exists");
    logs.createGroup(logGroupName, clock.now());
    return {};
  },
});
