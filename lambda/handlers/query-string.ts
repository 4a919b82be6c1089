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
    const [name = "", ...value] = part.split("=");
    const key = decodeURIComponent(name);
    const values = parameters.get(key) ?? [];
    parameters.set(key, [...values, decodeURIComponent(value.join("="))]);
  }
  return parameters;
};
