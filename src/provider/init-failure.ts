import type { FailedResult } from "../run/run-result";
import { failureText } from "./failure-text";
import { fitTrailer } from "./fit-error-into-answer";

/**
 * What Pulumi's host turns into "created, but failed to initialise": the record is kept in state, the reasons
 * are shown, dependents do not run, and the next `up` calls `update`.
 *
 * The properties must hold `__provider`, which the host adds to results and not to errors: without it neither
 * refresh nor destroy could load the provider.
 *
 * Source: `grpcResponseFromError` in `sdk/nodejs/cmd/dynamic-provider/index.ts` of pulumi/pulumi.
 */
export class InitFailure extends Error {
  override readonly name = "InitFailure";
  readonly id: string;
  readonly properties: object;
  readonly reasons: readonly [string];

  constructor(id: string, { state, failure }: FailedResult, serializedProvider: unknown) {
    const text = failureText(failure);
    const properties = { ...state, __provider: serializedProvider };
    const trailer = fitTrailer({ id, message: text, reason: text, properties });
    super(trailer.message);
    this.id = id;
    this.properties = trailer.properties;
    this.reasons = [trailer.reason];
  }
}
