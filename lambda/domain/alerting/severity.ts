import * as v from "valibot";
import type { RuleContext } from "../rules.ts";
import {
  type NamedStanding,
  type RegistrationStatus,
  standingsOf,
} from "../status/registration-status.ts";
import type { Loss } from "./loss.ts";

export const SeveritySchema = v.picklist(["critical", "warning"]);
/** `critical`: no application sees the DN any more; `warning`: another application still sees it. */
export type Severity = v.InferOutput<typeof SeveritySchema>;

/**
 * What a loss remembers of its severity. Whatever the decision needs again later belongs here too: it is stored with
 * the loss.
 */
export const SeverityFactsSchema = v.object({ severity: SeveritySchema });
export type SeverityFacts = v.InferOutput<typeof SeverityFactsSchema>;

/**
 * What decides the severity of a DN's present loss: the status, the loss as it was stored before, and all losses of the
 * DN. These losses are read only when a loss is about to be alerted: the loss must remember what they amounted to.
 */
export type SeveritySnapshot = RuleContext & {
  status: RegistrationStatus;
  loss: Loss | undefined;
  losses: readonly Loss[] | undefined;
};

/** The applications that certainly see a DN: registered, and their bridge is heard. */
export const sureStandingsOf = (status: RegistrationStatus): NamedStanding[] =>
  standingsOf(status).filter(
    ({ standing, application }) =>
      standing.status === "registered" && application.stale === undefined,
  );

/**
 * Decides the severity of a DN's present loss. This is the only place that decides it: all other code takes it from the
 * loss.
 */
export const judgeSeverity = ({ status }: SeveritySnapshot): SeverityFacts => ({
  severity: sureStandingsOf(status).length === 0 ? "critical" : "warning",
});

/** The severity of a loss that is over and was never stored, as far as the status still remembers. */
export const judgePastSeverity = ({ applications }: RegistrationStatus): SeverityFacts => ({
  severity: Object.keys(applications).length > 1 ? "warning" : "critical",
});

/** The worst of some severities. */
export const worst = (severities: readonly Severity[]): Severity =>
  severities.includes("critical") ? "critical" : "warning";
