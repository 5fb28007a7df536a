//! The log's SQL, once per stream: each stream has its own tables of the same form (see `schema_1.sql`, `schema_4.sql`).

use crate::{PartitionId, Seq, StoreError, Stream};

/// The statements of one stream.
pub(super) struct Statements {
    /// The stream's number in `partition`, and its name in errors.
    pub(super) number: i64,
    pub(super) name: &'static str,
    pub(super) insert_block: &'static str,
    pub(super) update_block: &'static str,
    pub(super) delete_block: &'static str,
    /// The block that holds a place, if any does.
    pub(super) find_block: &'static str,
    /// Blocks of one partition that may hold places beyond a given one.
    pub(super) read_blocks: &'static str,
    pub(super) insert_time: &'static str,
    pub(super) delete_time: &'static str,
    pub(super) oldest: &'static str,
    pub(super) page_down: &'static str,
    pub(super) page_up: &'static str,
    pub(super) insert_id: &'static str,
    pub(super) delete_id: &'static str,
    pub(super) find_id: &'static str,
    pub(super) insert_external: &'static str,
    pub(super) delete_external: &'static str,
    pub(super) find_external: &'static str,
    pub(super) insert_pending: &'static str,
    pub(super) delete_pending: &'static str,
    pub(super) read_pending: &'static str,
}

macro_rules! statements {
    ($number:literal, $t:literal) => {
        Statements {
            number: $number,
            name: $t,
            insert_block: concat!("INSERT INTO ", $t, "_block (place, body) VALUES (?1, ?2)"),
            update_block: concat!("UPDATE ", $t, "_block SET body = ?2 WHERE place = ?1"),
            delete_block: concat!("DELETE FROM ", $t, "_block WHERE place = ?1"),
            find_block: concat!(
                "SELECT place, body FROM ",
                $t,
                "_block WHERE place <= ?1 ORDER BY place DESC LIMIT 1"
            ),
            read_blocks: concat!(
                "SELECT place, body FROM ",
                $t,
                "_block WHERE place >= ifnull(",
                "(SELECT max(place) FROM ",
                $t,
                "_block WHERE place BETWEEN ?1 AND ?2), ?2) ",
                "AND place <= ?3 ORDER BY place"
            ),
            insert_time: concat!("INSERT INTO ", $t, "_time (at, place, signature) VALUES (?1, ?2, ?3)"),
            delete_time: concat!("DELETE FROM ", $t, "_time WHERE at = ?1 AND place = ?2"),
            oldest: concat!("SELECT at, place FROM ", $t, "_time WHERE at < ?1 ORDER BY at, place LIMIT ?2"),
            page_down: concat!(
                "SELECT at, place, signature FROM ",
                $t,
                "_time ",
                "WHERE at >= ?1 AND (at, place) < (?2, ?3) ORDER BY at DESC, place DESC"
            ),
            page_up: concat!(
                "SELECT at, place, signature FROM ",
                $t,
                "_time ",
                "WHERE at < ?1 AND (at, place) > (?2, ?3) ORDER BY at, place"
            ),
            insert_id: concat!("INSERT INTO ", $t, "_id (id, place) VALUES (?1, ?2)"),
            delete_id: concat!("DELETE FROM ", $t, "_id WHERE id = ?1"),
            find_id: concat!("SELECT place FROM ", $t, "_id WHERE id = ?1"),
            // A move that was cut off by a crash starts again: some keys are there already.
            insert_external: concat!("INSERT OR IGNORE INTO ", $t, "_external (key, place) VALUES (?1, ?2)"),
            delete_external: concat!("DELETE FROM ", $t, "_external WHERE key = ?1"),
            find_external: concat!("SELECT place FROM ", $t, "_external WHERE key = ?1"),
            insert_pending: concat!("INSERT INTO ", $t, "_pending (place, keys) VALUES (?1, ?2)"),
            delete_pending: concat!("DELETE FROM ", $t, "_pending WHERE place <= ?1"),
            read_pending: concat!("SELECT place, keys FROM ", $t, "_pending ORDER BY place"),
        }
    };
}

static EVENTS: Statements = statements!(0, "events");
static AUDIT: Statements = statements!(1, "audit");
static VENDOR_AUDIT: Statements = statements!(2, "vendor_audit");

/// The statements for `stream`.
pub(super) fn of(stream: Stream) -> &'static Statements {
    match stream {
        Stream::Events => &EVENTS,
        Stream::Audit => &AUDIT,
        Stream::VendorAudit => &VENDOR_AUDIT,
    }
}

pub(super) const READ_HIGH: &str = "SELECT high FROM partition WHERE stream = ?1 AND id = ?2";
pub(super) const WRITE_HIGH: &str = "INSERT INTO partition (stream, id, high) VALUES (?1, ?2, ?3) \
     ON CONFLICT (stream, id) DO UPDATE SET high = excluded.high";
pub(super) const PARTITIONS: &str = "SELECT id, high FROM partition WHERE stream = ?1 ORDER BY id";

const SEQ_BITS: u32 = 40;

/// The greatest sequence number a partition can hold: a trillion records.
pub(super) const MAX_SEQ: Seq = (1 << SEQ_BITS) - 1;

/// The greatest partition: places stay positive.
const MAX_PARTITION: PartitionId = (1 << (63 - SEQ_BITS)) - 1;

/// Where a record is: orders by partition, then sequence. Values out of range are pulled to its ends, which is
/// harmless because no record is there.
pub(super) fn place(partition: PartitionId, seq: Seq) -> i64 {
    (i64::from(partition.min(MAX_PARTITION)) << SEQ_BITS) | seq.min(MAX_SEQ) as i64
}

/// The partition and sequence of a place.
pub(super) fn unplace(place: i64) -> Result<(PartitionId, Seq), StoreError> {
    let partition = PartitionId::try_from(place >> SEQ_BITS)
        .map_err(|_| StoreError::Corrupt(format!("no record can be at place {place}")))?;
    Ok((partition, place as u64 & MAX_SEQ))
}
