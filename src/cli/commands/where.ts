import { EcsTaskError } from "../../errors";
import { findImage, type ImageQuestion } from "../../lookup/find-tasks-by-image";
import { requireImageDigest } from "../../lookup/require-image-digest";
import { AWS_USAGE, runAwsCommand, UsageError, type CommandLine } from "../aws-command";
import { doubtLines } from "../render/doubt-lines";
import { imageTable } from "../render/image-table";
import { surveyProgress } from "../render/survey-progress";

const USAGE = `Usage: pulumi-ecs-task where DIGEST [options]

Lists the containers that run an image, by the digest that ECS reports of them.
DIGEST is sha256:… or an image that ends in @sha256:…

Options:
  --ask-registry       DIGEST may be one platform's: ask the registries of the images
                       that run which of them hold it; only that of DIGEST's own
                       repository, where it names one
  --image-index-digest D
                       the digest of the multi-architecture image that DIGEST is
                       one platform of: tasks that report it are found too
  --cluster NAME       or ARN; default: all clusters of the region
  --family NAME        only tasks of this task definition family
  --service-name NAME  only tasks of this service; or its ARN
  --desired-status S   RUNNING (default) or STOPPED, for about an hour
${AWS_USAGE}

Exit codes:
  0  containers were found
  1  none were found
  2  the command line makes no sense
  3  AWS could not be asked, or no containers were found and a registry that was
     to be asked gave no answer: the message says why
`;

const OPTIONS = ["cluster", "family", "service-name", "desired-status", "image-index-digest"];

/** Where an image runs. @returns the exit code. */
export function where(args: readonly string[]): Promise<number> {
  return runAwsCommand(
    { name: "where", usage: USAGE, options: OPTIONS, flags: ["ask-registry"], run: find },
    args,
  );
}

async function find(line: CommandLine): Promise<number> {
  const question = questionOf(line);
  const ports = await line.connect();
  const found = await surveyProgress((onProgress) => findImage(ports, question, onProgress));
  const { imageDigest, containers, unanswered } = found;
  if (line.json) process.stdout.write(`${JSON.stringify(found, undefined, 2)}\n`);
  else if (containers.length > 0) process.stdout.write(`${imageTable(containers).join("\n")}\n`);
  else process.stderr.write(`No task was found that runs ${imageDigest}.\n`);
  // On stderr: whoever reads the list gets only what is certain.
  const doubts = line.json ? [] : doubtLines(found);
  if (doubts.length > 0) process.stderr.write(`\n${doubts.join("\n")}\n`);
  if (containers.length > 0) return 0;
  return unanswered.length > 0 ? 3 : 1;
}

function questionOf({ argument, options, flags }: CommandLine): ImageQuestion {
  if (argument === undefined) throw new UsageError("DIGEST is missing.");
  const { cluster, family, "service-name": serviceName, "image-index-digest": imageIndexDigest } = options;
  requireDigest("DIGEST", argument);
  if (imageIndexDigest !== undefined) requireDigest("--image-index-digest", imageIndexDigest);
  const desiredStatus = desiredStatusOf(options["desired-status"]);
  const askRegistry = flags.has("ask-registry");
  return {
    imageDigest: argument,
    imageIndexDigest,
    askRegistry,
    cluster,
    family,
    serviceName,
    desiredStatus,
  };
}

function desiredStatusOf(text = "RUNNING"): "RUNNING" | "STOPPED" {
  if (text === "RUNNING" || text === "STOPPED") return text;
  throw new UsageError(`--desired-status must be RUNNING or STOPPED, not ${JSON.stringify(text)}.`);
}

function requireDigest(name: string, reference: string): void {
  try {
    requireImageDigest(name, reference);
  } catch (error) {
    throw error instanceof EcsTaskError ? new UsageError(error.message) : error;
  }
}
