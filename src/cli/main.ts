#!/usr/bin/env node
const USAGE = `Usage: pulumi-ecs-task <command> [options]

Commands:
  where    list the tasks that run an image, by its digest
  images   list what runs, with the digests of the images
  explain  tell what became of a task, and why
  local    start the local ECS of the package local-ecs, until Ctrl-C

Options:
  --help   this text; after a command, that command's

Exit codes:
  0  the command did what it was asked for
  1  it could not, or found nothing: the message says which
  2  the command line makes no sense
  3  AWS could not be asked: the message says why
`;

/** A command takes its arguments and gives the exit code. */
type Command = (args: readonly string[]) => Promise<number>;

/* eslint-disable @typescript-eslint/no-require-imports, @typescript-eslint/consistent-type-imports -- loaded when asked for: help, and `local`, need nothing of AWS's SDK */
const commands: Readonly<Record<string, () => Command>> = {
  where: () => (require("./commands/where") as typeof import("./commands/where")).where,
  images: () => (require("./commands/images") as typeof import("./commands/images")).images,
  explain: () => (require("./commands/explain") as typeof import("./commands/explain")).explain,
  local: () => (require("./commands/local") as typeof import("./commands/local")).local,
};
/* eslint-enable */

async function main([name, ...args]: readonly string[]): Promise<number> {
  if (name === undefined || name === "--help" || name === "-h" || name === "help") {
    process.stdout.write(USAGE);
    return name === undefined ? 2 : 0;
  }
  const load = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (load === undefined) {
    process.stderr.write(`pulumi-ecs-task: there is no command ${JSON.stringify(name)}.\n\n${USAGE}`);
    return 2;
  }
  return await load()(args);
}

// Whoever reads the output may have seen enough, as `head` has: that is no error.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
  process.exit();
});

/** Does not wait for what is still open, such as a credentials source that never answers; only for what was written. */
function end(exitCode: number): void {
  process.exitCode = exitCode;
  process.stdout.write("", () => process.stderr.write("", () => process.exit()));
}

main(process.argv.slice(2)).then(end, (error: unknown) => {
  process.stderr.write(`pulumi-ecs-task: ${error instanceof Error ? error.message : String(error)}\n`);
  end(1);
});
