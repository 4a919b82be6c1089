import type { Settings } from "./settings.ts";

/**
 * The physical name of a part of the stage, or of the stage itself.
 * Permanent: with another name CloudFormation replaces the resource, and its content is lost.
 */
export const resourceName = ({ stage }: Pick<Settings, "stage">, part?: string): string =>
  ["dn-registration", stage, part].filter((word) => word !== undefined).join("-");
