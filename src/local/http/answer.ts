import { AwsError } from "./aws-error";

/** What goes back to a client; `cut` ends the connection without an answer. `note` is for the log only. */
export type Answer =
  | { readonly kind: "json"; readonly status: number; readonly body: object; readonly note?: string }
  | { readonly kind: "text"; readonly status: number; readonly text: string; readonly note?: string }
  | { readonly kind: "cut"; readonly note?: string };

export const json = (status: number, body: object): Answer => ({ kind: "json", status, body });

/** An error as AWS JSON 1.1 sends it. Errors that are not of the API are this server's own failures. */
export function errorAnswer(error: unknown): Answer {
  if (error instanceof AwsError)
    return {
      kind: "json",
      status: error.status,
      body: { __type: error.code, message: error.message, ...error.members },
      note: error.code,
    };
  const cause = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return {
    kind: "json",
    status: 500,
    body: { __type: "ServerException", message: "The local ECS failed: see its log." },
    note: cause,
  };
}
