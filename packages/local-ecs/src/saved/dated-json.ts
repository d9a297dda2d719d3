/** Writes a value as JSON in which points in time keep their type. */
export function encodeDated(value: unknown): string {
  return JSON.stringify(value, function (this: Record<string, unknown>, key: string, member: unknown) {
    const raw = this[key];
    return raw instanceof Date ? { $date: raw.toISOString() } : member;
  });
}

/** Reads what {@link encodeDated} wrote. */
export function decodeDated(text: string): unknown {
  return JSON.parse(text, revive);
}

function revive(_key: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null || Object.keys(value).length !== 1) return value;
  const { $date } = value as { readonly $date?: unknown };
  const date = typeof $date === "string" ? new Date($date) : undefined;
  return date === undefined || Number.isNaN(date.getTime()) ? value : date;
}
