import { fitText } from "../text/fit-text";

/**
 * Methods whose errors can be answered, whatever they say: the message of an error becomes a header, `grpc-message`,
 * which has to be well-formed and of a limited size, or no answer arrives. 16 KiB are at most 48 KiB there, where each
 * byte that is not ASCII takes three; what receivers take is told in `./fit-error-into-answer`.
 *
 * The answer itself needs no limit: the host and the engine take messages of 400 MiB (`maxRPCMessageSize` in
 * pulumi/pulumi; 5 MB measured).
 */
export function safeAnswers<T extends object>(methods: T): T {
  return Object.fromEntries(
    Object.entries(methods).map(([name, method]) => [name, safely(method as Method)]),
  ) as T;
}

type Method = (...args: readonly unknown[]) => Promise<unknown>;

function safely(method: Method): Method {
  return async (...args) => {
    try {
      return await method(...args);
    } catch (error) {
      if (error instanceof Error) {
        error.message = fitText(error.message);
        // The host prints it beside the message, of which it holds a copy.
        error.stack = fitText(error.stack ?? "");
      }
      throw error;
    }
  };
}
