/** What is told of a step that failed. */
type OnError = (error: unknown) => void;

/** Takes steps one after the other: one that fails does not keep the others from being taken. */
export async function takeEveryStep(
  steps: Iterable<() => void | Promise<void>>,
  onError: OnError,
): Promise<void> {
  for (const step of steps)
    try {
      await step();
    } catch (error) {
      onError(error);
    }
}

/** The same where nothing can be awaited. */
export function takeEveryStepNow(steps: Iterable<() => void>, onError: OnError): void {
  for (const step of steps)
    try {
      step();
    } catch (error) {
      onError(error);
    }
}
