/** What the spool's database holds: events in the order in which they were read, places in followed files, the DNs held. */
export const schema = `
  CREATE TABLE IF NOT EXISTS events (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    text TEXT NOT NULL,
    place TEXT NOT NULL,
    form TEXT NOT NULL,
    server_name TEXT
  ) STRICT;
  CREATE TABLE IF NOT EXISTS followed (file TEXT PRIMARY KEY, place TEXT NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS held (
    server TEXT NOT NULL,
    this_dn TEXT NOT NULL,
    PRIMARY KEY (server, this_dn)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS facts (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
`;

/**
 * One process at a time, which the system sees to even where it is killed. Each commit is on the disk before the bridge
 * goes on (FULL): what a pipe has given away must survive a power cut. The log is kept small; the space of sent events
 * is used again, and given back when nothing is left.
 */
export const pragmas = `
  PRAGMA locking_mode = EXCLUSIVE;
  PRAGMA auto_vacuum = INCREMENTAL;
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = FULL;
  PRAGMA wal_autocheckpoint = 128;
  PRAGMA journal_size_limit = 524288;
  PRAGMA cache_size = -4096;
`;
