/** The Pulumi CLI that is downloaded or built when none is there. The same version is pinned in engine/go.mod. */
const PINNED_VERSION = "3.258.0";

/** The newest CLI that the tests know. The same version is pinned in newest-engine/go.mod. */
const NEWEST_VERSION = "3.276.0";

/** A CLI to be downloaded or built. */
export interface WantedCli {
  readonly version: string;
  /** The folder beside this file that pins its sources. */
  readonly engine: string;
}

export const PINNED: WantedCli = { version: PINNED_VERSION, engine: "engine" };
export const NEWEST: WantedCli = { version: NEWEST_VERSION, engine: "newest-engine" };

/** The oldest CLI that is taken from PATH: that of the oldest SDK in this package's peerDependencies. */
export const OLDEST_VERSION = "3.216.0";

/** Compares `3.258.0`-like versions by their three numbers; a leading `v` and a pre-release suffix do not count. */
export function isAtLeast(version: string, floor: string): boolean {
  const [left, right] = [numbers(version), numbers(floor)];
  for (const [index, value] of left.entries()) {
    const other = right[index] ?? 0;
    if (value !== other) return value > other;
  }
  return true;
}

function numbers(version: string): readonly number[] {
  const match = /^v?(\d+)\.(\d+)\.(\d+)/.exec(version);
  return match === null ? [0, 0, 0] : match.slice(1).map(Number);
}
