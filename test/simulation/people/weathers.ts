import fc from "fast-check";
import { SILENCE, type Call, type Crash, type Fault, type FaultKind, type Weather } from "../process/fault";

/** What can happen to any call. */
const OF_ANY_CALL: readonly FaultKind[] = [
  "throttled",
  "unreachable",
  "denied",
  "lost before it arrives",
  "answer lost",
  "lost and never answered",
  "answered 5 s late",
  "answered 70 s late",
  "answered 20 min late",
  "HTTP 408, not done",
];

const OF_A_LAUNCH: readonly FaultKind[] = [
  ...OF_ANY_CALL,
  "rejected",
  "answer lost",
  "never answered",
  "HTTP 408, done",
  "empty answer, not done",
  "empty answer, done",
  "no room",
  "room for one",
];

const OF_A_STOP: readonly FaultKind[] = [
  ...OF_ANY_CALL,
  "never answered",
  "HTTP 408, done",
  "task not found",
];

const times = fc.oneof(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 5, max: 40 }));
const after = fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 6 }));
const few = fc.integer({ min: 0, max: 2 });

const faultOf = (
  call: Call,
  kinds: readonly FaultKind[],
  before: fc.Arbitrary<number> = after,
): fc.Arbitrary<Fault> =>
  fc.record({ call: fc.constant(call), kind: fc.constantFrom(...kinds), after: before, times });

const faults: fc.Arbitrary<Fault> = fc.oneof(
  { weight: 6, arbitrary: faultOf("launch", OF_A_LAUNCH, few) },
  { weight: 2, arbitrary: faultOf("describeTasks", OF_ANY_CALL) },
  { weight: 2, arbitrary: faultOf("listTasks", OF_ANY_CALL) },
  { weight: 2, arbitrary: faultOf("stopTask", OF_A_STOP, few) },
  { weight: 1, arbitrary: faultOf("describeTaskDefinition", OF_ANY_CALL, few) },
  { weight: 1, arbitrary: faultOf("accountId", OF_ANY_CALL, few) },
  {
    weight: 1,
    arbitrary: fc.constant<Fault>({ call: "launch", kind: "a failed task again", after: 0, times: 400 }),
  },
);

const crashes: fc.Arbitrary<Crash> = fc.oneof(
  fc.record({
    when: fc.constantFrom("before" as const, "after" as const),
    call: fc.oneof(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 60 })),
  }),
  fc.record({
    when: fc.constantFrom("before" as const, "after" as const, "after" as const),
    launch: fc.integer({ min: 1, max: 3 }),
  }),
  fc.constant("before its result is recorded" as const),
);

export const weathers: fc.Arbitrary<Weather> = fc.oneof(
  {
    weight: 15,
    arbitrary: fc.record({
      faults: fc.oneof(fc.constant([]), fc.array(faults, { maxLength: 3 })),
      crash: fc.oneof(fc.constant(undefined), crashes),
      cancelMs: fc.oneof(
        { weight: 5, arbitrary: fc.constant(undefined) },
        { weight: 1, arbitrary: fc.constantFrom(100, 1000, 8000, 30_000) },
      ),
    }),
  },
  { weight: 1, arbitrary: fc.constant(SILENCE) },
);
