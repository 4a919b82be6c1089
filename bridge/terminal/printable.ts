/** The text with every control character made visible as `?`: text from outside must not steer a terminal or add a line. */
export const printable = (text: string): string =>
  text.replaceAll(/\p{Cc}|\p{Cf}|\p{Zl}|\p{Zp}/gu, "?");
