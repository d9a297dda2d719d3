/**
 * An exit code by its 32 bits, signed. Those of Windows are shown signed or unsigned: -1073741510 is 3221225786, as
 * STATUS_CONTROL_C_EXIT is 0xC000013A.
 */
export function exitBits(code: number): number {
  return code | 0;
}
