import type { ContainerSpec } from "../container-runtime";

/** Variables for a file with one on each line, and those that such a file cannot hold. */
export interface SplitEnvironment {
  readonly lines: readonly string[];
  readonly others: readonly string[];
}

export function splitEnvironment(environment: Readonly<Record<string, string>>): SplitEnvironment {
  const variables = Object.entries(environment).map(([name, value]) => `${name}=${value}`);
  // Only a file keeps values out of the list of processes; but it knows comments, and no line breaks.
  const fits = (variable: string): boolean => !/[\r\n]|^[#\s]/.test(variable);
  return { lines: variables.filter(fits), others: variables.filter((variable) => !fits(variable)) };
}

/**
 * The arguments of `docker create` for a container: it shares this machine's network, so that it reaches what runs
 * here, and its image's own health check is not looked at.
 */
export function createArguments(
  { image, name }: { readonly image: string; readonly name: string },
  spec: ContainerSpec,
  environment: { readonly file: string; readonly others: readonly string[] },
): readonly string[] {
  const [program, ...words] = spec.entryPoint ?? [];
  return [
    "create",
    `--name=${name}`,
    "--pull=never",
    "--no-healthcheck",
    `--network=${spec.isOffline ? "none" : "host"}`,
    `--env-file=${environment.file}`,
    ...environment.others.map((variable) => `--env=${variable}`),
    ...optional("--workdir", spec.workingDirectory),
    ...optional("--user", spec.user),
    // Without swap, as on ECS: more memory than that is the end.
    ...(spec.memoryMib === undefined
      ? []
      : [`--memory=${spec.memoryMib}m`, `--memory-swap=${spec.memoryMib}m`]),
    ...spec.mounts.map(
      ({ source, target, isReadOnly }) => `--volume=${source}:${target}${isReadOnly ? ":ro" : ""}`,
    ),
    ...optional("--entrypoint", program),
    image,
    ...words,
    ...(spec.command ?? []),
  ];
}

function optional(name: string, value: string | undefined): readonly string[] {
  return value === undefined ? [] : [`${name}=${value}`];
}
