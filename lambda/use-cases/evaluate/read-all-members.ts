import type { LossKey } from "../../domain/alerting/loss.ts";
import type { EvaluatePorts } from "./evaluate-ports.ts";

const pageSize = 1000;

/**
 * Builds the function that reads all members of an alert in parts, only the missing ones or all (the missing ones
 * first).
 */
export const createReadAllMembers = ({ readMembers }: Pick<EvaluatePorts, "readMembers">) =>
  async function* readAllMembers(alertId: string, missing: boolean): AsyncGenerator<LossKey[]> {
    let from: string | undefined;
    do {
      const { items, next } = await readMembers(alertId, { missing, limit: pageSize, from });
      yield items;
      from = next;
    } while (from !== undefined);
  };

/** All items of all parts. */
export const gather = async <Item>(parts: AsyncIterable<readonly Item[]>): Promise<Item[]> => {
  const items: Item[] = [];
  for await (const part of parts) items.push(...part);
  return items;
};
