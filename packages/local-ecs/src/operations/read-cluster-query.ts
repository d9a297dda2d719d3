import { invalidParameter } from "../server/aws-error";
import { parseClusterQuery, type Matches } from "../state/placement/cluster-query";

/** @throws InvalidParameterException; the text is ours. */
export function readQuery(expression: string): Matches {
  try {
    return parseClusterQuery(expression);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw invalidParameter(`The expression ${JSON.stringify(expression)} is not valid: ${why}.`);
  }
}
