import * as v from "valibot";
import { printable } from "../../command-line/printable.ts";

const AlertSchema = v.pipe(
  v.string(),
  v.parseJson(),
  v.object({
    type: v.string(),
    time: v.string(),
    data: v.object({ severity: v.string(), title: v.string() }),
  }),
);

const colours: Readonly<Record<string, string>> = {
  critical: "\u001b[1;31m",
  warning: "\u001b[33m",
  resolved: "\u001b[32m",
};

const paint = (text: string, name: string, colour: boolean): string => {
  const code = colour ? colours[name] : undefined;
  return code === undefined ? text : `${code}${text}\u001b[0m`;
};

/** One line for a message of the alert topic: UTC time, what happened to the alert, severity, title. */
export const alertLine = (message: string, colour: boolean): string => {
  const parsed = v.safeParse(AlertSchema, message);
  if (!parsed.success) return "a message on the alert topic that cannot be read";
  const { type, time, data } = parsed.output;
  const state = type.replace(/^alert\./, "");
  const text = printable(
    [time.replace(/(?:\.\d+)?Z$/, "Z"), state.padEnd(8), data.severity.padEnd(8), data.title].join(
      "  ",
    ),
  );
  return paint(text, state === "resolved" ? state : data.severity, colour);
};
