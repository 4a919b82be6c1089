/**
 * Does the work for every item, at most `width` at a time, and returns the results in the items' order. After the first
 * failure no further item is begun, and that failure is thrown.
 */
export const inParallel = async <Item, Result>(
  width: number,
  items: readonly Item[],
  work: (item: Item) => Promise<Result>,
): Promise<Result[]> => {
  const results: Result[] = [];
  const queue = items.entries();
  const worker = async (): Promise<void> => {
    for (const [index, item] of queue) results[index] = await work(item);
  };
  const workers = Array.from({ length: Math.min(width, items.length) }, worker);
  // The workers share the queue: emptying it stops the others.
  await Promise.all(workers).finally(() => [...queue]);
  return results;
};

/** How many requests to the store are under way at once, for one piece of work. */
export const storeWidth = 50;
