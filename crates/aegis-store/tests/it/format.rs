//! Stored forms that were ever written still read. `test-data/schema-N/` holds a store as schema N left it.
