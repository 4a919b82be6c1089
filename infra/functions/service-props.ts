import type { DataByName } from "../data-by-name.ts";
import type { Settings } from "../settings/settings.ts";
import type { FunctionCode } from "./function-code.ts";

/** What the service stack and each of its functions are made from. */
export type ServiceProps = {
  readonly settings: Settings;
  readonly data: DataByName;
  readonly code: FunctionCode;
};
