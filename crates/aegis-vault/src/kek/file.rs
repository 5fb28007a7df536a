//! A KEK in a file that its owner alone can read.

use super::{KekError, LocalKek};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use rand::CryptoRng;
use secrecy::SecretString;
use std::fs::{File, OpenOptions};
use std::io::{self, ErrorKind, Read, Write};
use std::path::Path;
use zeroize::Zeroizing;

/// More than any spelling of a key takes.
const MOST: u64 = 256;

/// Reads the KEK from a file. One that a group or others can read is refused: it may be known.
pub fn read_file(path: &Path) -> Result<LocalKek, KekError> {
    let source = format!("file:{}", path.display());
    let unreadable = |why: io::Error| KekError::Unreadable { place: source.clone(), why: why.to_string() };
    let file = match File::open(path) {
        Ok(file) => file,
        Err(e) if e.kind() == ErrorKind::NotFound => return Err(KekError::Missing(source)),
        Err(e) => return Err(unreadable(e)),
    };
    // Of the open file, so that it cannot be another one by now.
    if exposed(&file).map_err(unreadable)? {
        return Err(KekError::Exposed(source));
    }
    let mut text = String::with_capacity(MOST as usize);
    file.take(MOST).read_to_string(&mut text).map_err(unreadable)?;
    LocalKek::parse(&SecretString::from(text), source)
}

/// Makes a new KEK in a file that is not there yet, readable by its owner alone. Written under another name first, so
/// that a crash leaves no half of it.
pub fn make_file(path: &Path, rng: &mut impl CryptoRng) -> io::Result<()> {
    let mut bytes = Zeroizing::new([0u8; 32]);
    rng.fill_bytes(bytes.as_mut_slice());
    let text = Zeroizing::new(STANDARD.encode(*bytes) + "\n");
    let temporary = path.with_extension("new");
    // One left behind by a crash holds a key nothing was wrapped by.
    let _ = std::fs::remove_file(&temporary);
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&temporary)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()?;
    // Unlike a rename, a link never replaces a KEK that is there.
    std::fs::hard_link(&temporary, path)?;
    std::fs::remove_file(&temporary)?;
    match path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        Some(folder) => File::open(folder)?.sync_all(),
        None => Ok(()),
    }
}

#[cfg(unix)]
fn exposed(file: &File) -> io::Result<bool> {
    use std::os::unix::fs::PermissionsExt;
    Ok(file.metadata()?.permissions().mode() & 0o077 != 0)
}

#[cfg(not(unix))]
fn exposed(_file: &File) -> io::Result<bool> {
    Ok(false)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kek::Kek;
    use crate::strength::Weakness;
    use std::os::unix::fs::PermissionsExt;

    #[test]
    fn a_file_made_here_is_read_again_and_never_replaced() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("kek");
        make_file(&path, &mut rand::rng()).unwrap();
        assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        let id = read_file(&path).unwrap().id().to_owned();
        assert_eq!(make_file(&path, &mut rand::rng()).unwrap_err().kind(), ErrorKind::AlreadyExists);
        assert_eq!(read_file(&path).unwrap().id(), id);
    }

    #[test]
    fn what_others_can_read_or_guess_is_refused() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("kek");
        let source = format!("file:{}", path.display());
        assert_eq!(read_file(&path).err(), Some(KekError::Missing(source.clone())));
        make_file(&path, &mut rand::rng()).unwrap();
        for mode in [0o640, 0o604, 0o660, 0o644, 0o610] {
            std::fs::set_permissions(&path, std::fs::Permissions::from_mode(mode)).unwrap();
            assert_eq!(read_file(&path).err(), Some(KekError::Exposed(source.clone())), "{mode:o}");
        }
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o400)).unwrap();
        assert!(read_file(&path).is_ok());

        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o600)).unwrap();
        std::fs::write(&path, "change-me\n").unwrap();
        assert_eq!(read_file(&path).err(), Some(KekError::Weak { place: source, why: Weakness::NoKey }));
        std::fs::write(&path, [0xff; 32]).unwrap();
        assert!(matches!(read_file(&path).err(), Some(KekError::Unreadable { .. })));
        assert!(read_file(dir.path()).is_err(), "a folder");
    }
}
