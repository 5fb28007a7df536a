-- Small facts about the file itself.
CREATE TABLE meta (key TEXT PRIMARY KEY, value) WITHOUT ROWID;

-- Documents. A deleted one stays a while as a tombstone: body and keys are NULL.
CREATE TABLE document (
    collection TEXT NOT NULL,
    id         TEXT NOT NULL,
    version    INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    keys       TEXT,
    body       TEXT,
    PRIMARY KEY (collection, id)
) WITHOUT ROWID;
CREATE UNIQUE INDEX document_changed ON document (collection, changed_at);
CREATE INDEX document_tombstone ON document (collection, changed_at) WHERE body IS NULL;
CREATE TABLE document_unique (
    collection TEXT NOT NULL, key TEXT NOT NULL, value TEXT NOT NULL, id TEXT NOT NULL,
    PRIMARY KEY (collection, key, value)
) WITHOUT ROWID;
CREATE TABLE document_index (
    collection TEXT NOT NULL, key TEXT NOT NULL, value TEXT NOT NULL, id TEXT NOT NULL,
    PRIMARY KEY (collection, key, value, id)
) WITHOUT ROWID;

-- The log. A place is partition << 40 | seq; a block holds the records of a span of places, compressed.
CREATE TABLE partition (
    stream INTEGER NOT NULL, id INTEGER NOT NULL, high INTEGER NOT NULL,
    PRIMARY KEY (stream, id)
) WITHOUT ROWID;

CREATE TABLE events_block (place INTEGER PRIMARY KEY, body BLOB NOT NULL);
CREATE TABLE events_time (
    at INTEGER NOT NULL, place INTEGER NOT NULL, signature INTEGER NOT NULL, PRIMARY KEY (at, place)
) WITHOUT ROWID;
CREATE TABLE events_id (id BLOB PRIMARY KEY, place INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE events_external (key BLOB PRIMARY KEY, place INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE events_pending (place INTEGER PRIMARY KEY, keys BLOB NOT NULL);

CREATE TABLE audit_block (place INTEGER PRIMARY KEY, body BLOB NOT NULL);
CREATE TABLE audit_time (
    at INTEGER NOT NULL, place INTEGER NOT NULL, signature INTEGER NOT NULL, PRIMARY KEY (at, place)
) WITHOUT ROWID;
CREATE TABLE audit_id (id BLOB PRIMARY KEY, place INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE audit_external (key BLOB PRIMARY KEY, place INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE audit_pending (place INTEGER PRIMARY KEY, keys BLOB NOT NULL);

-- Tallies. A set is renamed by its row here; rows of a number without a name are deleted little by little.
CREATE TABLE tally_set (number INTEGER PRIMARY KEY, name TEXT UNIQUE, changes INTEGER NOT NULL);
CREATE TABLE tally_absorbed (
    number INTEGER NOT NULL, partition INTEGER NOT NULL, seq INTEGER NOT NULL, PRIMARY KEY (number, partition)
) WITHOUT ROWID;
CREATE TABLE tally (
    number    INTEGER NOT NULL,
    grain     INTEGER NOT NULL,
    dimension TEXT NOT NULL,
    bucket    INTEGER NOT NULL,
    value     TEXT NOT NULL,
    counters  BLOB NOT NULL,
    sketches  BLOB NOT NULL,
    PRIMARY KEY (number, grain, dimension, bucket, value)
) WITHOUT ROWID;
