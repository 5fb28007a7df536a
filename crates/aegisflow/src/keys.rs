//! The keys of an installation: made at first start, kept in `DIR/secrets`, readable by their owner alone.

use aegis_identity::access_token::AccessKey;
use aegis_server::Keys;
use anyhow::{Context, bail};
use std::fs::{self, OpenOptions};
use std::io::{Read, Write};
use std::path::Path;

/// Reads the keys, making those that are not there.
pub fn open(dir: &Path) -> anyhow::Result<Keys> {
    let secrets = dir.join("secrets");
    fs::create_dir_all(&secrets).with_context(|| {
        format!("the folder {} cannot be made; give this user the right to write there", secrets.display())
    })?;
    private(&secrets, 0o700)?;
    let session = AccessKey::from_bytes(&key(&secrets, "session.key")?)?;
    Ok(Keys { fingerprint: key(&secrets, "fingerprint.key")?, session })
}

fn key(dir: &Path, name: &str) -> anyhow::Result<[u8; 32]> {
    let path = dir.join(name);
    let mut bytes = Vec::new();
    match fs::File::open(&path) {
        Ok(file) => {
            file.take(33)
                .read_to_end(&mut bytes)
                .with_context(|| format!("{} cannot be read", path.display()))?;
        }
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => {
            bytes = rand::random::<[u8; 32]>().to_vec();
            write_new(dir, name, &bytes).with_context(|| {
                format!(
                    "{} cannot be written; free some space there, or give this user the right to write",
                    path.display()
                )
            })?;
        }
        Err(e) => return Err(e).with_context(|| format!("{} cannot be read", path.display())),
    }
    private(&path, 0o600)?;
    match <[u8; 32]>::try_from(bytes) {
        // Someone filled it with zeros: a key that everybody knows.
        Ok(key) if key.iter().all(|b| *b == key[0]) => {
            bail!("{} is no key: every byte is the same", path.display())
        }
        Ok(key) => Ok(key),
        Err(_) => bail!("{} is damaged: restore it from a backup, it must have 32 bytes", path.display()),
    }
}

/// Writes under another name first, so that a crash leaves no half key.
fn write_new(dir: &Path, name: &str, bytes: &[u8]) -> std::io::Result<()> {
    let temporary = dir.join(format!("{name}.new"));
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&temporary)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    fs::rename(&temporary, dir.join(name))?;
    fs::File::open(dir)?.sync_all()
}

#[cfg(unix)]
fn private(path: &Path, mode: u32) -> anyhow::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    let now = fs::metadata(path)?.permissions().mode() & 0o777;
    if now & 0o077 == 0 {
        return Ok(());
    }
    fs::set_permissions(path, fs::Permissions::from_mode(mode))
        .with_context(|| format!("others can read {}; run chmod {mode:o} on it", path.display()))
}

#[cfg(not(unix))]
fn private(_path: &Path, _mode: u32) -> anyhow::Result<()> {
    Ok(())
}
