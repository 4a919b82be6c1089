/** One line for each property that the local stack ignores: its owner ("Queue: its") and its name. */
export const unreadProperties = (
  what: string,
  properties: unknown,
  known: readonly string[],
): readonly string[] => {
  if (typeof properties !== "object" || properties === null) return [];
  const unread = Object.keys(properties).filter((name) => !known.includes(name));
  return unread.map((name) => `${what} ${name}`);
};
