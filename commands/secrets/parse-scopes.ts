import { UsageError } from "../../bridge/terminal/usage-error.ts";
import { scopes as knownScopes, type Scope } from "../../lambda/domain/access/reader-token.ts";

const isKnown = (scope: string): scope is Scope => knownScopes.some((known) => known === scope);

/** The scopes in a list with commas, each once. Throws UsageError with the known ones for anything else. */
export const parseScopes = (text: string): Scope[] => {
  const scopes = [...new Set(text.split(",").map((scope) => scope.trim()))];
  const unknown = scopes.filter((scope) => !isKnown(scope));
  if (unknown.length === 0) return scopes.filter(isKnown);
  const names = unknown.map((scope) => (scope === "" ? "(empty)" : scope)).join(", ");
  throw new UsageError(`--scopes: not known: ${names}; known are ${knownScopes.join(", ")}`);
};
