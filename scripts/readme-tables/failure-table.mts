/** The README's table of failures: the commonest, in the words of docs/errors.md, which a test compares with the code. */

/** What one sees, and the code that it comes with. */
export interface Symptom {
  readonly says: string;
  readonly code: string;
}

/** In the words of ECS, so that who searches for them finds them; a test asks the code for each one's code. */
export const SYMPTOMS: readonly Symptom[] = [
  { says: "container … exited with code 1", code: "CONTAINER_FAILED" },
  { says: "container … exited with code 127", code: "COMMAND_NOT_FOUND" },
  { says: "container … exited with code 137", code: "KILLED" },
  { says: "OutOfMemoryError: Container killed due to memory usage", code: "OUT_OF_MEMORY" },
  { says: "CannotPullContainerError: … denied", code: "IMAGE_PULL_DENIED" },
  { says: "CannotPullContainerError: … not found", code: "IMAGE_NOT_FOUND" },
  { says: "CannotPullContainerError: … i/o timeout", code: "IMAGE_REGISTRY_UNREACHABLE" },
  { says: "CannotPullContainerError: … no matching manifest for linux/amd64", code: "IMAGE_WRONG_PLATFORM" },
  {
    says: "ResourceInitializationError: unable to pull secrets or registry auth: … ecr registry auth",
    code: "REGISTRY_AUTH_NOT_READ",
  },
  { says: "ResourceInitializationError: … secrets manager", code: "SECRETS_NOT_READ" },
  { says: "Stopped, because it was not RUNNING after 900 s", code: "START_TIMED_OUT" },
  { says: "UserInitiated", code: "STOPPED_BY_SOMEBODY" },
  { says: "AccessDeniedException at RunTask", code: "ACCESS_DENIED" },
  { says: "InvalidParameterException at RunTask", code: "RUN_TASK_REJECTED" },
  { says: "RESOURCE:MEMORY at RunTask", code: "NO_TASK_STARTED" },
];

/** The rows of the table, given the text of docs/errors.md. */
export function failureRows(errors: string): readonly (readonly string[])[] {
  return SYMPTOMS.map(({ says, code }) => {
    const section = errors.split(/^### /m).find((text) => text.startsWith(`${code}\n`));
    const [, meaning, remedy] =
      /^\w+\n\n(.*?)\n\n\*\*What to do:\*\*(.*?)(?:AWS:|\n\n|$)/s.exec(section ?? "") ?? [];
    if (!meaning || !remedy) throw new Error(`docs/errors.md has no section ${code}, or not as it should be`);
    const link = `[\`${code}\`](docs/errors.md#${code.toLowerCase()})`;
    return [`\`${says}\``, link, cell(meaning), cell(remedy)];
  });
}

/** In one line, and with links that hold from the README. */
function cell(text: string): string {
  return text
    .replaceAll(/\s+/g, " ")
    .replaceAll(/\]\((?=[\w-]+\.md)/g, "](docs/")
    .trim();
}
