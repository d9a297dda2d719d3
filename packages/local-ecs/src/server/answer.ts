import { AwsError } from "./aws-error";

/**
 * What goes back to a client; `cut` ends the connection without an answer, `silence` leaves it open without one.
 */
export type Answer = (
  | { readonly kind: "json"; readonly status: number; readonly body: object }
  | { readonly kind: "text"; readonly status: number; readonly text: string }
  | { readonly kind: "cut" }
  | { readonly kind: "silence" }
) & {
  /** For the log only. */
  readonly note?: string;
  /** `half` of the body and then silence, or a byte a second; all at once unless given. */
  readonly pace?: "half" | "drip";
};

export function json(status: number, body: object): Answer {
  return { kind: "json", status, body };
}

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
