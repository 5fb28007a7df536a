-- One more stream of the log, of the form of those in schema 1: what vendors' audit logs say.
CREATE TABLE vendor_audit_block (place INTEGER PRIMARY KEY, body BLOB NOT NULL);
CREATE TABLE vendor_audit_time (
    at INTEGER NOT NULL, place INTEGER NOT NULL, signature INTEGER NOT NULL, PRIMARY KEY (at, place)
) WITHOUT ROWID;
CREATE TABLE vendor_audit_id (id BLOB PRIMARY KEY, place INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE vendor_audit_external (key BLOB PRIMARY KEY, place INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE vendor_audit_pending (place INTEGER PRIMARY KEY, keys BLOB NOT NULL);
