/**
 * What Pulumi stores in state as this resource's provider, and runs: text whose `exports.handler()` returns it.
 *
 * It names the package and holds no code of it. So the same text is stored by every release, and an upgrade of
 * the package shows no diff and runs no migration again; and registering a resource needs neither the closure
 * serialiser nor the TypeScript compiler that comes with it. **It must never change**: a record that names
 * another text is shown as changed.
 *
 * The contract is that of `pulumi.dynamic.Resource`: the member `__provider` and a type below
 * `pulumi-nodejs:dynamic`. Source: `sdk/nodejs/dynamic/index.ts` and `sdk/nodejs/cmd/dynamic-provider/index.ts`
 * of pulumi/pulumi, read with 3.270.0.
 */
export const SERIALIZED_PROVIDER = 'exports.handler = () => require("pulumi-ecs-task/provider").provider;';

/** The type under which the engine sends the resource to the dynamic provider. */
export const RESOURCE_TYPE = "pulumi-nodejs:dynamic/ecs:Task";
