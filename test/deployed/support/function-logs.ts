import * as v from "valibot";
import type { Emulator } from "./emulator.ts";

const GroupsSchema = v.object({ logGroups: v.array(v.object({ logGroupName: v.string() })) });
const EventsSchema = v.object({ events: v.array(v.object({ message: v.string() })) });

/** How many lines the functions of a stage have logged, and those of an error or a denied permission. */
export const readFunctionLogs = async ({ aws }: Emulator, prefix: string) => {
  const answer = await aws("logs", "describe_log_groups", { logGroupNamePrefix: prefix });
  const { logGroups } = v.parse(GroupsSchema, answer);
  const lines: string[] = [];
  for (const { logGroupName } of logGroups) {
    const { events } = v.parse(
      EventsSchema,
      await aws("logs", "filter_log_events", { logGroupName }),
    );
    lines.push(...events.map(({ message }) => `${logGroupName} ${message}`));
  }
  const faults = lines.filter((line) => /"level":"ERROR"|not authorized|AccessDenied/.test(line));
  return { groups: logGroups.length, lines: lines.length, faults };
};
