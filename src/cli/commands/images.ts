import { surveyImages } from "../../lookup/survey-images";
import { AWS_USAGE, runAwsCommand, UsageError } from "../aws-command";
import { doubtLines } from "../render/doubt-lines";
import { imageTable } from "../render/image-table";
import { surveyProgress } from "../render/survey-progress";

const USAGE = `Usage: pulumi-ecs-task images [options]

Lists every container of every running task, with the image it was given and the
digest that ECS reports of it.

Options:
  --cluster NAME       or ARN; default: all clusters of the region
${AWS_USAGE}

Exit codes:
  0  containers were found
  1  nothing runs
  2  the command line makes no sense
  3  AWS could not be asked: the message says why
`;

/** What runs where. @returns the exit code. */
export function images(args: readonly string[]): Promise<number> {
  return runAwsCommand(
    {
      name: "images",
      usage: USAGE,
      options: ["cluster"],
      async run({ argument, options: { cluster }, json, connect }) {
        if (argument !== undefined) throw new UsageError(`Unexpected argument ${JSON.stringify(argument)}.`);
        const { ecs } = await connect();
        const survey = await surveyProgress((onProgress) => surveyImages(ecs, { cluster }, onProgress));
        const { containers } = survey;
        if (json) print(JSON.stringify(survey, undefined, 2));
        else if (containers.length > 0) print(imageTable(containers).join("\n"));
        else process.stderr.write("No task runs.\n");
        const doubts = json ? [] : doubtLines(survey);
        if (doubts.length > 0) process.stderr.write(`\n${doubts.join("\n")}\n`);
        return containers.length > 0 ? 0 : 1;
      },
    },
    args,
  );
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
