import { createHash, randomBytes } from "node:crypto";

/**
 * How often a chain of messages may invoke a function that does not allow loops: "approximately 16 times", says
 * https://docs.aws.amazon.com/lambda/latest/dg/invocation-recursion.html.
 */
export const longestChain = 16;

const field = "Lineage=";
const hex = (bytes: number): string => randomBytes(bytes).toString("hex");
const hashOf = (functionName: string): string =>
  createHash("sha256").update(functionName).digest("hex").slice(0, 8);

/**
 * The functions of a chain, by hash, and how often it came back to each: `Lineage=a87bd80c:1|68fd508a:5`. The form that
 * AWS writes since 2024, `1:a87bd80c:0`, is not documented; to those who pass it on it makes no difference.
 */
const readLineage = (traceHeader: string): readonly (readonly [string, number])[] => {
  const part = traceHeader.split(";").find((one) => one.startsWith(field)) ?? "";
  return [...part.matchAll(/([0-9a-f]{8}):(\d+)(?=\||$)/g)].map(
    ([, hash = "", returns]) => [hash, Number(returns)] as const,
  );
};

/** What several messages bring along: of each function, the longest chain. */
const mergeLineages = (traceHeaders: readonly string[]): Map<string, number> => {
  const merged = new Map<string, number>();
  for (const [hash, returns] of traceHeaders.flatMap(readLineage)) {
    merged.set(hash, Math.max(returns, merged.get(hash) ?? 0));
  }
  return merged;
};

/** How often the chain that brought these trace headers has invoked the function; of several chains the longest. */
export const countInvocations = (traceHeaders: readonly string[], functionName: string): number =>
  (mergeLineages(traceHeaders).get(hashOf(functionName)) ?? -1) + 1;

/**
 * The trace header of an invocation, for `_X_AMZN_TRACE_ID`, given those of what it is invoked for: it counts this
 * invocation of the function. The SDK sends it with each request.
 */
export const nextTraceHeader = (traceHeaders: readonly string[], functionName: string): string => {
  const lineage = mergeLineages(traceHeaders);
  lineage.set(hashOf(functionName), countInvocations(traceHeaders, functionName));
  const seconds = Math.floor(Date.now() / 1000).toString(16);
  const root = /Root=[^;]+/.exec(traceHeaders[0] ?? "")?.[0] ?? `Root=1-${seconds}-${hex(12)}`;
  const all = [...lineage].map(([hash, returns]) => `${hash}:${returns}`).join("|");
  return `${root};Parent=${hex(8)};Sampled=0;${field}${all}`;
};
