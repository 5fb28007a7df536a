-- Tallies of one bucket of one dimension, packed into runs: a row holds the values from `first` up to the next row's,
-- and the first row of a bucket begins at ''. `size` is how many tallies it holds.
CREATE TABLE tally_run (
    id        INTEGER PRIMARY KEY,
    number    INTEGER NOT NULL,
    grain     INTEGER NOT NULL,
    dimension TEXT NOT NULL,
    bucket    INTEGER NOT NULL,
    first     TEXT NOT NULL,
    size      INTEGER NOT NULL,
    counters  BLOB NOT NULL,
    sketches  BLOB NOT NULL
);
CREATE UNIQUE INDEX tally_run_key ON tally_run (number, grain, dimension, bucket, first);
