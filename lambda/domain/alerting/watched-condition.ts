import type { Connection } from "../connection/connection.ts";
import {
  judgeConnection,
  judgeSilence,
  type ProblemTiming,
} from "../connection/judge-connection.ts";
import { isLive, outagesOf } from "../connection/outage.ts";
import type { StandingConnection } from "../connection/standing-statements.ts";
import { type AlertRules, holdDownOf, micros } from "../rules.ts";
import { subjects } from "./alert.ts";
import { bridgeOutcome, type ConditionOutcome, serverOutcome } from "./condition-outcome.ts";
import { bridgeEndText, serverEndText } from "./condition-outcome-text.ts";
import {
  blindText,
  type ConditionText,
  mismatchText,
  serverClockText,
  serverText,
  silenceText,
} from "./condition-text.ts";
import type { Severity } from "./severity.ts";

/** What can be wrong with a bridge; becomes part of its alert's subject. */
export const bridgeConditions = ["silent", "mismatch", "blind", "serverClock"] as const;
export type BridgeCondition = (typeof bridgeConditions)[number];

/** Something that has an alert of its own, and whether it is wrong now: if not, the condition is absent. */
export type WatchedCondition = {
  subject: string;
  kind: "server" | "bridge";
  server: string;
  application?: string;
  severity: Severity;
  condition: ProblemTiming | undefined;
  endResolution: ConditionOutcome["resolution"];
} & ConditionText;

/** What is or may be wrong with the server that these connections lead to. */
export const watchServer = (
  server: string,
  connections: readonly StandingConnection[],
  rules: AlertRules,
  now: number,
): WatchedCondition => {
  const outages = outagesOf(connections);
  const isCut = ({ application }: Connection) =>
    outages.some((outage) => outage.kind === "link" || outage.application === application);
  const connected = connections.filter(
    (one) => isLive(one) && !isCut(one) && judgeSilence(one, rules, now) === undefined,
  );
  const since = Math.min(...outages.map(({ heardAt }) => heardAt));
  const dueAt = since + micros(holdDownOf(rules, { server, thisDN: "" }));
  const names = connected.map(({ application }) => application);
  const { text, endText } = serverText(outages, names);
  const ending = serverOutcome(connections);
  return {
    subject: subjects.server(server),
    kind: "server",
    server,
    severity: connected.length === 0 ? "critical" : "warning",
    condition: outages.length === 0 ? undefined : { since, dueAt },
    text,
    endText: serverEndText(ending, endText),
    endResolution: ending.resolution,
  };
};

const wordsOf = {
  silent: silenceText,
  mismatch: mismatchText,
  blind: blindText,
  serverClock: serverClockText,
} as const;
const severities = {
  silent: "critical",
  mismatch: "warning",
  blind: "critical",
  serverClock: "critical",
} as const;

/** What is or may be wrong with a bridge's connection to a server. */
export const watchBridge = (
  connection: Connection,
  rules: AlertRules,
  now: number,
): Record<BridgeCondition, WatchedCondition> => {
  const { server, application } = connection;
  const judgement = judgeConnection(connection, rules, now);
  const ending = bridgeOutcome(connection);
  const watch = (name: BridgeCondition): WatchedCondition => {
    const { text, endText } = wordsOf[name](connection);
    return {
      subject: subjects.bridge(server, application, name),
      kind: "bridge",
      server,
      application,
      severity: severities[name],
      condition: judgement[name],
      text,
      endText: bridgeEndText(ending, endText),
      endResolution: ending.resolution,
    };
  };
  return {
    silent: watch("silent"),
    mismatch: watch("mismatch"),
    blind: watch("blind"),
    serverClock: watch("serverClock"),
  };
};
