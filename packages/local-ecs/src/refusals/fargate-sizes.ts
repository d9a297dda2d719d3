import { taskUnits } from "../state/task-definitions/task-size";
import { isForWindows, type Definition } from "./task-definitions/task-definition";

/** CPU units → [least, most, step] in MiB. @see developerguide/fargate-tasks-services.html (read 2026-11) */
const ranges: Readonly<Record<number, readonly [number, number, number]>> = {
  512: [1024, 4096, 1024],
  1024: [2048, 8192, 1024],
  2048: [4096, 16_384, 1024],
  4096: [8192, 30_720, 1024],
  8192: [16_384, 61_440, 4096],
  16_384: [32_768, 122_880, 8192],
};

/** CPU units → MiB, for the sizes that are no range. */
const single: Readonly<Record<number, readonly number[]>> = {
  256: [512, 1024, 2048],
  32_768: [61_440, 122_880, 249_856],
};

const LEAST_CPU_OF_WINDOWS = 1024;

export type TaskSize = Pick<Definition, "cpu" | "memory" | "runtimePlatform">;

/** What AWS says of a size that Fargate does not have. Both values are there, and can be read. */
export function noFargateSize(size: TaskSize): string | undefined {
  const units = taskUnits(size.cpu, "vcpu") ?? 0;
  const mib = taskUnits(size.memory, "gb") ?? 0;
  if (isSize(units, mib) && !(isForWindows(size) && units < LEAST_CPU_OF_WINDOWS)) return undefined;
  return `No Fargate configuration exists for given values: ${units} CPU, ${mib} memory. See the Amazon ECS documentation for the valid values.`;
}

function isSize(units: number, mib: number): boolean {
  const [least, most, step] = ranges[units] ?? [1, 0, 1];
  return single[units]?.includes(mib) ?? (mib >= least && mib <= most && mib % step === 0);
}
