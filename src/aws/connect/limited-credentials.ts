import type { fromNodeProviderChain } from "@aws-sdk/credential-providers";
import { CREDENTIALS_MS } from "../../time-limits";
import { classifyError, errorText } from "../errors/classify-error";
import type { CredentialSource } from "./credential-source";

/** Gives credentials, as the SDK's clients ask for them. */
export type CredentialProvider = ReturnType<typeof fromNodeProviderChain>;

interface SdkError extends Error {
  readonly code?: string;
  readonly $metadata?: object;
}

/**
 * A credential source that ends, and whose errors name it. The SDK waits for a `credential_process` or for the last
 * byte of a container's endpoint for ever.
 *
 * @param make - makes the SDK's provider. One that failed is not asked again: it can be stuck.
 * @param source - says what the source is, when it has failed.
 */
export function limitedCredentials(
  make: () => CredentialProvider,
  source: () => CredentialSource | Promise<CredentialSource>,
  limitMs = CREDENTIALS_MS,
): CredentialProvider {
  let provider: CredentialProvider | undefined;
  let wereHad = false;
  return async (properties) => {
    const asked = (provider ??= make());
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<undefined>((resolve) => {
      timer = setTimeout(resolve, limitMs, undefined);
    });
    try {
      const credentials = await Promise.race([asked(properties), late]);
      if (credentials === undefined) throw gaveNone(await source(), limitMs, wereHad);
      wereHad = true;
      return credentials;
    } catch (error) {
      if (provider === asked) provider = undefined;
      throw error instanceof CredentialsError ? error : withSource(error as SdkError, await source());
    } finally {
      clearTimeout(timer);
    }
  };
}

/** Of what may pass: `classifyError` knows by this name that nothing was asked of ECS. */
const UNAVAILABLE = "CredentialsUnavailableError";

/** The names of errors of this kind say to `classifyError` whether it can help to ask again. */
class CredentialsError extends Error {
  constructor(name: string, message: string, options?: { readonly cause: unknown }) {
    super(message, options);
    this.name = name;
  }
}

/** A source that has given credentials before is expected to give some again, so that a long run survives a hiccup. */
function gaveNone({ name, remedy }: CredentialSource, limitMs: number, wereHad: boolean): CredentialsError {
  return new CredentialsError(
    wereHad ? UNAVAILABLE : "CredentialsProviderError",
    `${name} gave no credentials within ${limitMs / 1000} s; ${remedy}`,
  );
}

/** The same error for {@link classifyError}, in the words of the SDK first. */
function withSource(error: SdkError, { name, remedy }: CredentialSource): CredentialsError {
  const { code, $metadata } = error;
  const kind = classifyError(error);
  const isUnavailable = kind === "broken" || kind === "unreachable";
  // Without the metadata, whose request id is told with the whole message.
  const said = errorText({ message: error.message }).replace(/\.$/, "");
  const message = `${said}; asked for credentials: ${name}; ${remedy}`;
  const told = new CredentialsError(isUnavailable ? UNAVAILABLE : error.name, message, { cause: error });
  return Object.assign(told, { ...(code ? { code } : {}), ...($metadata ? { $metadata } : {}) });
}
