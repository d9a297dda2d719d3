import { types } from "node:util";
import { output, Output } from "@pulumi/pulumi";

/** A value that a program does not have yet. */
export type Later = Output<unknown> | Promise<unknown>;

/** Whether a value is an Output or a Promise. */
export function isLater(value: unknown): value is Later {
  return Output.isInstance(value) || types.isPromise(value);
}

/** Not by `output`, which takes what is inside apart and makes an empty object of a Date. */
export function later(value: Later, then: (inner: unknown) => unknown): Output<unknown> {
  const whole: Output<unknown> = Output.isInstance(value) ? value : output(undefined).apply(() => value);
  return whole.apply(then);
}
