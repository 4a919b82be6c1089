import { utc } from "../zone.ts";
import type { Alert } from "./alert.ts";
import { maxTitleUnits } from "./alert-title.ts";
import { type AlertText, type Headline, named } from "./headline.ts";
import { layOutTitle } from "./lay-out-title.ts";

/** The title that an item keeps for version 0.1.0, which knows no text: with each date, in UTC. */
export const toKeptTitle = ({ server, text }: Pick<Alert, "server" | "text">): string =>
  text.kept ?? layOutTitle([named([server]), ": ", ...text.headline], { zone: utc }, maxTitleUnits);

type Titled = Pick<Alert, "application" | "dns" | "openedAt" | "resolvedAt"> & { title: string };

/**
 * The text of an alert that version 0.1.0 wrote: it kept a title, in which times have no date. It is shown behind the
 * bridges' names and the time of the opening or the end, as far as it fits, and whole as the advice.
 */
export const fromKeptTitle = (alert: Titled): AlertText => {
  const { title, application, dns, openedAt, resolvedAt } = alert;
  const lost = dns.flatMap(({ applications }) => applications);
  const bridges = application === undefined ? [...new Set(lost)] : [application];
  const [first = ""] = bridges;
  const isFirst = bridges.length === 1 && title.startsWith(`${first} `);
  const when: Headline =
    resolvedAt === undefined
      ? ["opened at ", { at: openedAt }]
      : ["resolved at ", { at: resolvedAt }];
  return {
    headline: [
      ...(bridges.length === 0 ? [] : [named(bridges), ", "]),
      ...[...when, { why: isFirst ? title.slice(first.length + 1) : title }],
    ],
    advice: title,
    kept: title,
  };
};

/** The text of the end of such an alert. */
export const fromKeptEndTitle = (endTitle: string): AlertText => ({
  headline: [{ why: endTitle }],
  kept: endTitle,
});
