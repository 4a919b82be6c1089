import type { Alert } from "../../../../lambda/domain/alerting/alert.ts";
import type { Loss } from "../../../../lambda/domain/alerting/loss.ts";
import { type AlertRules, micros } from "../../../../lambda/domain/rules.ts";
import type { Episode, Holding, PlainHistory } from "./plain-history.ts";
import type { World } from "./world.ts";

/** What is known at the end of time. */
export type End = { world: World; history: PlainHistory; rules: AlertRules };

const name = ({ lossId, server, thisDN }: Episode): string => `${lossId} of ${thisDN} on ${server}`;
const findLoss = (world: World, { lossId, server, thisDN }: Episode): Loss | undefined =>
  [...world.losses.values()].find(
    (loss) => loss.lossId === lossId && loss.server === server && loss.thisDN === thisDN,
  );
const alertOf = (loss: Loss | undefined) =>
  loss !== undefined && "alert" in loss ? loss.alert : undefined;
const lasted = ({ from, to }: Episode, now: number): number => (to ?? now) - from;
const concerns = (holding: Holding, { server, thisDN }: Episode): boolean =>
  holding.server === server && thisDN.startsWith(holding.prefix);

// Long enough after the last message about the DN for every hold-down, lost message and dead process.
const graceSeconds = 600;
const hasSettled = (
  { touchedAt, to }: Episode,
  { rules, now }: { rules: AlertRules; now: number },
) => {
  const times = [...touchedAt, to ?? now];
  const wait = micros(rules.holdDownSeconds + graceSeconds);
  return times.some((time, index) => (times[index + 1] ?? time) - time > wait);
};

/** Every loss has a record, except those that were over before a single message of theirs came through. */
const findUnaccounted = ({ world, history, rules }: End): string[] =>
  history.episodes
    .filter(
      (one) => world.delivered.has(one.lossId) || hasSettled(one, { rules, now: world.now() }),
    )
    .filter((one) => findLoss(world, one) === undefined)
    .map((one) => `unaccounted for: ${name(one)}`);

/** Each record agrees with what happened. */
const findUntrue = ({ world, history, rules }: End): string[] =>
  history.episodes.flatMap((one) => {
    const loss = findLoss(world, one);
    if (loss === undefined) return [];
    const isLive = loss.state !== "over";
    if (isLive && one.to !== undefined) return [`said to be lost still: ${name(one)}`];
    const isRecent = lasted(one, world.now()) < micros(rules.holdDownSeconds + graceSeconds);
    if (!isLive && one.to === undefined && !isRecent) return [`said to be over: ${name(one)}`];
    return loss.trail.length === 0 ? [`not explained: ${name(one)}`] : [];
  });

// A short loss of a DN with an open alert only keeps that alert open.
const isAttached = (loss: Loss): boolean =>
  alertOf(loss)?.alertId !== loss.lossId &&
  loss.trail.some(({ words }) => words.endsWith("which is open"));

/** No alert is published about a loss that was over within its hold-down. */
const findPagedTooSoon = ({ world, history, rules }: End): string[] =>
  history.episodes
    .filter((one) => lasted(one, world.now()) < micros(rules.holdDownSeconds - 1))
    .filter((one) => {
      const loss = findLoss(world, one);
      return loss !== undefined && alertOf(loss) !== undefined && !isAttached(loss);
    })
    .map((one) => `alerted though over within the hold-down: ${name(one)}`);

/** An alert is published about every loss that lasted and was not held back. */
const findUnalerted = ({ world, history, rules }: End): string[] =>
  history.episodes
    .filter((one) => hasSettled(one, { rules, now: world.now() }))
    .filter(
      (one) =>
        !history.holdings.some(
          (holding) =>
            holding.server === one.server &&
            (holding.to ?? world.now()) + micros(graceSeconds) >= one.from &&
            holding.from <= (one.to ?? world.now()),
        ),
    )
    .filter((one) => alertOf(findLoss(world, one)) === undefined)
    .map((one) => `no alert: ${name(one)}`);

/** An alert is also published about every loss that still lasts long after everything that held it is over. */
const findForgotten = ({ world, history, rules }: End): string[] =>
  history.episodes
    .filter((one) => one.to === undefined && hasSettled(one, { rules, now: world.now() }))
    .filter(
      (one) =>
        !history.holdings.some(
          (holding) =>
            holding.server === one.server &&
            (holding.to ?? world.now()) + micros(graceSeconds) >= world.now(),
        ),
    )
    .filter((one) => findLoss(world, one)?.state !== "claimed")
    .map((one) => `forgotten: ${name(one)}`);

/**
 * No alert is published about a loss that a window or a link held back from before its hold-down was over to its end.
 */
const findAlertedWhileHeld = ({ world, history, rules }: End): string[] =>
  history.episodes
    .filter((one) =>
      history.holdings.some(
        (holding) =>
          (holding.application === undefined || holding.application === "link") &&
          concerns(holding, one) &&
          holding.from < one.from + micros(rules.holdDownSeconds - 1) &&
          (holding.to ?? world.now() + 1) > (one.to ?? world.now()),
      ),
    )
    .filter((one) => {
      const loss = findLoss(world, one);
      return loss !== undefined && alertOf(loss) !== undefined && !isAttached(loss);
    })
    .map((one) => `alerted though held: ${name(one)}`);

