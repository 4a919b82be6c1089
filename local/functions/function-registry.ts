import type { Invoke } from "./invocation-outcome.ts";

/** Finds a function by its name, its ARN, or an address that contains its ARN. */
export type FindFunction = (address: string) => Invoke | undefined;

/** Finds functions for the emulators, which start before the functions exist. */
export type FunctionRegistry = {
  /** Finds nothing until `register` is called. */
  readonly find: FindFunction;
  readonly register: (find: FindFunction) => void;
};

/** Makes an empty registry. */
export const createFunctionRegistry = (): FunctionRegistry => {
  let current: FindFunction = () => undefined;
  return {
    find: (address) => current(address),
    register: (find) => {
      current = find;
    },
  };
};
