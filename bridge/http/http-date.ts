const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const short = "(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)";
const long = "(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day";
const time = String.raw`(?<hour>\d\d):(?<minute>\d\d):(?<second>\d\d)`;

/** The three forms of RFC 9110: today's, that of RFC 850, and that of asctime. */
const forms = [
  String.raw`^${short}, (?<day>\d\d) (?<month>[A-Z][a-z]{2}) (?<year>\d{4}) ${time} GMT$`,
  String.raw`^${long}, (?<day>\d\d)-(?<month>[A-Z][a-z]{2})-(?<year>\d\d) ${time} GMT$`,
  String.raw`^${short} (?<month>[A-Z][a-z]{2}) (?<day>[ \d]\d) ${time} (?<year>\d{4})$`,
].map((form) => new RegExp(form));

const yearsAhead = 50;

/** RFC 9110: two digits that seem to be more than 50 years ahead mean the century before. */
const fullYear = (text: string, nowMs: number): number => {
  if (text.length > 2) return Number(text);
  const now = new Date(nowMs).getUTCFullYear();
  const year = now - (now % 100) + Number(text);
  return year > now + yearsAhead ? year - 100 : year;
};

/** The time that an HTTP-date of RFC 9110 says, in milliseconds since 1970; undefined for every other text. */
export const readHttpDate = (text: string, nowMs: number): number | undefined => {
  const groups = forms.map((form) => form.exec(text)?.groups).find((found) => found !== undefined);
  const month = months.indexOf(groups?.["month"] ?? "");
  if (groups === undefined || month < 0) return undefined;
  const number = (name: string): number => Number(groups[name]);
  const [day, hour, minute, second] = [
    number("day"),
    number("hour"),
    number("minute"),
    number("second"),
  ] as const;
  // A leap second is the 60th.
  if (hour > 23 || minute > 59 || second > 60) return undefined;
  const midnight = new Date(Date.UTC(fullYear(groups["year"] ?? "", nowMs), month, day));
  if (midnight.getUTCDate() !== day) return undefined;
  return midnight.getTime() + ((hour * 60 + minute) * 60 + second) * 1000;
};
