import { readFile } from "node:fs/promises";
import { join, normalize } from "node:path";

/** What keeps the values that `secrets` of a task definition refer to. */
export interface SecretStore {
  /** @returns undefined when nothing is kept under this name. */
  find(name: string): Promise<string | undefined>;
}

/** @param given - name → value, or a folder with one file per secret, named after it; a last line break is cut off. */
export function secretStore(given: Readonly<Record<string, string>> | string): SecretStore {
  if (typeof given === "string") return { find: (name) => readSecret(given, name) };
  return { find: (name) => Promise.resolve(Object.hasOwn(given, name) ? given[name] : undefined) };
}

async function readSecret(folder: string, name: string): Promise<string | undefined> {
  // "/prod/db" and "prod/db" are the same file; ".." stays inside of the folder.
  const file = join(folder, normalize(join("/", name)));
  const content = await readFile(file, "utf8").catch(() => undefined);
  return content?.replace(/\r?\n$/, "");
}

/**
 * The value of a secret, by the `valueFrom` of a task definition: name or ARN of a parameter of SSM, or ARN of a secret
 * of Secrets Manager, with or without JSON key, version stage and version id (the last two are ignored).
 * @throws Error in the words of AWS (observed in stopped reasons that users of several tools have published).
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/secrets-envvar-secrets-manager.html (read 2026-11)
 */
export async function resolveSecret(store: SecretStore, valueFrom: string): Promise<string> {
  const { names, jsonKey } = parseValueFrom(valueFrom);
  for (const name of names) {
    const value = await store.find(name);
    if (value !== undefined) return jsonKey === undefined ? value : member(value, jsonKey, valueFrom);
  }
  throw new Error(
    jsonKey === undefined && !isSecretsManager(valueFrom)
      ? `${retrieval("unable to retrieve secrets from ssm")} invalid ssm parameters: ${names.at(-1) ?? valueFrom}`
      : `${fromSecretsManager(valueFrom)} ResourceNotFoundException: Secrets Manager can't find the specified secret.`,
  );
}

/** Under which names a value may be kept, the most exact one first. */
export function parseValueFrom(valueFrom: string): {
  readonly names: readonly string[];
  readonly jsonKey: string | undefined;
} {
  const parameter = /^arn:[^:]+:ssm:[^:]*:[^:]*:parameter(\/.*)$/.exec(valueFrom)?.[1];
  if (parameter !== undefined) {
    // The ARN of `db` and that of `/db` are the same.
    return { names: [valueFrom, parameter, parameter.slice(1)], jsonKey: undefined };
  }
  const [, arn = "", name = "", jsonKey = ""] =
    /^(arn:[^:]+:secretsmanager:[^:]*:[^:]*:secret:([^:]+))(?::([^:]*))?/.exec(valueFrom) ?? [];
  if (arn === "") return { names: [valueFrom], jsonKey: undefined };
  // Secrets Manager ends its ARNs with six characters of its own.
  const names = [arn, name, name.replace(/-[A-Za-z0-9]{6}$/, "")];
  return { names: [...new Set(names)], jsonKey: jsonKey === "" ? undefined : jsonKey };
}

function member(secret: string, key: string, valueFrom: string): string {
  const value = parseJson(secret)?.[key];
  if (value === undefined)
    throw new Error(
      `${fromSecretsManager(valueFrom)} retrieved secret from Secrets Manager did not contain json key ${key}`,
    );
  return typeof value === "string" ? value : JSON.stringify(value);
}

function parseJson(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === "object" && parsed !== null ? (parsed as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

function isSecretsManager(valueFrom: string): boolean {
  return /^arn:[^:]+:secretsmanager:/.test(valueFrom);
}

function retrieval(what: string): string {
  return `unable to pull secrets or registry auth: execution resource retrieval failed: ${what}: service call has been retried 1 time(s):`;
}

function fromSecretsManager(valueFrom: string): string {
  return `${retrieval("unable to retrieve secret from asm")} failed to fetch secret ${valueFrom} from secrets manager:`;
}
