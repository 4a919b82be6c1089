const maxConflicts = 20;

/**
 * Repeats "read, change, write on condition" until no other writer came in between. `attempt` answers `conflict` where its
 * condition did not hold. Throws when that happened 20 times in a row; `what` names what was to be written.
 */
export const retryOnConflict = async <Result>(
  what: string,
  attempt: () => Promise<Result | "conflict">,
): Promise<Result> => {
  for (let conflicts = 0; conflicts < maxConflicts; conflicts += 1) {
    const result = await attempt();
    if (result !== "conflict") return result;
  }
  throw new Error(`others wrote ${what} ${maxConflicts} times in a row`);
};
