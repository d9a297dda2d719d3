/** Waits for something no longer than so many milliseconds. @throws Error with these words when it takes longer. */
export async function within<T>(limitMs: number, awaited: Promise<T>, tooLate: string): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(new Error(tooLate));
    }, limitMs);
  });
  return Promise.race([awaited, late]).finally(() => {
    clearTimeout(timer);
  });
}
