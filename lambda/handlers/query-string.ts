/** The parameters of a query string, each with all its values. A name that cannot be decoded stays as it is. */
export type Parameters = ReadonlyMap<string, readonly string[]>;

const decode = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

/**
 * Reads the raw query string: API Gateway's own parsing joins repeated parameters with commas, and a plus must stay a plus,
 * as it stands in DN numbers.
 */
export const parseQueryString = (raw: string): Parameters => {
  const parameters = new Map<string, string[]>();
  for (const part of raw.split("&").filter((one) => one !== "")) {
    const [name = "", ...value] = part.split("=");
    const key = decode(name);
    parameters.set(key, [...(parameters.get(key) ?? []), decode(value.join("="))]);
  }
  return parameters;
};
