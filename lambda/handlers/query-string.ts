/** The parameters of a query string, each with all its values. */
export type Parameters = ReadonlyMap<string, readonly string[]>;

const isDecodable = (text: string): boolean => {
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
};

/**
 * Reads the raw query string: API Gateway's own parsing joins repeated parameters with commas, and a plus must stay a
 * plus, as it appears in DN numbers. Undefined when it is not percent-encoded UTF-8.
 */
export const parseQueryString = (raw: string): Parameters | undefined => {
  if (!isDecodable(raw)) return undefined;
  const parameters = new Map<string, string[]>();
  for (const part of raw.split("&").filter((one) => one !== "")) {
    const nameEnd = `${part}=`.indexOf("=");
    const name = decodeURIComponent(part.slice(0, nameEnd));
    const values = parameters.get(name) ?? [];
    parameters.set(name, [...values, decodeURIComponent(part.slice(nameEnd + 1))]);
  }
  return parameters;
};
