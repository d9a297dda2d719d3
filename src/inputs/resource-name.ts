/**
 * The name of a resource in the program, from its URN: `urn:pulumi:<stack>::<project>::<type>::<name>`. A name may hold
 * `::` itself.
 *
 * @see https://www.pulumi.com/docs/iac/concepts/resources/names/#urns
 */
export function resourceName(urn: string): string {
  const [, , , ...name] = urn.split("::");
  return name.join("::");
}
