import type { Failure } from "../../../src/run/run-result";

/** How a command of Pulumi's CLI ended for a resource. */
export type CommandEnd =
  | { readonly kind: "succeeded" }
  | { readonly kind: "unchanged" }
  /** The resource was recorded, and the command failed. */
  | { readonly kind: "initFailed"; readonly failure: Failure }
  /** The command failed and recorded nothing. */
  | { readonly kind: "failed"; readonly error: Error }
  | { readonly kind: "crashed" }
  | { readonly kind: "hung" };

export function endText(end: CommandEnd): string {
  switch (end.kind) {
    case "succeeded":
    case "unchanged":
    case "crashed":
    case "hung":
      return end.kind;
    case "initFailed":
      return `failed, recorded: ${end.failure.summary.slice(0, 100)}`;
    case "failed":
      return `failed, not recorded: ${end.error.message.slice(0, 100)}`;
  }
}
