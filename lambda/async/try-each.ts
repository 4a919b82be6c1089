/** Builds what does several things of which one that fails does not stop the others; `finish` throws what failed, if anything did. */
export const createTryEach = (what: string) => {
  const failures: unknown[] = [];
  return {
    tryOne: async (work: () => Promise<void>): Promise<void> => {
      try {
        await work();
      } catch (error) {
        failures.push(error);
      }
    },
    finish: (): void => {
      if (failures.length > 0) throw new AggregateError(failures, what);
    },
  };
};
