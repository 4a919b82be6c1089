/** Says whether a URL names this machine and nothing else. */
export function isLoopbackAddress(url: string): boolean {
  if (!URL.canParse(url)) return false;
  // The URL standard has made 127.0.0.1 of 127.1 and 0x7f000001.
  const { hostname } = new URL(url);
  return hostname === "localhost" || hostname === "[::1]" || /^127\.\d+\.\d+\.\d+$/.test(hostname);
}
