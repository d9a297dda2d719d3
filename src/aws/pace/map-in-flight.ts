/**
 * Calls for each item, so many at a time. After a failure no further call is begun.
 *
 * @returns the answers in the order of the items.
 */
export async function mapInFlight<Item, Answer>(
  items: readonly Item[],
  limit: number,
  call: (item: Item) => Promise<Answer>,
): Promise<Answer[]> {
  const answers = new Map<number, Answer>();
  const waiting = [...items.entries()].reverse();
  async function work(): Promise<void> {
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      const [index, item] = next;
      try {
        answers.set(index, await call(item));
      } catch (error) {
        waiting.length = 0;
        throw error;
      }
    }
  }
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, work));
  return items.map((_, index) => answers.get(index) as Answer);
}
