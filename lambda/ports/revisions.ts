/**
 * Writes on condition that the stored revision is the one before. `conflict`: another writer came first, read again.
 */
export type WriteRevision<Item> = (item: Item) => Promise<"written" | "conflict">;

/** A part of a list, and where the next part begins; absent at the end. */
export type Part<Item> = { items: Item[]; next: string | undefined };
