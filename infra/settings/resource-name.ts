import type { Settings } from "./settings.ts";

/**
 * The physical name of a part of the stage, or of the stage itself.
 * Permanent: another name replaces the resource, and with it what it holds.
 */
export const resourceName = ({ stage }: Pick<Settings, "stage">, part?: string): string =>
  ["dn-registration", stage, part].filter((word) => word !== undefined).join("-");
