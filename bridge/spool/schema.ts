/**
 * What the spool's database holds, step by step as it came to be: a database has been through as many steps as its
 * `user_version` says. Never change a step, add one.
 */
export const steps: readonly string[] = [
  // Events in the order in which they were read, places in followed files, the DNs held. The first bridge wrote no version.
  `CREATE TABLE IF NOT EXISTS events (
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
  CREATE TABLE IF NOT EXISTS facts (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;`,
  // What envelopes say, which followed file an event is from, and the servers of such a file. Of DNs held, the
  // servers are kept where it is certain from which file they are.
  `ALTER TABLE events ADD COLUMN session TEXT;
  ALTER TABLE events ADD COLUMN registered TEXT;
  ALTER TABLE events ADD COLUMN closing TEXT;
  ALTER TABLE events ADD COLUMN followed TEXT;
  CREATE TABLE servers (
    file TEXT NOT NULL,
    name TEXT NOT NULL,
    state TEXT NOT NULL,
    PRIMARY KEY (file, name)
  ) STRICT, WITHOUT ROWID;
  INSERT INTO servers (file, name, state)
    SELECT DISTINCT followed.file, held.server, '{"isWatched":true}' FROM followed, held
    WHERE (SELECT count(*) FROM followed) = 1;
  DROP TABLE held;`,
  // Each file that a followed one was, where `followed` has one place only, and what was lost of it but not yet reported.
  `CREATE TABLE generations (
    file TEXT NOT NULL,
    id INTEGER NOT NULL,
    state TEXT NOT NULL,
    PRIMARY KEY (file, id)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE gaps (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    file TEXT NOT NULL,
    gap TEXT NOT NULL
  ) STRICT;`,
];

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
