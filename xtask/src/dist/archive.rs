//! A `.tar.gz` that says nothing of who made it, where and when: the same files give the same bytes.

use std::io;

use flate2::{Compression, GzBuilder};
use tar::{Builder, EntryType, Header};

use super::artefacts::Artefacts;

/// "Unknown", as the format has it.
const NO_SYSTEM: u8 = 255;

/// Packs the files below `folder`, in the order of their names. `time` is what each says of its last change, in seconds of
/// the Unix time.
pub(super) fn tar_gz(folder: &str, files: &Artefacts, time: u64) -> io::Result<Vec<u8>> {
    let gz = GzBuilder::new().operating_system(NO_SYSTEM).write(Vec::new(), Compression::best());
    let mut tar = Builder::new(gz);
    for (path, file) in files.files() {
        let mut header = Header::new_ustar();
        header.set_entry_type(EntryType::Regular);
        header.set_mode(if file.executable { 0o755 } else { 0o644 });
        header.set_uid(0);
        header.set_gid(0);
        header.set_mtime(time);
        header.set_size(file.content.len() as u64);
        tar.append_data(&mut header, format!("{folder}/{path}"), file.content.as_slice())?;
    }
    tar.into_inner()?.finish()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may panic")]

    use std::io::Read;

    use flate2::read::GzDecoder;
    use tar::Archive;

    use super::*;

    fn files() -> Artefacts {
        let mut files = Artefacts::default();
        files.add("man/page.1", "a page");
        files.add_program("program", b"\x7fELF".as_slice());
        files
    }

    #[test]
    fn holds_the_files_and_nothing_of_this_machine() {
        let packed = tar_gz("name-1.0", &files(), 1_700_000_000).unwrap();
        let mut archive = Archive::new(GzDecoder::new(packed.as_slice()));
        let mut entries = Vec::new();
        for entry in archive.entries().unwrap() {
            let mut entry = entry.unwrap();
            let mut content = Vec::new();
            entry.read_to_end(&mut content).unwrap();
            let header = entry.header();
            assert_eq!((header.uid().unwrap(), header.gid().unwrap()), (0, 0));
            assert_eq!(header.mtime().unwrap(), 1_700_000_000);
            assert_eq!(header.username().unwrap(), Some(""));
            let path = entry.path().unwrap().display().to_string();
            entries.push((path, header.mode().unwrap(), content));
        }
        let expected = [
            ("name-1.0/man/page.1".to_owned(), 0o644, b"a page".to_vec()),
            ("name-1.0/program".to_owned(), 0o755, b"\x7fELF".to_vec()),
        ];
        assert_eq!(entries, expected);
        assert_eq!(GzDecoder::new(packed.as_slice()).header().unwrap().mtime(), 0);
    }

    #[test]
    fn is_the_same_each_time() {
        let pack = |time| tar_gz("name-1.0", &files(), time).unwrap();
        assert_eq!(pack(1), pack(1));
        assert_ne!(pack(1), pack(2));
    }
}
