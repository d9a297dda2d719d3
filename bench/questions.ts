import { calls } from "./calls";
import { delay } from "./delay";
import type { Question } from "./frame/finding";
import { installSize } from "./install-size";
import { localEcs } from "./local-ecs";
import { programSide } from "./program-side";
import { providerSide } from "./provider-side";
import { scale } from "./scale";

/** In the order of results.md. */
export const questions: readonly Question[] = [
  delay,
  calls,
  programSide,
  providerSide,
  scale,
  localEcs,
  installSize,
];
