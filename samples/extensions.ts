import type { AddressKind } from "./directory-numbers.ts";
import { between } from "./random.ts";

const hex = (random: () => number, length: number): string =>
  Array.from({ length }, () => between(random, 0, 15).toString(16)).join("");

/** A DN or a position: idle most of the time in the early morning, else with the one call that it holds. */
const dnStatus = (random: () => number): Record<string, string | number> =>
  random() < 0.85
    ? {}
    : {
        "conn-1": `0${hex(random, 15)}`,
        "call-uuid-1": hex(random, 32).toUpperCase(),
        "ps-1": between(random, 1, 3),
      };

const queueStatus = (random: () => number): Record<string, string | number> => {
  const total = between(random, 4, 24);
  return { "total-ports": total, "available-ports": total - between(random, 0, 3) };
};

/** `Extensions` as an EventRegistered carries it: the DN's status, or the queue's. */
export const makeExtensions = (
  kind: AddressKind,
  random: () => number,
): Record<string, string | number> => {
  switch (kind) {
    case "DN":
    case "Position":
      return dnStatus(random);
    case "Queue":
    case "RouteQueue":
      return queueStatus(random);
  }
};
