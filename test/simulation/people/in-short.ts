import type { TaskInputs } from "../../../src/inputs/task-inputs";
import { CALM, type Call, type Crash, type FaultKind, type Weather } from "../process/fault";
import { INPUTS, type Beginning } from "./beginnings";
import { environment, set, type Changes } from "./edits";
import { plan } from "./plans";
import { editing, launching, type Step } from "./steps";

/*
 * Short words for sequences that are written by hand.
 */

export const HOUR_MS = 60 * 60_000;

export const QUICK = plan("tasks exit 0 after 15 s");
export const FAILING = plan("tasks exit 3 after 15 s", { exitCode: 3 });
export const LONG = plan("tasks exit 0 after 5 min", { runMs: 5 * 60_000 });
export const ENDLESS = plan("tasks exit 0 after 26 h", { runMs: 26 * HOUR_MS });
export const MISSING_FOR_A_MINUTE = { runMs: HOUR_MS, hidden: { fromMs: 15_000, untilMs: 75_000 } };
export const STUCK = plan("tasks stay PROVISIONING", { pendingMs: 30 * HOUR_MS });

export function beginning(over: Partial<TaskInputs> = {}, rest: Partial<Beginning> = {}): Beginning {
  const inputs = { ...INPUTS, ...over };
  return { seed: 1, lagMs: 0, twin: "nowhere", twinInputs: inputs, ...rest, inputs };
}

export const edit = (changes: Changes): Step => editing(set(changes));

export const up = (what = QUICK, weather: Weather = CALM) => launching("up", what, weather);

export function fault(call: Call, kind: FaultKind, times = Infinity): Weather {
  return { faults: [{ call, kind, after: 0, times }], crash: undefined };
}

export const crash = (where: Crash): Weather => ({ faults: [], crash: where });
export const AFTER_LAUNCH = crash({ when: "after", launch: 1 });

export const TWO = { overrides: environment({ DATABASE: "two" }) };
