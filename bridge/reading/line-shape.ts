const [tab, blank, carriageReturn] = [9, 32, 13];
const prefix = Buffer.from("Attribute");
const telling = [
  { word: Buffer.from("ThisDN"), bit: 1 },
  { word: Buffer.from("TimeinSecs"), bit: 2 },
];

/** Where the text of a line begins, behind tabs and blanks; -1 where it has none. */
export const textStart = (bytes: Buffer): number => {
  let at = 0;
  while (bytes[at] === tab || bytes[at] === blank) at += 1;
  return at >= bytes.length || (at === bytes.length - 1 && bytes[at] === carriageReturn) ? -1 : at;
};

const isAt = (bytes: Buffer, at: number, word: Buffer): boolean => {
  for (let index = 0; index < word.length; index += 1)
    if (bytes[at + index] !== word[index]) return false;
  return true;
};

const isWordByte = (byte: number | undefined): boolean =>
  byte !== undefined && /\w/.test(String.fromCharCode(byte));

/** Whether an attribute begins there. */
export const isAttributeAt = (bytes: Buffer, at: number): boolean => {
  const next = bytes[at + prefix.length];
  return next !== undefined && next >= 65 && next <= 90 && isAt(bytes, at, prefix);
};

/** Which of the attributes that an event has once begins there: ThisDN (1), TimeinSecs (2), or neither (0). */
export const tellingAttributeAt = (bytes: Buffer, at: number): number => {
  const from = at + prefix.length;
  if (bytes[from] !== 84) return 0;
  for (const { word, bit } of telling)
    if (isAt(bytes, from, word) && !isWordByte(bytes[from + word.length])) return bit;
  return 0;
};
