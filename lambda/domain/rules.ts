import * as v from "valibot";

/** How many T-Servers a stage knows at most. */
export const maxServers = 1000;

const seconds = (byDefault: number) => v.optional(v.pipe(v.number(), v.minValue(0)), byDefault);

/** A hold-down for some DNs: of one T-Server, with a number that begins so, or both; the first match counts. */
export const HoldDownSchema = v.object({
  server: v.optional(v.string()),
  prefix: v.optional(v.string()),
  seconds: v.pipe(v.number(), v.minValue(0), v.maxValue(900)),
});

/** What alerts wait for, in seconds, and what counts as a storm. The stack sets the rules, the functions read them. */
export const AlertRulesSchema = v.object({
  /** A loss that is over sooner causes no alert. SQS delays a message by 900 s at most. */
  holdDownSeconds: v.optional(v.pipe(v.number(), v.minValue(0), v.maxValue(900)), 30),
  holdDowns: v.optional(v.array(HoldDownSchema), []),
  /** More losses of one server than this within `incidentSeconds` are one incident. */
  incidentLosses: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1)), 5),
  incidentSeconds: seconds(60),
  /** An incident is published again when no more DNs have joined it for this long, … */
  updateQuietSeconds: seconds(30),
  /** … or after this long at the latest. For the same time after the newest member, others may join. */
  updateLatestSeconds: seconds(300),
  /** An alert whose members are all back is resolved when that has lasted this long. */
  holdOpenSeconds: seconds(300),
  /** A scheduled run evaluates a loss that has no decision this long after its hold-down: its message was lost. */
  undecidedSeconds: seconds(60),
  /** An open alert is compared with the present state this often, in case a message was lost. */
  lookAgainSeconds: seconds(300),
  /** A registration that is not renewed this long after a reconnect is lost. */
  renewSeconds: seconds(300),
  /** A bridge that says nothing for this long is silent. */
  silenceSeconds: seconds(180),
  /** How long a bridge's number of DNs may differ from ours. */
  mismatchSeconds: seconds(300),
  /** An open alert that no person acknowledges is published again this often; 0: never. */
  remindSeconds: seconds(0),
  /** Bridges that are judged by their silence though they send no heartbeat. */
  watchedBridges: v.optional(
    v.array(v.object({ server: v.string(), application: v.string() })),
    [],
  ),
});
export type AlertRules = v.InferOutput<typeof AlertRulesSchema>;

/** The rules, and the moment at which they are applied: our clock in microseconds. */
export type RuleContext = { rules: AlertRules; now: number };

/** A rule's seconds in microseconds, as our clock counts. */
export const micros = (wait: number): number => Math.round(wait * 1_000_000);

/**
 * How often it is written that a bridge is heard, or does not get through, in microseconds: often enough for the
 * shortest silence that is judged, and seldom enough for a bridge that sends a lot.
 */
export const refreshMicros = ({ silenceSeconds }: Pick<AlertRules, "silenceSeconds">): number =>
  Math.min(micros(10), micros(silenceSeconds) / 6);

/** How long a loss of this DN is held down, in seconds. */
export const holdDownOf = (
  { holdDownSeconds, holdDowns }: Pick<AlertRules, "holdDownSeconds" | "holdDowns">,
  { server, thisDN }: { server: string; thisDN: string },
): number =>
  holdDowns.find(
    (rule) =>
      (rule.server === undefined || rule.server === server) &&
      (rule.prefix === undefined || thisDN.startsWith(rule.prefix)),
  )?.seconds ?? holdDownSeconds;
