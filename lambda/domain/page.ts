// An answer has at most 4 MB, and this much of it is for entries: the rest is for what stands around them.
const maxEntriesBytes = 3_990_000;

const encoder = new TextEncoder();

/**
 * How many bytes an entry takes of what a function may answer, a comma included. Lambda counts the JSON of the whole
 * answer, in which the body is a JSON string: quotes and backslashes of the entry count more there than in the body,
 * and nothing counts less.
 */
export const answerBytesOf = (entry: object): number =>
  encoder.encode(JSON.stringify(JSON.stringify(entry))).length - 1;

/**
 * Begins an answer: says of each entry, in their order, whether it still fits. The first one does, however large it is.
 * `besideBytes`: what the answer has beside its entries. With entries that fit, a body has at most 4 MB, and Lambda's
 * payload stays far below its 6 MB.
 */
export const createAnswerBudget = (besideBytes = 0): ((entry: object) => boolean) => {
  let left = maxEntriesBytes - besideBytes;
  let isFirst = true;
  return (entry) => {
    left -= answerBytesOf(entry);
    const fits = isFirst || left >= 0;
    isFirst = false;
    return fits;
  };
};

/** The first items that fit into one answer, as it shows them: at least one. `beside`: what else the answer has. */
export const takeFitting = <Item>(
  items: readonly Item[],
  show: (item: Item) => object,
  beside?: object,
): readonly Item[] => {
  const fits = createAnswerBudget(beside === undefined ? 0 : answerBytesOf(beside));
  const end = items.findIndex((item) => !fits(show(item)));
  return end === -1 ? items : items.slice(0, end);
};
