/**
 * `"1024"`, `"1 vCPU"`, `".5 GB"`: a named unit is 1024 of the unnamed one. Undefined when no size is given.
 * What cannot be read is refused before.
 */
export function taskUnits(given: string | undefined, unit: "vcpu" | "gb"): number | undefined {
  if (given === undefined) return undefined;
  const [, number = "", named = ""] = /^\s*([\d.]+)\s*([a-z]*)\s*$/i.exec(given) ?? [];
  return Number(number) * (named.toLowerCase() === unit ? 1024 : 1);
}
