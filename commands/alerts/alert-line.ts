import * as v from "valibot";
import { printable } from "../../bridge/terminal/printable.ts";

const AlertSchema = v.pipe(
  v.string(),
  v.parseJson(),
  v.object({
    type: v.string(),
    time: v.string(),
    data: v.object({
      severity: v.string(),
      kind: v.string(),
      title: v.string(),
      count: v.optional(v.number(), 0),
      resolution: v.optional(v.string()),
      acknowledgement: v.optional(
        v.object({
          author: v.string(),
          onBehalfOf: v.optional(v.string()),
          note: v.optional(v.string()),
        }),
      ),
    }),
  }),
);
const stated = /^(?:OPEN|UPDATE|ACK|RESOLVED) /;

type Alert = v.InferOutput<typeof AlertSchema>;

const colours: Readonly<Record<string, string>> = {
  critical: "\u001b[1;31m",
  warning: "\u001b[33m",
  acknowledged: "\u001b[36m",
  resolved: "\u001b[32m",
};

/** Text in the colour of a severity, or of what happened to an alert. */
export const paint = (text: string, name: string, colour: boolean): string => {
  const code = colour ? colours[name] : undefined;
  return code === undefined ? text : `${code}${text}\u001b[0m`;
};

const sayWho = ({ author, onBehalfOf, note }: NonNullable<Alert["data"]["acknowledgement"]>) => {
  const who = onBehalfOf === undefined ? author : `${author} for ${onBehalfOf}`;
  return `acknowledged by ${note === undefined ? who : `${who}: ${note}`}`;
};

const say = ({ count, resolution, acknowledgement }: Alert["data"]): string[] => [
  ...(count > 1 ? [`${count.toLocaleString("en")} DNs`] : []),
  ...(resolution === undefined ? [] : [`resolution: ${resolution}`]),
  ...(acknowledgement === undefined ? [] : [sayWho(acknowledgement)]),
];

/** One line for a message of the alert topic: UTC time, severity, kind, the title, which says what happened, and what else there is to say. */
export const alertLine = (message: string, colour: boolean): string => {
  const parsed = v.safeParse(AlertSchema, message);
  if (!parsed.success) return "a message on the alert topic that cannot be read";
  const { type, time, data } = parsed.output;
  const state = type.replace(/^alert\./, "");
  const columns = [
    time.replace(/(?:\.\d+)?Z$/, "Z"),
    // The title of an older stage does not say what happened.
    ...(stated.test(data.title) ? [] : [state.padEnd("acknowledged".length)]),
    data.severity.padEnd("critical".length),
    data.kind.padEnd("bridge".length),
    data.title,
    ...say(data).map((one) => `[${one}]`),
  ];
  return paint(printable(columns.join("  ")), state in colours ? state : data.severity, colour);
};
