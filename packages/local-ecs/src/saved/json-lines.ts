/** One value per line. Points in time keep their type: JSON alone would make texts of them. */
export function encodeLine(value: unknown): string {
  const text = JSON.stringify(value, function (this: Record<string, unknown>, key: string, member: unknown) {
    const raw = this[key];
    return raw instanceof Date ? { $date: raw.toISOString() } : member;
  });
  return `${text}\n`;
}

/**
 * The values of a file. A last line that is not finished is left out: its writer was ended while it wrote.
 * @param file - named in the error's message.
 * @throws Error when another line is damaged.
 */
export function decodeLines(text: string, file: string): readonly unknown[] {
  return text
    .split("\n")
    .slice(0, -1)
    .map((line, index) => {
      try {
        return JSON.parse(line, revive) as unknown;
      } catch {
        throw new Error(`${file} is damaged in line ${index + 1}. Remove the folder to start anew.`);
      }
    });
}

function revive(_key: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null || Object.keys(value).length !== 1) return value;
  const { $date } = value as { readonly $date?: unknown };
  const date = typeof $date === "string" ? new Date($date) : undefined;
  return date === undefined || Number.isNaN(date.getTime()) ? value : date;
}
