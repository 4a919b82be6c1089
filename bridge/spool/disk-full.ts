const sqliteFull = 13;
const sqliteIoError = 10;
const systemCodes = new Set(["ENOSPC", "EDQUOT", "EFBIG"]);

/** Whether an error says that there is no space on the disk. SQLite calls the limit of a file or a quota an I/O error. */
export const isSpoolDiskFull = (error: unknown): boolean => {
  if (!(error instanceof Error)) return false;
  if ("code" in error && typeof error.code === "string" && systemCodes.has(error.code)) return true;
  const sqlite = "errcode" in error && typeof error.errcode === "number" ? error.errcode & 0xff : 0;
  return sqlite === sqliteFull || sqlite === sqliteIoError;
};
