import * as v from "valibot";
import type { RuleContext } from "../rules.ts";
import {
  type NamedStanding,
  type RegistrationStatus,
  standingsOf,
} from "../status/registration-status.ts";
import type { Loss } from "./loss.ts";

export const SeveritySchema = v.picklist(["critical", "warning"]);
/** `critical`: no application sees the DN any more; `warning`: another one does. */
export type Severity = v.InferOutput<typeof SeveritySchema>;

/** What a loss remembers of how severe it is. Whatever the decision needs again later stands here too: it is stored with the loss. */
export const SeverityFactsSchema = v.object({ severity: SeveritySchema });
export type SeverityFacts = v.InferOutput<typeof SeverityFactsSchema>;

/**
 * What decides how severe the present loss of a DN is: the status, the loss as it was stored before, and all losses of the DN.
 * These are read when a loss is about to be alerted, and only then: what they amounted to, the loss must remember.
 */
export type SeveritySnapshot = RuleContext & {
  status: RegistrationStatus;
  loss: Loss | undefined;
  losses: readonly Loss[] | undefined;
};

/** The applications that see a DN for sure: registered, and their bridge is heard. */
export const sureStandingsOf = (status: RegistrationStatus): NamedStanding[] =>
  standingsOf(status).filter(
    ({ standing, application }) =>
      standing.status === "registered" && application.stale === undefined,
  );

/** Decides how severe the present loss of a DN is. Nothing else decides it: everything else takes it from the loss. */
export const judgeSeverity = ({ status }: SeveritySnapshot): SeverityFacts => ({
  severity: sureStandingsOf(status).length === 0 ? "critical" : "warning",
});

/** How severe a loss was that is over and was never stored, as far as the status still remembers. */
export const judgePastSeverity = ({ applications }: RegistrationStatus): SeverityFacts => ({
  severity: Object.keys(applications).length > 1 ? "warning" : "critical",
});

/** The worst of some severities. */
export const worst = (severities: readonly Severity[]): Severity =>
  severities.includes("critical") ? "critical" : "warning";
