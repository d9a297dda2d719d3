import type { LogTarget } from "../task/log-target";

/** What this package asks of Amazon CloudWatch Logs. */
export interface LogGateway {
  /**
   * The last lines of a stream, oldest first.
   *
   * @throws EcsApiError; of kind `notFound` when the container never wrote anything.
   */
  lastLines(target: LogTarget, count: number): Promise<readonly string[]>;
}
