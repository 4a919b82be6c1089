/** Whether the lines of a text end with CR alone, as its first line end says; undefined where it has none yet. */
export const hasBareReturns = (text: string, isAll: boolean): boolean | undefined => {
  const [, end] = /(\n|\r+[^\r])/.exec(text) ?? [];
  if (end === undefined) return isAll ? text.includes("\r") : undefined;
  return !end.endsWith("\n");
};

/** A chunk with line feeds in place of its CRs. */
export const withLineFeeds = (chunk: Buffer): Buffer =>
  Buffer.from(chunk.map((byte) => (byte === 0x0d ? 0x0a : byte)));
