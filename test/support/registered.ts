import { setImmediate } from "node:timers/promises";
import * as pulumi from "@pulumi/pulumi";
import { RESOURCE_TYPE } from "../../src/program/serialized";

/** A resource as the engine would get it. */
export interface Registered {
  readonly type: string;
  readonly name: string;
  readonly inputs: Record<string, unknown>;
  readonly custom: boolean | undefined;
}

/** How many turns of the event loop a task takes here: more than anything that does not wait for it. */
const TURNS_OF_A_TASK = 200;

/**
 * Runs a part of a program under Pulumi's mocks, as users' unit tests do. Every resource has the outputs it was given,
 * and its ARN is `arn:<name>`. An `EcsTask` takes longer than all others.
 *
 * @param run - returns the outputs to wait for, such as the `urn` of a resource.
 * @param answer - what a function of a provider gives besides the arguments it was called with.
 * @param state - what a resource has besides its inputs and its ARN.
 * @returns the resources in the order in which they were made.
 */
export async function registered(
  run: () => pulumi.Output<unknown>[],
  answer: (token: string) => object = () => ({}),
  state: (type: string) => object = () => ({}),
): Promise<readonly Registered[]> {
  const resources: Registered[] = [];
  await pulumi.runtime.setMocks({
    newResource: async ({ type, name, inputs, custom }) => {
      const turns = type === RESOURCE_TYPE ? TURNS_OF_A_TASK : 0;
      for (let turn = 0; turn < turns; turn += 1) await setImmediate();
      resources.push({ type, name, inputs: inputs as Record<string, unknown>, custom });
      return { id: name, state: { arn: `arn:${name}`, ...(inputs as object), ...state(type) } };
    },
    call: ({ token, inputs }) => ({ ...(inputs as object), ...answer(token) }),
  });
  const outputs = pulumi.all(run());
  await new Promise((resolve) => outputs.apply(resolve));
  return resources;
}
