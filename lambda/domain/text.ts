// U+FFFE and U+FFFF are no characters at all: SQS and SNS refuse them.
const controlCharacter = /[\p{Cc}\ufffe\uffff]/u;

const encoder = new TextEncoder();

/** Whether every store, topic and terminal accepts the text: well-formed Unicode, no control character. */
export const isCleanText = (text: string): boolean =>
  text.isWellFormed() && !controlCharacter.test(text);

/** How many characters an SNS subject has at most. */
export const maxSubjectLength = 99;

/** Text for an SNS subject: at most 99 printable ASCII characters, cut with an ellipsis of dots. */
export const toSubject = (text: string): string => {
  const printable = text.replace(/[^\x20-\x7e]+/g, "?");
  return printable.length <= maxSubjectLength
    ? printable
    : `${printable.slice(0, maxSubjectLength - 3)}...`;
};

/** The byte order of UTF-8, which is DynamoDB's; JavaScript's own order differs beyond U+FFFF. */
export const compareText = (a: string, b: string): number => {
  const left = encoder.encode(a);
  const right = encoder.encode(b);
  for (const [index, byte] of left.entries()) {
    const difference = byte - (right[index] ?? -1);
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
};
