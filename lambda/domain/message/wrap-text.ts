import { cutEnd } from "../one-line.ts";

/** How wide a line of an e-mail is at most, in characters. */
export const mailWidth = 78;

/**
 * Text as lines of at most `mailWidth` characters, broken between words; further lines are indented by as many spaces
 * as `indent` says. A word that fits on no line is cut.
 */
export const wrapText = (text: string, indent = 0): string[] => {
  const margin = " ".repeat(indent);
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (longer.length <= mailWidth) {
      line = longer;
      continue;
    }
    if (line.trim() !== "") lines.push(line);
    line = cutEnd(`${lines.length === 0 ? "" : margin}${word}`, mailWidth);
  }
  return [...lines, line];
};
