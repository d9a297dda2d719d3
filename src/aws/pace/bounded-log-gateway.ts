import { EcsApiError } from "../ecs-gateway";
import type { LogTarget } from "../../outcome/logs/log-target";
import { answerWithin } from "./answer-within";
import type { Clock } from "./clock";
import { LINES_MS } from "../../time-limits";
import type { LogGateway, LogPage } from "../../outcome/logs/log-gateway";

/** A {@link LogGateway} whose every call ends. */
export class BoundedLogGateway implements LogGateway {
  readonly #logs: LogGateway;
  readonly #clock: Clock;
  readonly #limitMs: number;

  constructor(logs: LogGateway, clock: Clock, limitMs = LINES_MS) {
    this.#logs = logs;
    this.#clock = clock;
    this.#limitMs = limitMs;
  }

  lastLines(...question: Parameters<LogGateway["lastLines"]>): Promise<readonly string[]> {
    return this.#bound(this.#logs.lastLines(...question));
  }

  linesFrom(target: LogTarget, from: string | undefined): Promise<LogPage> {
    return this.#bound(this.#logs.linesFrom(target, from));
  }

  #bound<T>(answer: Promise<T>): Promise<T> {
    return answerWithin({ clock: this.#clock, limitMs: this.#limitMs }, answer, () => {
      const message = `no answer for ${this.#limitMs / 1000} s`;
      throw new EcsApiError({ operation: "GetLogEvents", kind: "broken", code: "TimeoutError", message });
    });
  }
}
