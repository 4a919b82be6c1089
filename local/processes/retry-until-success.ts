import type { StackClock } from "./stack-clock.ts";

/** Retries four times a second until the attempt succeeds. Rejects when the stack stops. */
export const retryUntilSuccess = async <T>(
  attempt: () => Promise<T>,
  wait: StackClock["wait"],
): Promise<T> => {
  for (;;) {
    const result = await attempt().then(
      (value) => ({ value }),
      () => undefined,
    );
    if (result !== undefined) return result.value;
    await wait(250);
  }
};
