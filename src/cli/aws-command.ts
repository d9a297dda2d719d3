import { parseArgs, type ParseArgsOptionsConfig } from "node:util";
import { SURVEY_ATTEMPTS } from "../aws/connect/client-config";
import { EcsTaskError } from "../errors";
import { connect, type Connection } from "../provider/connections";
import { asKnownError } from "../provider/known-error";

/** The options of all commands that ask AWS. */
const awsOptions = {
  region: { type: "string" },
  profile: { type: "string" },
  "endpoint-url": { type: "string" },
  json: { type: "boolean", default: false },
  help: { type: "boolean", short: "h", default: false },
} as const;

/** Their part of a usage text, in the words of the AWS CLI. */
export const AWS_USAGE = `  --region NAME        default: AWS_REGION, AWS_DEFAULT_REGION, then the profile's
  --profile NAME       a profile of the shared AWS files; default: AWS_PROFILE
  --endpoint-url URL   default: AWS_ENDPOINT_URL_ECS, AWS_ENDPOINT_URL, then AWS
  --json               print JSON
  --help               this text`;

/** What a command line says that makes no sense. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** What a command was given: its own options, and at most one other argument. */
export interface CommandLine {
  readonly options: Readonly<Record<string, string | undefined>>;
  /** Those of its own flags that were given. */
  readonly flags: ReadonlySet<string>;
  readonly json: boolean;
  readonly argument: string | undefined;
  /** @param region - where the command's argument says the region: a `--region` is stronger. */
  readonly connect: (region?: string) => Promise<Connection>;
}

export interface AwsCommand {
  readonly name: string;
  readonly usage: string;
  /** The names of its own options, each with a value. */
  readonly options: readonly string[];
  /** The names of those without. */
  readonly flags?: readonly string[];
  /** Does the work. @returns the exit code. */
  run(line: CommandLine): Promise<number>;
}

/** Runs a command that asks AWS. @returns the exit code. */
export async function runAwsCommand(command: AwsCommand, args: readonly string[]): Promise<number> {
  const { name, usage } = command;
  try {
    const line = commandLine(command, args);
    if (line !== undefined) return await command.run(line);
    process.stdout.write(usage);
    return 0;
  } catch (error) {
    if (error instanceof UsageError) {
      process.stderr.write(`pulumi-ecs-task ${name}: ${error.message}\n\n${usage}`);
      return 2;
    }
    const text = errorLine(error);
    if (text === undefined) throw error;
    process.stderr.write(`pulumi-ecs-task ${name}: ${text}\n`);
    return 3;
  }
}

/** @returns `undefined` when help is asked for. */
function commandLine(command: AwsCommand, args: readonly string[]): CommandLine | undefined {
  const { help, json, region, profile, endpoint, values, flags, argument } = parsed(command, args);
  if (help) return undefined;
  // The SDK takes an endpoint from the profile that the environment names, not from the one that a client is given.
  if (profile) process.env.AWS_PROFILE = profile;
  const { AWS_REGION, AWS_DEFAULT_REGION } = process.env;
  return {
    options: values,
    flags,
    json,
    argument,
    connect: (argumentRegion) =>
      connect({
        // The SDK itself does not know AWS_DEFAULT_REGION, which the AWS CLI does.
        region: [region, argumentRegion, AWS_REGION, AWS_DEFAULT_REGION].find(Boolean),
        profile,
        ecsEndpoint: endpoint,
        logsEndpoint: endpoint,
        ecrEndpoint: endpoint,
        maxAttempts: SURVEY_ATTEMPTS,
      }),
  };
}

function parsed({ options: names, flags: flagNames = [] }: AwsCommand, args: readonly string[]) {
  const own: ParseArgsOptionsConfig = {
    ...Object.fromEntries(names.map((name) => [name, { type: "string" as const }])),
    ...Object.fromEntries(flagNames.map((name) => [name, { type: "boolean" as const }])),
  };
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: { ...own, ...awsOptions },
      allowPositionals: true,
    });
    const [argument, ...others] = positionals;
    if (others.length > 0) throw new Error(`Unexpected argument ${JSON.stringify(others[0])}.`);
    const { region, profile, "endpoint-url": endpoint, json, help, ...rest } = values;
    if (endpoint !== undefined && !URL.canParse(endpoint))
      throw new Error(`--endpoint-url must be a URL, not ${JSON.stringify(endpoint)}.`);
    const ownValues = rest as Readonly<Record<string, string | undefined>>;
    const flags = new Set(flagNames.filter((name) => name in rest));
    return { region, profile, endpoint, json, help, argument, values: ownValues, flags };
  } catch (error) {
    // The whole message of parseArgs is one sentence of what it did not understand.
    throw new UsageError((error as Error).message);
  }
}

/** A known error in one line, in the words of a command line; `undefined` for any other. */
function errorLine(error: unknown): string | undefined {
  const known = asKnownError(error);
  if (!(known instanceof EcsTaskError)) return undefined;
  if (known.code === "NO_REGION")
    return "No AWS region is known. Give --region, set AWS_REGION, or give the profile a region.";
  const { AWS_PROFILE: profile } = process.env;
  const said = known.cause instanceof Error ? ` (${known.cause.message.replace(/\.$/, "")})` : "";
  if (known.code === "NO_CREDENTIALS")
    return `No AWS credentials were found${profile ? ` in profile ${JSON.stringify(profile)}` : ""}${said}. Give a --profile that has some, sign in (\`aws sso login\`), or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.`;
  return known.message.replace(/\s+/g, " ");
}