/** An alert is opened once and first, resolved at most once and last. */
const findMisordered = ({ world }: End): string[] =>
  [...Map.groupBy(world.published, ({ alertId }) => alertId)].flatMap(([alertId, all]) => {
    const notices = all.map(({ notice }) => notice);
    const middle = notices.slice(1, notices.at(-1) === "alert.resolved" ? -1 : undefined);
    const isInOrder =
      notices[0] === "alert.opened" &&
      middle.every((one) => one === "alert.updated" || one === "alert.acknowledged");
    return isInOrder ? [] : [`published in a wrong order: ${alertId} ${notices.join(", ")}`];
  });

const episodeOf = (history: PlainHistory, alert: Alert, thisDN: string): Episode | undefined =>
  history.episodes.findLast(
    (one) =>
      one.server === alert.server &&
      one.thisDN === thisDN &&
      one.from <= alert.openedAt &&
      (one.to ?? alert.openedAt) >= alert.openedAt,
  );

/** No loss is published twice as beginning. */
const findOpenedTwice = ({ world, history }: End): string[] => {
  const openings = world.published.filter(({ notice }) => notice === "alert.opened");
  const published = openings.flatMap((alert) =>
    alert.dns.flatMap(({ thisDN }) => episodeOf(history, alert, thisDN) ?? []),
  );
  return published
    .filter((one, index) => published.indexOf(one) !== index)
    .map((one) => `opened twice: ${name(one)}`);
};

const isMember = (alert: Alert, loss: Loss): boolean => alertOf(loss)?.alertId === alert.alertId;

const isOpenAt = (alert: Alert, time: number): boolean =>
  alert.openedAt < time && (alert.resolvedAt ?? Number.POSITIVE_INFINITY) > time;

// Of several open incidents of a server, the newest takes its DNs back.
const isReplaced = (alerts: readonly Alert[], { subject, number }: Alert, time: number): boolean =>
  alerts.some(
    (newer) => newer.subject === subject && newer.number > number && newer.openedAt <= time,
  );

/** A DN that is lost again while its alert, or the newest incident that it is part of, is open gets no other alert. */
const findDoubled = ({ world }: End): string[] =>
  world.published
    .filter(({ notice }) => notice === "alert.opened")
    .flatMap((opened) => {
      const alerts = [...world.alerts.values()];
      const others = alerts
        .filter((other) => other.server === opened.server && isOpenAt(other, opened.openedAt))
        .filter((other) => other.subject !== opened.subject || opened.thisDN !== undefined)
        .filter((other) => !isReplaced(alerts, other, opened.openedAt));
      const taken = others.filter((other) =>
        [...world.losses.values()].some(
          (loss) =>
            isMember(other, loss) &&
            loss.decidedAt < opened.openedAt &&
            opened.dns.some(({ thisDN }) => thisDN === loss.thisDN),
        ),
      );
      return taken.map((other) => `opened beside ${other.alertId}: ${opened.alertId}`);
    });

/** At the end of time, an alert is open if a DN is missing, and resolved otherwise; it counts all its members. */
const findMiskept = ({ world, history }: End): string[] =>
  [...world.alerts.values()].flatMap((alert) => {
    const members = [...world.losses.values()].filter((loss) => isMember(alert, loss));
    const isNeeded = members.some((loss) =>
      history.episodes.some((one) => one.lossId === loss.lossId && one.to === undefined),
    );
    const isOpen = alert.status !== "resolved";
    const dns = new Set(members.map(({ thisDN }) => thisDN));
    return [
      ...(isOpen === isNeeded
        ? []
        : [`${isOpen ? "open for nothing" : "resolved too soon"}: ${alert.alertId}`]),
      ...(alert.count === dns.size
        ? []
        : [`counts ${alert.count} of ${dns.size}: ${alert.alertId}`]),
      ...(alert.dns.every(({ thisDN }) => dns.has(thisDN))
        ? []
        : [`shows other DNs: ${alert.alertId}`]),
    ];
  });

/**
 * How often an alert may be published again: for a single DN, when it flaps and when it gets worse; for an incident
 * also when DNs joined.
 */
const findNoise = ({ world, rules }: End): string[] =>
  [...Map.groupBy(world.published, ({ alertId }) => alertId)].flatMap(([alertId, all]) => {
    const updates = all.filter(({ notice }) => notice === "alert.updated");
    const times = updates.map((alert) => alert.timeline.at(-1)?.at ?? 0);
    const close = times.filter(
      (time, index) => time - (times[index - 1] ?? 0) < micros(rules.updateQuietSeconds),
    );
    const isAlone = all[0]?.thisDN !== undefined;
    const isNoise = isAlone ? updates.length > 2 : close.length > 1;
    return isNoise ? [`published too often: ${alertId}, ${updates.length} updates`] : [];
  });

/** Compares what was recorded and published with what happened; describes every difference. */
export const findFaults = (end: End): string[] => [
  ...findUnaccounted(end),
  ...findUntrue(end),
  ...findPagedTooSoon(end),
  ...findUnalerted(end),
  ...findForgotten(end),
  ...findAlertedWhileHeld(end),
  ...findMisordered(end),
  ...findOpenedTwice(end),
  ...findDoubled(end),
  ...findMiskept(end),
  ...findNoise(end),
];
