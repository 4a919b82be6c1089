/** Reads the names of a list, consistently. */
export type ReadNames = (list: string) => Promise<ReadonlySet<string>>;

/**
 * Claims a place for a name in a list of at most `limit` names, atomically: true where the name is in the list after
 * that, false where the list is full.
 */
export type ClaimName = (list: string, name: string, limit: number) => Promise<boolean>;

/** Takes names out of a list, whether they are in it or not. At least one. */
export type FreeNames = (list: string, names: readonly string[]) => Promise<void>;
