#!/usr/bin/env node
import { local } from "./commands/local";

const usage = `Usage: pulumi-ecs-task <command> [options]

Commands:
  local    start a local ECS that runs tasks for real, until Ctrl-C

Options:
  --help   this text; after a command, that command's

Exit codes:
  0  the command did what it was asked for
  1  it could not: the message says why
  2  the command line makes no sense
`;

/** A command takes its arguments and gives the exit code. */
type Command = (args: readonly string[]) => Promise<number>;

const commands: Readonly<Record<string, Command>> = { local };

async function main([name, ...args]: readonly string[]): Promise<number> {
  if (name === undefined || name === "--help" || name === "-h" || name === "help") {
    process.stdout.write(usage);
    return name === undefined ? 2 : 0;
  }
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (command === undefined) {
    process.stderr.write(`pulumi-ecs-task: there is no command ${JSON.stringify(name)}.\n\n${usage}`);
    return 2;
  }
  return command(args);
}

main(process.argv.slice(2)).then(
  (exitCode) => {
    process.exitCode = exitCode;
  },
  (error: unknown) => {
    process.stderr.write(`pulumi-ecs-task: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  },
);
