const encoder = new TextEncoder();

/** How many names a sentence shows of many, and how many a title, which a pager reads aloud. */
const maxNamesInText = 10;
export const maxNamesInTitle = 3;

/** SNS takes 256 KiB, subject and attributes included, and SQS took no more for long. */
export const maxMessageBytes = 250_000;

/**
 * Names as one phrase: "A", "A and B", "A, B and C", and of more than `max` "A, B, C and 1,780 more". `count`: how many
 * there are where the list itself was cut before.
 */
export const joinNames = (
  names: readonly string[],
  max = maxNamesInText,
  count = names.length,
): string => {
  const shown = names.slice(0, max);
  const left = count - shown.length;
  const last = left > 0 ? `${left.toLocaleString("en")} more` : shown.pop();
  return [shown.join(", "), last].filter((part) => part).join(" and ");
};

/** Text of at most `max` code points: what is cut ends with an ellipsis, and no surrogate pair is split. */
export const cutText = (text: string, max: number): string => {
  if (text.length <= max) return text;
  const characters = [...text];
  return characters.length <= max ? text : `${characters.slice(0, max - 1).join("")}…`;
};

/** An upper bound of the bytes that DynamoDB counts for a value, as JSON has quotes and punctuation beside it. */
export const storedBytesOf = (value: unknown): number =>
  encoder.encode(JSON.stringify(value)).length;

/** An upper bound of a value's bytes in a message: every character beyond ASCII counts as if it were escaped. */
export const messageBytesOf = (value: unknown): number =>
  JSON.stringify(value).replace(/[^\x20-\x7e]/g, "\\uffff").length;

/** The first items that fit into so many bytes, a comma each included: none after one that does not. */
export const takeWithin = <Item>(
  items: readonly Item[],
  bytes: number,
  bytesOf: (item: Item) => number,
): Item[] => {
  let rest = bytes;
  return items.filter((item) => {
    rest -= bytesOf(item) + 1;
    return rest >= 0;
  });
};
