import type { BadInput } from "./bad-input";
import { BAD_OTHERS } from "./bad-others";
import { BAD_OVERRIDES } from "./bad-overrides";
import { BAD_PLACEMENTS } from "./bad-placements";

/** A bad value of every input. */
export const BAD_INPUTS: readonly BadInput[] = [...BAD_PLACEMENTS, ...BAD_OVERRIDES, ...BAD_OTHERS];
