import type { LogTarget } from "./log-target";

/** What this package asks of Amazon CloudWatch Logs. */
export interface LogGateway {
  /**
   * The last events of a stream, oldest first. An event may have several lines; each is plain, see `plainText`.
   *
   * @throws EcsApiError; of kind `notFound` when the container never wrote anything.
   */
  lastLines(target: LogTarget, count: number): Promise<readonly string[]>;
  /**
   * The lines of a stream from where the last call left off, oldest first; there may be more, also where there are none.
   *
   * @param from - what the last call returned as `next`; `undefined`: from the beginning.
   * @throws EcsApiError; of kind `notFound` while the container has written nothing.
   */
  linesFrom(target: LogTarget, from: string | undefined): Promise<LogPage>;
}

/** Some events of a stream. */
export interface LogPage {
  readonly lines: readonly string[];
  /** Where the next ones are. "If you have reached the end of the stream, it returns the same token you passed in", API_GetLogEvents. */
  readonly next: string | undefined;
}
