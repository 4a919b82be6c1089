const toEscape = (character: string): string => `\\u${character.charCodeAt(0).toString(16)}`;

/**
 * JSON as SQS takes it: of what stands in JSON as it is, it refuses U+FFFE and U+FFFF alone, so they are escaped too. So is
 * what lies beyond them, which SQS takes and its emulators do not.
 */
export const toMessageText = (value: object): string =>
  JSON.stringify(value).replace(/[\ud800-\udfff\ufffe\uffff]/g, toEscape);
