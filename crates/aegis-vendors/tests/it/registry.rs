//! The array of formats and the folders agree, so that nothing is written and never reached.

use aegis_vendors::FORMATS;
use aegis_vendors::admin::ADMIN;
use std::collections::BTreeSet;
use std::fs;

fn names(dir: &str) -> BTreeSet<String> {
    let path = format!("{}/{dir}", env!("CARGO_MANIFEST_DIR"));
    fs::read_dir(path).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap()).collect()
}

#[test]
fn every_vendor_file_is_registered() {
    let mut files: BTreeSet<String> =
        names("src").iter().filter_map(|f| f.strip_suffix(".rs").map(str::to_owned)).collect();
    files.retain(|f| !["lib", "registry"].contains(&f.as_str()));
    let registered: BTreeSet<String> = FORMATS.iter().map(|f| f.vendor().to_owned()).collect();
    assert_eq!(files, registered);
    let asked = ADMIN.iter().map(|v| v.catalogue().id.to_owned());
    let vendors: BTreeSet<String> = registered.into_iter().chain(asked).collect();
    assert_eq!(names("fixtures"), vendors, "fixtures/<vendor>/");
}

#[test]
fn ids_are_unique_and_begin_with_their_vendor() {
    let ids: BTreeSet<&str> = FORMATS.iter().map(|f| f.id()).collect();
    assert_eq!(ids.len(), FORMATS.len());
    for f in FORMATS {
        assert!(f.id().starts_with(&format!("{}.", f.vendor())), "{}", f.id());
        assert_eq!(aegis_vendors::format(f.id()).map(|g| g.id()), Some(f.id()));
    }
    assert!(aegis_vendors::format("openai").is_none());
}
