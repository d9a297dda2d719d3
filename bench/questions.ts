import { calls } from "./calls";
import { delay } from "./delay";
import type { Question } from "./frame/finding";
import { goingOn } from "./going-on";
import { installSize } from "./install-size";
import { localEcs } from "./local-ecs";
import { lookUps } from "./look-ups";
import { programSide } from "./program-side";
import { providerSide } from "./provider-side";
import { scale } from "./scale";

/** In the order of results.md. */
export const questions: readonly Question[] = [
  goingOn,
  delay,
  calls,
  programSide,
  providerSide,
  scale,
  lookUps,
  localEcs,
  installSize,
];
