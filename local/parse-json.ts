/** JSON.parse with a type that has to be checked. */
export function parseJson(text: string): unknown {
  const value: unknown = JSON.parse(text);
  return value;
}
