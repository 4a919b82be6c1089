import { findProxy } from "./http/http-proxy.ts";
import { createPost, type Post } from "./post.ts";

/** An address, and the way to it. */
export type Destination = {
  readonly url: string;
  readonly post: Post;
  /** The proxy in between, for people. */
  readonly proxy?: string;
};

/** The way to an address by the environment's proxy variables. Throws CommandError for a proxy that cannot be used. */
export const destinationOf = (
  url: string,
  environment: Readonly<Record<string, string | undefined>>,
): Destination => {
  const proxy = findProxy(url, environment);
  return { url, post: createPost(url, { proxy }), ...(proxy && { proxy: proxy.shown }) };
};

/** The addresses of a run, the preferred one first. */
export type DestinationList = readonly [Destination, ...Destination[]];

/** An address while it is the one in use. A failure counts only against the use in which the attempt began. */
export type Use = { readonly destination: Destination };

/** What an attempt at an address failed with. */
export type Failure = {
  /** Whether another address may do better. */
  readonly elsewhere: boolean;
  /** How long to wait at least, before any attempt, and before one at this address. */
  readonly backoffMs: number;
  readonly askedMs: number;
};

/** How a delivery goes on after a failure. `changesOver`: this failure made another address the one in use. */
export type Continuation = {
  readonly next: string;
  readonly changesOver: boolean;
  readonly delayMs: number;
};

/**
 * The addresses of a run in the order given, of which one is in use: the first one, until it fails. Then it is the next one
 * that may be asked soonest, and that stays in use until it fails in turn, whatever becomes of the others meanwhile.
 */
export const createDestinations = (destinations: DestinationList, nowMs: () => number) => {
  let inUse: Use = { destination: destinations[0] };
  const notBeforeMs = new Map<Destination, number>();
  const waitFor = (destination: Destination, backoffMs: number): number =>
    Math.max(backoffMs, (notBeforeMs.get(destination) ?? 0) - nowMs());
  /** Itself last: it has just failed. */
  const after = (destination: Destination): readonly Destination[] => {
    const place = destinations.indexOf(destination) + 1;
    return [...destinations.slice(place), ...destinations.slice(0, place)];
  };

  return {
    count: destinations.length,
    inUse: (): Use => inUse,
    /** Notes that an attempt failed, and says how to go on. */
    failed: (use: Use, { elsewhere, backoffMs, askedMs }: Failure): Continuation => {
      const { destination } = use;
      notBeforeMs.set(destination, nowMs() + askedMs);
      const isCounted = elsewhere && use === inUse;
      if (isCounted) {
        const soonest = after(destination).reduce((best, one) =>
          waitFor(one, backoffMs) < waitFor(best, backoffMs) ? one : best,
        );
        inUse = { destination: soonest };
      }
      const next = inUse.destination;
      return {
        next: next.url,
        changesOver: isCounted && next !== destination,
        delayMs: waitFor(next, backoffMs),
      };
    },
  };
};

/** The addresses of a run. */
export type Destinations = ReturnType<typeof createDestinations>;
