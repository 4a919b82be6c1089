/** The path and the query of a request, or that the path cannot be read. */
export type RequestPath =
  | { readonly kind: "path"; readonly path: string; readonly query: string }
  | { readonly kind: "unreadable" };

/** Decodes `%XX`; undefined for what is not UTF-8 in hex. */
export const decode = (text: string): string | undefined => {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
};

/**
 * Reads a request target as an HTTP API does: it decodes the path once, cuts it at a `?` that appears (`%3F`), and
 * refuses what a second decoding, that of the path parameters, could not read (`%25` followed by no hex).
 */
export const readRequestPath = (target: string): RequestPath => {
  const mark = target.indexOf("?");
  const raw = mark === -1 ? target : target.slice(0, mark);
  const query = mark === -1 ? "" : target.slice(mark + 1);
  if (!raw.includes("%")) return { kind: "path", path: raw, query };
  const decoded = decode(raw);
  const cut = decoded?.split("?", 1)[0];
  if (cut === undefined || decode(cut) === undefined) return { kind: "unreadable" };
  return { kind: "path", path: cut, query };
};
