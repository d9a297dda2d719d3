import { createHmac, randomBytes } from "node:crypto";
import { canonicalJson } from "./canonical-json";

/** A salt that nobody can guess. */
export function newSalt(): string {
  return randomBytes(16).toString("base64url");
}

/** Fingerprints by which values can be compared, and that tell nothing of a value to whoever does not know it already. */
export function saltedFingerprint(salt: string): (value: unknown) => string {
  return (value) => createHmac("sha256", salt).update(canonicalJson(value)).digest("base64url").slice(0, 22);
}
