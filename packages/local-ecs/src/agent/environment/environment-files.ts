import { readFile } from "node:fs/promises";
import { join, normalize } from "node:path";

/**
 * The variables of an environment file, which a task definition names by its ARN in S3. Here, a folder stands for S3:
 * `arn:aws:s3:::bucket/path/x.env` is its file `bucket/path/x.env`.
 * @throws Error in the words of AWS (observed in stopped reasons: aws/aws-cli#6470, aws/aws-cdk#12720).
 */
export async function readEnvironmentFile(
  folder: string | undefined,
  arn: string,
): Promise<Readonly<Record<string, string>>> {
  const failed = "failed to download env files: file download command: non empty error stream:";
  const path = /^arn:[^:]+:s3:::([^/]+\/.+)$/.exec(arn)?.[1];
  if (path === undefined) throw new Error(`${failed} ${JSON.stringify(arn)} is no ARN of an object in S3`);
  if (folder === undefined)
    throw new Error(`${failed} the local ECS was started without a folder for environment files`);
  const content = await readFile(join(folder, normalize(join("/", path))), "utf8").catch(() => undefined);
  if (content === undefined)
    throw new Error(`${failed} NoSuchKey: The specified key does not exist. (${arn})`);
  return parseEnvironmentFile(content);
}

/**
 * One `NAME=value` per line, taken literally: quotes and blanks belong to the value. A line that begins with # is a
 * comment; one without = or without a name is passed over.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/use-environment-file.html and amazon-ecs-agent,
 * agent/taskresource/envFiles/envfile.go (read 2026-11)
 */
export function parseEnvironmentFile(content: string): Readonly<Record<string, string>> {
  const variables: Record<string, string> = {};
  for (const line of content.split(/\r?\n/)) {
    const at = line.indexOf("=");
    if (at > 0 && !line.startsWith("#")) variables[line.slice(0, at)] = line.slice(at + 1);
  }
  return variables;
}
