const toEscape = (character: string): string => `\\u${character.charCodeAt(0).toString(16)}`;

/**
 * JSON in the form that SQS accepts: of the characters that JSON allows unescaped, SQS refuses only U+FFFE and U+FFFF,
 * so these are escaped too. So are characters beyond them, which SQS accepts and its emulators do not.
 */
export const toMessageText = (value: object): string =>
  JSON.stringify(value).replace(/[\ud800-\udfff\ufffe\uffff]/g, toEscape);
