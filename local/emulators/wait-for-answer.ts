import { setTimeout as sleep } from "node:timers/promises";

/** Waits until an HTTP server answers anything; false when it ended or did not in time. */
export async function waitForAnswer(
  url: string,
  hasEnded: () => boolean,
  timeoutMilliseconds: number,
): Promise<boolean> {
  const deadline = Date.now() + timeoutMilliseconds;
  while (Date.now() < deadline && !hasEnded()) {
    try {
      const response = await fetch(url, { signal: AbortSignal.timeout(2000) });
      await response.arrayBuffer();
      return true;
    } catch {
      await sleep(20);
    }
  }
  return false;
}
