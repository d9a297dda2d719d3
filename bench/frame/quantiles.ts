/** The value that a share of the samples do not exceed; the nearest rank. */
export function quantile(samples: readonly number[], share: number): number {
  if (samples.length === 0) throw new Error("There are no samples.");
  const sorted = [...samples].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? NaN;
}

export const median = (samples: readonly number[]): number => quantile(samples, 0.5);

/** p50, p95 and the maximum of times in milliseconds, as cells in seconds. */
export function secondsCells(samples: readonly number[]): string[] {
  return [quantile(samples, 0.5), quantile(samples, 0.95), Math.max(...samples)].map(seconds);
}

export const seconds = (ms: number): string => `${(ms / 1000).toFixed(2)} s`;
export const millis = (ms: number): string => `${Math.round(ms)} ms`;
export const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;
export const times = (ratio: number): string => `${ratio.toFixed(ratio < 10 ? 1 : 0)}×`;
