import { UsageError } from "../../bridge/terminal/usage-error.ts";

/** The option of commands that read whole tables. */
export const speedOption = { speed: { type: "string" } } as const;

/** How many read units a second a command may use; 1,000 leave two thirds of a partition to everybody else. */
export const readSpeed = (speed = "1000"): number => {
  if (/^[1-9]\d{0,5}$/.test(speed)) return Number(speed);
  throw new UsageError("--speed: read units a second, a whole number from 1 to 999999");
};
