import type { Alert, AlertMember, TimelineEntry } from "../alerting/alert.ts";
import { countApplications } from "../alerting/bound-loss.ts";
import { joinNames } from "../bounds.ts";
import { toOneLine } from "../one-line.ts";
import { formatTimeIfAny, readTime } from "../time.ts";
import type { Zone } from "../zone.ts";
import { mailWidth, wrapText } from "./wrap-text.ts";

/** What an e-mail says besides the alert. */
export type MailSettings = {
  runbookUrl: string | undefined;
  zone: Zone;
  stage?: string | undefined;
};

const maxDns = 10;
const maxEntries = 5;
const labelWidth = 10;

/** A time as an e-mail has it: with the date and seconds, in UTC and in the stage's zone. */
const sayFully = (micros: number, zone: Zone): string => {
  const inUtc = `${formatTimeIfAny(micros)?.slice(0, 19).replace("T", " ")} UTC`;
  const { day, clock, name } = zone(micros);
  return name === "UTC" ? inUtc : `${inUtc} (${day} ${clock} ${name})`;
};

const row = (label: string, text: string | undefined): string[] =>
  text === undefined || text === ""
    ? []
    : wrapText(`${`${label}:`.padEnd(labelWidth)}${text}`, labelWidth);

const paragraph = (lines: readonly string[]): string[][] =>
  lines.length === 0 ? [] : [[...lines]];

const whoOf = ({ author, onBehalfOf }: { author: string; onBehalfOf?: string | undefined }) =>
  toOneLine(onBehalfOf === undefined ? author : `${author} for ${onBehalfOf}`);

const noteOf = (note: string | undefined): string => (note ? `: ${toOneLine(note)}` : "");

const bridgesOf = ({ application, dns }: Alert): string => {
  const lost = dns.flatMap(({ applications }) => applications);
  return joinNames(application === undefined ? [...new Set(lost)] : [application]);
};

const lostText = ({ firstLostAt, lastLostAt }: Alert, zone: Zone): string | undefined => {
  if (firstLostAt === undefined) return undefined;
  const first = sayFully(firstLostAt, zone);
  return lastLostAt === undefined || lastLostAt === firstLostAt
    ? first
    : `from ${first} to ${sayFully(lastLostAt, zone)}`;
};

const factsOf = (alert: Alert, zone: Zone): string[] => {
  const { kind, severity, status, server, acknowledgement, acknowledgedAt, affected } = alert;
  const at = (time: number | undefined) => (time === undefined ? undefined : sayFully(time, zone));
  const acknowledged =
    acknowledgement && `by ${whoOf(acknowledgement)}${noteOf(acknowledgement.note)}`;
  return [
    ...row("What", `${severity}, about a ${kind === "dn" ? "DN" : kind}, ${status}`),
    ...row("T-Server", toOneLine(server)),
    ...row("Bridge", toOneLine(bridgesOf(alert))),
    ...row("DNs", kind === "dn" ? alert.count.toLocaleString("en") : undefined),
    ...row("Affected", affected === undefined ? undefined : `${affected.toLocaleString("en")} DNs`),
    ...row("Lost", lostText(alert, zone)),
    ...row("Opened", at(alert.openedAt)),
    ...row("Taken", acknowledged && [acknowledged, at(acknowledgedAt)].join(", ")),
    ...row("Resolved", at(alert.resolvedAt)),
    ...row("How", alert.resolution),
  ];
};

const member = (dn: AlertMember, zone: Zone): string[] => {
  const since = readTime(dn.statusSince);
  const parts = [
    joinNames(dn.applications, 3, countApplications(dn)),
    since === undefined ? "" : `lost ${sayFully(since, zone)}`,
    [dn.reason.evidence, dn.reason.errorMessage].filter((part) => part).join("; "),
  ];
  const facts = parts.filter((part) => part !== "").join(", ");
  return wrapText(toOneLine(`- ${dn.thisDN}: ${facts}`), 2);
};

const members = ({ dns, count }: Alert, zone: Zone): string[] => {
  const shown = dns.slice(0, maxDns);
  const left = count - shown.length;
  return [
    ...shown.flatMap((dn) => member(dn, zone)),
    ...(shown.length > 0 && left > 0 ? [`- and ${left.toLocaleString("en")} more`] : []),
  ];
};

const entry = ({ at, what, author, onBehalfOf, note }: TimelineEntry, zone: Zone): string[] => {
  const by = author === undefined ? "" : ` by ${whoOf({ author, onBehalfOf })}`;
  return wrapText(`- ${sayFully(at, zone)}: ${toOneLine(what)}${by}${noteOf(note)}`, 2);
};

const isPlain = (text: string): boolean => /^[\w.@:+-]+$/.test(text);
const quoted = (text: string): string =>
  isPlain(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;

// What begins with a dash is an option, unless `--` stands before it; behind that no option can follow.
const endingWith = (word: string, option: string): string =>
  word.startsWith("-") ? `${option} -- ${quoted(word)}` : ` ${quoted(word)}${option}`;

const command = (text: string): string[] => (text.length <= mailWidth ? [text] : []);

/** The commands for a shell; one about a DN that cannot be typed, or does not fit on a line, is left out. */
const commands = (alert: Alert, stage: string | undefined): string[] => {
  const { alertId, thisDN, status } = alert;
  const option = stage === undefined ? "" : ` --stage ${stage}`;
  const takeIt = [
    `npm run alerts -- ack ${quoted(alertId)} --note '...' \\`,
    `  --author NAME${option}`,
  ];
  const dn = thisDN ?? alert.dns[0]?.thisDN;
  const why =
    dn === undefined || dn !== toOneLine(dn)
      ? []
      : command(`  npm run alerts -- why${endingWith(dn, option)}`);
  return [
    ...(status === "resolved" ? [] : ["To take it:", ...takeIt.map((line) => `  ${line}`)]),
    ...(why.length === 0 ? [] : ["Why it was raised:", ...why]),
  ];
};

/**
 * The text of an e-mail about an alert: its title, what that means, who, what, where and when, the first DNs, what has
 * happened to it, and what to do. Plain text, in lines of at most 78 characters but for the runbook's address.
 */
export const alertMail = (
  alert: Alert,
  title: string,
  { runbookUrl, zone, stage }: MailSettings,
): string => {
  const { advice } = alert.text;
  return [
    wrapText(title),
    ...paragraph(advice === undefined ? [] : wrapText(toOneLine(advice))),
    factsOf(alert, zone),
    ...paragraph(members(alert, zone)),
    alert.timeline.slice(-maxEntries).flatMap((one) => entry(one, zone)),
    [...(runbookUrl === undefined ? [] : [`Runbook: ${runbookUrl}`]), `Alert: ${alert.alertId}`],
    ...paragraph(commands(alert, stage)),
  ]
    .map((lines) => lines.join("\n"))
    .join("\n\n");
};
