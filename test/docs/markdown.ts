/** One fenced block of a page: the words after its fence, and its text. */
export type Block = { info: string; text: string };

/** The fenced blocks of a page, in their order. */
export const blocksOf = (page: string): Block[] =>
  [...page.matchAll(/^```([^\n]*)\n(.*?)^```$/gms)].map(([, info = "", text = ""]) => ({
    info,
    text,
  }));

/** The text of the one block whose fence says exactly this. */
export const blockOf = (page: string, info: string): string => {
  const [block, ...more] = blocksOf(page).filter((one) => one.info === info);
  if (block === undefined || more.length > 0) throw new Error(`not one block "${info}"`);
  return block.text;
};

/** A row of a table: its first cell and the others. */
export type Row = readonly [string, ...string[]];

const cellsOf = (line: string): Row => {
  const [first = "", ...rest] = line.split("|").slice(1, -1);
  return [first.trim(), ...rest.map((cell) => cell.trim())];
};

/** The rows of each table whose heading begins so. */
export const tablesOf = (page: string, heading: string): Row[][] =>
  `\n${page}`
    .split(`\n| ${heading} |`)
    .slice(1)
    .map((after) => {
      const [, , ...lines] = after.split("\n");
      const end = lines.findIndex((line) => !line.startsWith("|"));
      return lines.slice(0, end).map(cellsOf);
    });

/** The rows of the one table whose heading begins so. */
export const tableOf = (page: string, heading: string): Row[] => {
  const [table, ...more] = tablesOf(page, heading);
  if (table === undefined || more.length > 0) throw new Error(`not one table "${heading}"`);
  return table;
};

/** What stands between backquotes in a cell. */
export const quotedIn = (cell: string): string[] =>
  [...cell.matchAll(/`([^`]+)`/g)].map(([, text = ""]) => text);

/** The text of a page in one line, so that a sentence is found wherever its lines break. */
export const inOneLine = (page: string): string => page.replaceAll(/\s+/g, " ");

/** The anchor of a heading, as GitHub makes it. */
const toAnchor = (heading: string): string =>
  `#${heading
    .toLowerCase()
    .replace(/[^\w\- ]/g, "")
    .replaceAll(" ", "-")}`;

/** The anchors of the headings of a page. */
export const anchorsIn = (page: string): string[] =>
  [...page.matchAll(/^#+ (.+)$/gm)].map(([, heading = ""]) => toAnchor(heading));

/** The links of a page to files of the repository and to headings, in their order. */
export const linksIn = (page: string): { file: string; anchor: string }[] =>
  [...page.matchAll(/\]\(([^)\s]+)\)|^\[[^\]]+\]: (\S+)$/gm)]
    .map(([, target, defined]) => target ?? defined ?? "")
    .filter((target) => !target.startsWith("https:"))
    .map((target) => {
      const [file = "", anchor] = target.split("#");
      return { file, anchor: anchor === undefined ? "" : `#${anchor}` };
    });

/** A page without its fenced blocks, also without those in lists. */
export const outsideBlocks = (page: string): string =>
  page.replaceAll(/^( *)```[^\n]*\n.*?^\1```$/gms, "");
