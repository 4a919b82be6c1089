/** Something that lasts from one time to another, or still does; by our clock in microseconds. */
export type Lasting = { from: number; to: number | undefined };

/** One time that some application missed a DN on a server; `touchedAt`: when anything was heard of the DN meanwhile. */
export type Episode = Lasting & {
  lossId: string;
  server: string;
  thisDN: string;
  touchedAt: number[];
};

/** What held losses back: for which server, numbers and application. */
export type Holding = Lasting & { server: string; prefix: string; application: string | undefined };

type Standing = "registered" | "lost" | "requested" | "retired";

/** What happened, recorded plainly, and kept apart from all that the evaluator reads. */
export const createPlainHistory = () => {
  const standings = new Map<string, Map<string, Standing>>();
  const episodes: Episode[] = [];
  const holdings: Holding[] = [];
  const current = (server: string, thisDN: string) =>
    episodes.find((one) => one.server === server && one.thisDN === thisDN && one.to === undefined);

  const after = (before: Standing | undefined, said: Standing): Standing => {
    if (said === "registered" || said === "retired" || before === undefined) return said;
    if (before === "retired") return "retired";
    return before === "lost" ? "lost" : said;
  };

  return {
    episodes,
    holdings,
    /** An event of an application for a DN, at a time by our clock. */
    hear: (
      event: { id: string; server: string; thisDN: string; application: string },
      said: Standing,
      at: number,
    ): void => {
      const { id, server, thisDN, application } = event;
      const key = JSON.stringify([server, thisDN]);
      const applications = standings.get(key) ?? new Map<string, Standing>();
      standings.set(key, applications.set(application, after(applications.get(application), said)));
      const isMissed = [...applications.values()].includes("lost");
      const episode = current(server, thisDN);
      episode?.touchedAt.push(at);
      if (isMissed && episode === undefined)
        episodes.push({
          lossId: `alert-${id}`,
          server,
          thisDN,
          from: at,
          to: undefined,
          touchedAt: [at],
        });
      if (!isMissed && episode !== undefined) episode.to = at;
    },
    hold: (holding: Holding): void => {
      holdings.push(holding);
    },
    /** Everything of this kind that holds losses back stops doing so. */
    lift: (wanted: Pick<Holding, "server" | "application">, at: number): void => {
      for (const one of holdings)
        if (
          one.to === undefined &&
          one.server === wanted.server &&
          one.application === wanted.application
        )
          one.to = at;
    },
  };
};

/** The plain history (see `createPlainHistory`). */
export type PlainHistory = ReturnType<typeof createPlainHistory>;
