import type { Connection } from "../connection/connection.ts";
import { maxUnprovenNames, unprovenNamesOf } from "../connection/proof.ts";
import type { AlertRules } from "../rules.ts";
import { subjects } from "./alert.ts";
import type { AlertCondition } from "./apply-condition.ts";
import { named } from "./headline.ts";

/** The part of the subject of an alert about a bridge that invents names; the subject names no server. */
export const namesCondition = "names" as const;

/** Whether a bridge names so many T-Servers without a registration that it may invent them. */
export const isInventing = (
  connections: readonly Connection[],
  application: string,
  rules: AlertRules,
): boolean => unprovenNamesOf(connections, application, rules).length > maxUnprovenNames;

/** The alerts of bridges that may invent the names of T-Servers: one for each bridge, however many names there are. */
export const watchNames = (
  connections: readonly Connection[],
  rules: AlertRules,
): AlertCondition[] => {
  const applications = new Set(connections.map(({ application }) => application));
  return [...applications].flatMap((application) => {
    const names = unprovenNamesOf(connections, application, rules);
    const [server] = names;
    if (server === undefined || names.length <= maxUnprovenNames) return [];
    const bridge = named([application]);
    const most = `more than ${maxUnprovenNames} T-Servers without a registration`;
    const text = {
      headline: [bridge, ` has named ${most}, for example `, named(names)],
      advice:
        "It may invent names. Check the server name that it sends; retire the names with npm run retire.",
    };
    const endText = { headline: [bridge, ` names no ${most}`] };
    const subject = subjects.bridge("", application, namesCondition);
    return [{ subject, kind: "bridge", server, application, severity: "warning", text, endText }];
  });
};
