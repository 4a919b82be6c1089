import { type Severity, subjects } from "../alerting/alert.ts";
import { type AlertRules, holdDownOf, micros } from "../alerting/rules.ts";
import {
  blindWords,
  mismatchWords,
  serverWords,
  silenceWords,
  type Words,
} from "./condition-words.ts";
import type { Connection } from "./connection.ts";
import { bridgeEnding, type Ending, serverEnding } from "./ending.ts";
import { bridgeEndTitle, serverEndTitle } from "./ending-words.ts";
import { type Condition, judgeConnection, judgeSilence } from "./judge-connection.ts";
import { isLive, outagesOf } from "./outage.ts";

/** What can be wrong with a bridge; ends up in the subject of its alert. */
export const bridgeConditions = ["silent", "mismatch", "blind"] as const;
export type BridgeCondition = (typeof bridgeConditions)[number];

/** Something that has an alert of its own, and whether it is wrong now: the condition is absent where it is not. */
export type Watched = {
  subject: string;
  kind: "server" | "bridge";
  server: string;
  application?: string;
  severity: Severity;
  condition: Condition | undefined;
  endResolution: Ending["resolution"];
} & Words;

/** What is or may be wrong with the server that these connections lead to. */
export const watchServer = (
  server: string,
  connections: readonly Connection[],
  rules: AlertRules,
  now: number,
): Watched => {
  const outages = outagesOf(connections);
  const isCut = ({ application }: Connection) =>
    outages.some((outage) => outage.kind === "link" || outage.application === application);
  const connected = connections.filter(
    (one) => isLive(one) && !isCut(one) && judgeSilence(one, rules, now) === undefined,
  );
  const since = Math.min(...outages.map(({ heardAt }) => heardAt));
  const dueAt = since + micros(holdDownOf(rules, { server, thisDN: "" }));
  const names = connected.map(({ application }) => application);
  const { title, endTitle } = serverWords(server, outages, names);
  const ending = serverEnding(connections);
  return {
    subject: subjects.server(server),
    kind: "server",
    server,
    severity: connected.length === 0 ? "critical" : "warning",
    condition: outages.length === 0 ? undefined : { since, dueAt },
    title,
    endTitle: serverEndTitle(server, ending, endTitle),
    endResolution: ending.resolution,
  };
};

const wordsOf = { silent: silenceWords, mismatch: mismatchWords, blind: blindWords } as const;
const severities = { silent: "critical", mismatch: "warning", blind: "critical" } as const;

/** What is or may be wrong with a bridge's connection to a server. */
export const watchBridge = (
  connection: Connection,
  rules: AlertRules,
  now: number,
): Record<BridgeCondition, Watched> => {
  const { server, application } = connection;
  const judgement = judgeConnection(connection, rules, now);
  const ending = bridgeEnding(connection);
  const watch = (name: BridgeCondition): Watched => {
    const { title, endTitle } = wordsOf[name](connection);
    return {
      subject: subjects.bridge(server, application, name),
      kind: "bridge",
      server,
      application,
      severity: severities[name],
      condition: judgement[name],
      title,
      endTitle: bridgeEndTitle(server, ending, endTitle),
      endResolution: ending.resolution,
    };
  };
  return { silent: watch("silent"), mismatch: watch("mismatch"), blind: watch("blind") };
};
