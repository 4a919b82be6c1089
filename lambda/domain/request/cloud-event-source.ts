/**
 * The server name in the `source` of a CloudEvent: `/servers/NAME`, as our own messages have it, or the name alone, both
 * percent-encoded. Undefined for any other URI, which names something else.
 */
export const serverNameOfSource = (source: string): string | undefined => {
  const [, own, bare] =
    /^(?:\/servers\/([^/]+)|((?!\/|[A-Za-z][A-Za-z\d+.-]*:).+))$/s.exec(source) ?? [];
  const name = own ?? bare;
  if (name === undefined) return undefined;
  try {
    return decodeURIComponent(name);
  } catch {
    // Not percent-encoded as a URI must be.
    return undefined;
  }
};
