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

const firstThree = (names: readonly string[]): string =>
  `${names.slice(0, 2).join(", ")} and ${names.slice(2, 3).join("")}`;

/** The alerts of bridges that may invent the names of T-Servers: one for each bridge, however many names there are. */
export const watchNames = (
  connections: readonly Connection[],
  rules: AlertRules,
): AlertCondition[] => {
  const applications = new Set(connections.map(({ application }) => application));
  return [...applications].flatMap((application) => {
    const names = unprovenNamesOf(connections, application, rules);
    if (names.length <= maxUnprovenNames) return [];
    return names.slice(0, 1).map((server) => ({
      subject: subjects.bridge("", application, namesCondition),
      kind: "bridge" as const,
      server,
      application,
      severity: "warning" as const,
      title:
        `${application} has named more than ${maxUnprovenNames} T-Servers without a registration on any of them, for example ${firstThree(names)}: it may invent names. ` +
        "Check the server name that it sends; retire the names with npm run retire.",
      endTitle: `${application} names no more than ${maxUnprovenNames} T-Servers without a registration.`,
    }));
  });
};
