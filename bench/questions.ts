import { calls } from "./calls";
import { delay } from "./delay";
import type { Question } from "./frame/finding";

/** In the order of results.md. */
export const questions: readonly Question[] = [delay, calls];
