const maxConflicts = 20;

/**
 * Repeats "read, change, write on condition" until no other writer interferes. `attempt` answers `conflict` when its
 * condition did not hold. Throws after 20 conflicts in a row; `what` names the item to be written.
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
