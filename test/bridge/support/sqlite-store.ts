import { DatabaseSync } from "node:sqlite";
import type { HistoryRow } from "../../../lambda/domain/status/history-row.ts";
import type { RegistrationStatus } from "../../../lambda/domain/status/registration-status.ts";
import type { AddToHistory, WriteHistory } from "../../../lambda/ports/history.ts";
import type { ReadStatuses, WriteStatus } from "../../../lambda/ports/statuses.ts";

const schema = `
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = OFF;
  CREATE TABLE IF NOT EXISTS statuses (key TEXT PRIMARY KEY, revision INTEGER, item TEXT);
  CREATE TABLE IF NOT EXISTS history (
    arrival INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT UNIQUE, this_dn TEXT, time INTEGER, item TEXT
  );
  CREATE TABLE IF NOT EXISTS rejected (text TEXT);
`;

/** The ports of ingest over a file, so that an adapter that is killed finds again what it has said to have stored. */
export const createSqliteStore = (file: string) => {
  const database = new DatabaseSync(file);
  database.exec(schema);
  const read = database.prepare("SELECT item FROM statuses WHERE key = ?");
  const revisionOf = database.prepare("SELECT revision FROM statuses WHERE key = ?");
  const write = database.prepare("INSERT OR REPLACE INTO statuses VALUES (?, ?, ?)");
  const add = database.prepare(
    "INSERT OR IGNORE INTO history (id, this_dn, time, item) VALUES (?, ?, ?, ?)",
  );
  const reject = database.prepare("INSERT INTO rejected VALUES (?)");
  const keyOf = ({ thisDN, server }: { thisDN: string; server: string }) =>
    JSON.stringify([thisDN, server]);
  const addRow = (row: HistoryRow) => add.run(row.id, row.thisDN, row.time, JSON.stringify(row));

  const readStatuses: ReadStatuses = async (keys) =>
    keys.flatMap((key): RegistrationStatus[] => {
      const row = read.get(keyOf(key));
      return row === undefined ? [] : [JSON.parse(String(row["item"]))];
    });
  const writeStatus: WriteStatus = async (status) => {
    const stored = Number(revisionOf.get(keyOf(status))?.["revision"] ?? 0);
    if (stored !== status.revision - 1) return "conflict";
    write.run(keyOf(status), status.revision, JSON.stringify(status));
    return "written";
  };
  const writeHistory: WriteHistory = async (rows) => {
    for (const row of rows) addRow(row);
    return new Set();
  };
  const addToHistory: AddToHistory = async (row) =>
    addRow(row).changes === 1 ? "added" : "present";
  return {
    readStatuses,
    writeStatus,
    writeHistory,
    addToHistory,
    keepRejected: (text: string): void => void reject.run(text),
  };
};
