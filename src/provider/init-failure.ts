import type { RunResult } from "../run/run-result";
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

  constructor(id: string, report: Required<RunResult>, serializedProvider: unknown) {
    const properties = { ...report.state, __provider: serializedProvider };
    const failure = fitTrailer({ id, message: report.problem, reason: report.problem, properties });
    super(failure.message);
    this.id = id;
    this.properties = failure.properties;
    this.reasons = [failure.reason];
  }
}
