import { createHash } from "node:crypto";

const BASE62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/**
 * The SHA-256 of a text in base62, cut to `length` characters.
 *
 * Base62 because it is the largest alphabet that `startedBy`, `clientToken` and Pulumi ids all allow; twelve
 * characters hold 71 bits.
 */
export function shortHash(text: string, length: number): string {
  let rest = BigInt(`0x${createHash("sha256").update(text).digest("hex")}`);
  let result = "";
  while (result.length < length) {
    result += BASE62.charAt(Number(rest % 62n));
    rest /= 62n;
  }
  return result;
}
