import { findDamage } from "./content.ts";
import { factsKey } from "./folder-file.ts";
import type { FoundFile } from "./scene.ts";

// What is being compressed is complete soon; what is damaged stays so.
const settlingLooks = 5;

/** Keeps back compressed files that end too early, and what is behind them, until it is clear that they stay so. */
export const createSettled = () => {
  const damaged = new Map<string, number>();
  const isSettled = (key: string): boolean => {
    const looks = (damaged.get(key) ?? 0) + 1;
    damaged.set(key, looks);
    return looks > settlingLooks;
  };
  /** The files that may be read, with what cannot be read of them. */
  return async (files: readonly FoundFile[]): Promise<FoundFile[]> => {
    const found: FoundFile[] = [];
    for (const one of files) {
      const { content, handle, file } = one;
      const damage = content === undefined ? "its compression" : await findDamage(handle);
      if (content !== undefined && damage !== undefined && !isSettled(factsKey(file))) return found;
      found.push(damage === undefined ? one : { ...one, trouble: damage });
    }
    return found;
  };
};
