-- Rows replaced by key, clustered by their place in a book. `body` NULL: withdrawn. `run` saw the row last.
CREATE TABLE ledger_book (
    number INTEGER PRIMARY KEY,
    name   TEXT NOT NULL UNIQUE
);
CREATE TABLE ledger_row (
    book       INTEGER NOT NULL,
    at         INTEGER NOT NULL,
    key        BLOB NOT NULL,
    run        INTEGER NOT NULL,
    revision   INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    body       BLOB,
    before     BLOB,
    PRIMARY KEY (book, at, key)
) WITHOUT ROWID;
