import fc from "fast-check";
import type { Connection } from "../../../../lambda/domain/connection/connection.ts";
import type { RegistrationEvent } from "../../../../lambda/domain/event/registration-event.ts";
import { micros } from "../../../../lambda/domain/rules.ts";
import { baseTime, registered, unregistered } from "../../../support/build-event.ts";
import type { Chance } from "./chance.ts";
import type { PlainHistory } from "./plain-history.ts";
import type { World } from "./world.ts";

const servers = ["SIPTS750", "AVAYATS1"];
const applications = ["bridge-a", "bridge-b"];
const thisDNs = ["7001", "7002", "7101", "7102"];

const where = {
  server: fc.constantFrom(...servers),
  application: fc.constantFrom(...applications),
};
const which = { ...where, thisDN: fc.constantFrom(...thisDNs) };
const kind = <Kind extends string>(name: Kind) => ({ kind: fc.constant(name) });

/** One step that happens. */
export const arbitraryStep = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ ...kind("lose"), ...which, errorCode: fc.constantFrom(59, 109) }),
  },
  { weight: 5, arbitrary: fc.record({ ...kind("return"), ...which }) },
  { weight: 1, arbitrary: fc.record({ ...kind("giveUp"), ...which }) },
  { weight: 1, arbitrary: fc.record({ ...kind("retire"), ...which }) },
  { weight: 2, arbitrary: fc.record({ ...kind("loseAll"), ...where }) },
  { weight: 2, arbitrary: fc.record({ ...kind("returnAll"), ...where }) },
  {
    weight: 1,
    arbitrary: fc.record({
      ...kind("window"),
      ...where,
      prefix: fc.constantFrom("", "70"),
      seconds: fc.constantFrom(40, 200, 900),
    }),
  },
  { weight: 1, arbitrary: fc.record({ ...kind("link"), ...where, isDown: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ ...kind("silence"), ...where, isSilent: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ ...kind("acknowledge") }) },
  { weight: 2, arbitrary: fc.record({ ...kind("flap"), ...which, times: fc.constantFrom(2, 5) }) },
  {
    weight: 10,
    arbitrary: fc.record({
      ...kind("pass"),
      seconds: fc.constantFrom(1, 5, 15, 29, 31, 45, 90, 200, 400),
    }),
  },
);
export type Arbitrary<Value> = Value extends fc.Arbitrary<infer Inner> ? Inner : never;
export type Step = Arbitrary<typeof arbitraryStep>;

const idle = (server: string, application: string): Connection => ({
  server,
  application,
  revision: 0,
  seenAt: baseTime,
  watched: false,
  sweeps: [],
});

/** Performs steps in a world, and records them in the plain history. */
export const createDoStep = (world: World, history: PlainHistory, chance: Chance) => {
  let events = 0;

  const at = (): number => {
    events += 1;
    return world.now() + events;
  };

  const hear = async (
    place: { server: string; application: string; thisDN: string },
    said: Parameters<PlainHistory["hear"]>[1],
    errorCode?: number,
  ): Promise<void> => {
    const given = { ...place, time: at() };
    const made: Record<typeof said, () => RegistrationEvent> = {
      registered: () => registered(given),
      lost: () => unregistered({ ...given, errorCode }),
      requested: () => unregistered({ ...given, referenceID: 7 }),
      retired: () => ({ ...registered(given), event: "Retired", referenceID: undefined }),
    };
    const event = { ...made[said](), id: `event-${events}` };
    history.hear(event, said, world.now());
    await world.record([event]);
  };

  const change = async (
    { server, application }: { server: string; application: string },
    to: (before: Connection) => Connection,
  ): Promise<void> => {
    const before =
      (await world.readConnection({ server, application })) ?? idle(server, application);
    await world.writeConnection({ ...to(before), revision: before.revision + 1 });
  };

  const release = async (server: string, delaySeconds: number): Promise<void> => {
    if (chance.happens(0.7))
      await world.enqueue([{ message: { kind: "release", server }, delaySeconds }]);
  };

  const acknowledge = async (): Promise<void> => {
    const [alert] = chance.shuffle(
      [...world.alerts.values()].filter(({ status }) => status === "open"),
    );
    if (alert === undefined) return;
    await world.writeAlert({
      ...alert,
      revision: alert.revision + 1,
      status: "acknowledged",
      acknowledgedAt: world.now(),
      notice: "alert.acknowledged",
    });
  };

  return async (step: Step): Promise<void> => {
    switch (step.kind) {
      case "lose":
        return hear(step, "lost", step.errorCode);
      case "return":
        return hear(step, "registered");
      case "giveUp":
        return hear(step, "requested");
      case "retire":
        return hear(step, "retired");
      case "loseAll":
        for (const thisDN of thisDNs) await hear({ ...step, thisDN }, "lost", 59);
        return undefined;
      case "returnAll":
        for (const thisDN of thisDNs) await hear({ ...step, thisDN }, "registered");
        return undefined;
      case "flap":
        for (let time = 0; time < step.times; time += 1) {
          await hear(step, "lost", 59);
          await world.pass(45);
          await hear(step, "registered");
          await world.pass(20);
        }
        return undefined;
      case "window": {
        const { server, prefix, seconds } = step;
        const [start, end] = [world.now(), world.now() + micros(seconds)];
        history.hold({ server, prefix, application: undefined, from: start, to: end });
        await world.putWindow({
          id: `w${at()}`,
          server,
          prefix,
          start,
          end,
          reason: "work",
          author: "me",
          createdAt: start,
        });
        return release(server, seconds);
      }
      case "link": {
        const { server, isDown } = step;
        const place = { server, application: "link" };
        const occurrence = { at: at(), heardAt: world.now() };
        await change(place, (before) =>
          isDown ? { ...before, linkDown: occurrence } : { ...before, linkUp: occurrence },
        );
        history.lift(place, world.now());
        if (isDown) history.hold({ ...place, prefix: "", from: world.now(), to: undefined });
        return isDown ? undefined : release(server, 0);
      }
      case "silence": {
        const { server, application, isSilent } = step;
        const since = isSilent ? { silentSince: world.now() } : {};
        await change(step, ({ silentSince: _, ...before }) => ({ ...before, ...since }));
        history.lift({ server, application }, world.now());
        if (isSilent)
          history.hold({ server, application, prefix: "", from: world.now(), to: undefined });
        return isSilent ? undefined : release(server, 0);
      }
      case "acknowledge":
        return acknowledge();
      case "pass":
        return world.pass(step.seconds);
    }
  };
};
