import { joinNames, maxNamesInTitle } from "../bounds.ts";
import type { Connection } from "../connection/connection.ts";
import { maxUnprovenNames, unprovenNamesOf } from "../connection/proof.ts";
import type { AlertRules } from "../rules.ts";
import { subjects } from "./alert.ts";
import type { AlertCondition } from "./apply-condition.ts";

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
    const examples = joinNames(names.slice(0, maxNamesInTitle));
    const title =
      `${application} has named more than ${maxUnprovenNames} T-Servers without a registration on any of them, for example ${examples}: it may invent names. ` +
      "Check the server name that it sends; retire the names with npm run retire.";
    const endTitle = `${application} names no more than ${maxUnprovenNames} T-Servers without a registration.`;
    const subject = subjects.bridge("", application, namesCondition);
    return [{ subject, kind: "bridge", server, application, severity: "warning", title, endTitle }];
  });
};
