import { UsageError } from "../../bridge/terminal/usage-error.ts";
import { readTime } from "../../lambda/domain/time.ts";
import { explainIsoTime } from "../../lambda/domain/time-problem.ts";
import type { ChangesWanted } from "./find-changes.ts";

type Values = Readonly<Record<"server" | "from" | "to", string | undefined>>;

const required = (values: Values, name: keyof Values): string => {
  const value = values[name];
  if (value) return value;
  throw new UsageError(`--${name} is missing`);
};

const timeOf = (values: Values, name: "from" | "to"): number => {
  const text = required(values, name);
  const time = readTime(text);
  if (time !== undefined) return time;
  throw new UsageError(`--${name} ${explainIsoTime(text)}`);
};

/** Which changes the options ask for. Throws UsageError where they do not say it. */
export const readChangesWanted = (values: Partial<Values>): ChangesWanted => {
  const given = { server: undefined, from: undefined, to: undefined, ...values };
  const wanted = {
    server: required(given, "server"),
    from: timeOf(given, "from"),
    to: timeOf(given, "to"),
  };
  if (wanted.to < wanted.from) throw new UsageError("--to lies before --from");
  return wanted;
};
