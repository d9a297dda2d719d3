import { requireImageDigest } from "../../run/require-image-digest";
import { surveyImages } from "../../run/survey-images";
import { matchDigests, type DigestMatches } from "../../task/container-image";
import { EcsTaskError } from "../../errors";
import { awsUsage, runAwsCommand, UsageError, type CommandLine } from "../aws-command";
import { imageTable } from "../render/image-table";
import { surveyProgress } from "../render/survey-progress";

const usage = `Usage: pulumi-ecs-task where DIGEST [options]

Lists the containers that run an image, by the digest that ECS reports of them.
DIGEST is sha256:… or an image that ends in @sha256:…

Options:
  --cluster NAME       or ARN; default: all clusters of the region
  --family NAME        only tasks of this task definition family
  --service-name NAME  only tasks of this service; or its ARN
  --desired-status S   RUNNING (default) or STOPPED, for about an hour
  --image-index-digest D
                       the digest of the multi-architecture image that DIGEST is
                       one platform of: tasks that report it are found too
${awsUsage}

Exit codes:
  0  containers were found
  1  none were found
  2  the command line makes no sense
  3  AWS could not be asked: the message says why
`;

/** Where an image runs. @returns the exit code. */
export function where(args: readonly string[]): Promise<number> {
  const options = ["cluster", "family", "service-name", "desired-status", "image-index-digest"];
  return runAwsCommand({ name: "where", usage, options, run: find }, args);
}

async function find({ argument, options, json, connect }: CommandLine): Promise<number> {
  if (argument === undefined) throw new UsageError("DIGEST is missing.");
  const { cluster, family, "service-name": serviceName, "image-index-digest": index } = options;
  const imageDigest = digestOf("DIGEST", argument);
  const digests = [imageDigest, ...(index === undefined ? [] : [digestOf("--image-index-digest", index)])];
  const desiredStatus = desiredStatusOf(options["desired-status"]);
  const { ecs } = await connect();
  const scope = { cluster, family, serviceName, desiredStatus };
  const survey = await surveyProgress((onProgress) => surveyImages(ecs, scope, onProgress));
  const matches = matchDigests(survey.containers, digests);
  const { missingTaskArns } = survey;
  if (json) print(JSON.stringify({ imageDigest, ...matches, missingTaskArns }, undefined, 2));
  else show(imageDigest, matches);
  return matches.containers.length > 0 ? 0 : 1;
}

function show(imageDigest: string, { containers, unknown }: DigestMatches): void {
  if (containers.length > 0) print(imageTable(containers).join("\n"));
  else process.stderr.write(`No task was found that runs ${imageDigest}.\n`);
  if (unknown.length === 0) return;
  // On stderr: whoever reads the list gets only what is certain.
  const what = unknown.length === 1 ? "container has" : "containers have";
  process.stderr.write(
    `\n${unknown.length} ${what} no digest (yet), and may run it:\n${imageTable(unknown).join("\n")}\n`,
  );
}

function desiredStatusOf(text = "RUNNING"): "RUNNING" | "STOPPED" {
  if (text === "RUNNING" || text === "STOPPED") return text;
  throw new UsageError(`--desired-status must be RUNNING or STOPPED, not ${JSON.stringify(text)}.`);
}

function digestOf(name: string, reference: string): string {
  try {
    return requireImageDigest(name, reference);
  } catch (error) {
    throw error instanceof EcsTaskError ? new UsageError(error.message) : error;
  }
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
