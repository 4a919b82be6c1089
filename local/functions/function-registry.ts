import type { FindFunction } from "../api/read-http-api.ts";

/** The functions for those who start before them: nothing is found until they are there. */
export interface LateFunctions {
  readonly find: FindFunction;
  readonly arrive: (find: FindFunction) => void;
}

/** Makes the place that the functions will take. */
export function createLateFunctions(): LateFunctions {
  let current: FindFunction = () => undefined;
  return {
    find: (address) => current(address),
    arrive: (find) => {
      current = find;
    },
  };
}
