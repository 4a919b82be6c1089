import { setTimeout as sleep } from "node:timers/promises";

const attempts = 8;
const firstPauseMilliseconds = 25;

/**
 * Repeats a batch call with the items that it left unprocessed, pausing longer each time: DynamoDB answers a batch that
 * it throttled in part with success and a list, which the SDK does not retry. Throws when items are still left in the
 * end.
 */
export const untilProcessed = async <Request>(
  requests: readonly Request[],
  send: (requests: Request[]) => Promise<readonly Request[] | undefined>,
  pause: (milliseconds: number) => Promise<unknown> = sleep,
): Promise<void> => {
  let left = [...requests];
  for (let attempt = 0; left.length > 0; attempt += 1) {
    if (attempt === attempts) throw new Error(`a batch was throttled ${attempts} times in a row`);
    if (attempt > 0)
      await pause(firstPauseMilliseconds * 2 ** (attempt - 1) * (0.5 + Math.random() / 2));
    left = [...((await send(left)) ?? [])];
  }
};
