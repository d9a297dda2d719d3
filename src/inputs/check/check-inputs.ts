import { canonicalJson, isPlainObject } from "../../text/canonical-json";
import { checkLaunch } from "./check-launch";
import { checkPlace } from "./check-place";
import { checkRequirements } from "./check-requirements";
import { checkVolume } from "./check-volume";
import { INPUT_SHAPE } from "./input-rules";
import { normaliseOverrides } from "../normalise-inputs";
import { overridesRequest } from "../run-task-request";
import type { InputFailure } from "./shape";
import { structBytes } from "../../text/struct-bytes";
import type { TaskOverrides } from "../task-inputs";
import { containsUnknown } from "../unknown";

/**
 * "A total of 8192 characters are allowed for overrides. This limit includes the JSON formatting characters of
 * the override structure."
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RunTask.html
 */
const MAX_OVERRIDES_CHARACTERS = 8192;

/**
 * How large all inputs together may be as they are sent, in bytes. They are recorded with what a task led to, and what
 * an error can carry is limited: of a failed run with more, nothing would be recorded, and it would run again.
 */
export const INPUT_BYTES = 8 * 1024 * 1024;

/**
 * Everything that is wrong with the inputs, found before anything is started: what ECS would reject, and what
 * it would silently misread. Values that preview does not know yet are never wrong.
 */
export function checkInputs(inputs: unknown): InputFailure[] {
  const failures = INPUT_SHAPE(inputs, "");
  if (failures.length > 0 || !isPlainObject(inputs)) return failures;
  return RULES.flatMap((rule) => rule(inputs));
}

/** What the shapes of single values cannot say. */
const RULES: readonly ((inputs: Record<string, unknown>) => InputFailure[])[] = [
  checkLaunch,
  checkPlace,
  checkRequirements,
  checkVolume,
  uniqueNames,
  overridesSize,
  inputsSize,
];

/** Only what has no limit of its own can be so large: triggers, as when somebody passes a file instead of its hash. */
function inputsSize(inputs: Record<string, unknown>): InputFailure[] {
  const size = structBytes(inputs);
  if (size <= INPUT_BYTES) return [];
  const sizes = Object.entries(inputs).map(([property, value]) => ({
    property,
    bytes: structBytes({ value }),
  }));
  const largest = sizes.reduce((a, b) => (b.bytes > a.bytes ? b : a));
  const reason = `has ${largest.bytes} bytes; all inputs together may have ${INPUT_BYTES}. Pass a hash of it instead`;
  return [{ property: largest.property, reason }];
}

/** ECS would apply only one of two overrides for the same container. */
function uniqueNames(inputs: Record<string, unknown>): InputFailure[] {
  const overrides = isPlainObject(inputs.overrides) ? inputs.overrides.containerOverrides : undefined;
  if (!Array.isArray(overrides)) return [];
  const names = overrides.map((override: unknown) => (isPlainObject(override) ? override.name : undefined));
  return names.flatMap((name, index) =>
    typeof name === "string" && !containsUnknown(name) && names.indexOf(name) < index
      ? [
          {
            property: `overrides.containerOverrides[${index}].name`,
            reason: `is "${name}" a second time; put all overrides of a container into one entry`,
          },
        ]
      : [],
  );
}

function overridesSize(inputs: Record<string, unknown>): InputFailure[] {
  if (containsUnknown(inputs.overrides)) return [];
  const overrides = overridesRequest(normaliseOverrides(inputs.overrides as TaskOverrides | undefined));
  const size = overrides ? canonicalJson(overrides).length : 0;
  if (size <= MAX_OVERRIDES_CHARACTERS) return [];
  const reason = `has ${size} characters as JSON; ECS allows at most ${MAX_OVERRIDES_CHARACTERS}. Put large values into the task definition, an environment file or SSM`;
  return [{ property: "overrides", reason }];
}
