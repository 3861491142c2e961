//! How whoever asked for files follows them.

/// Hears what happens to each file, by its place in the list.
pub trait DownloadProgress {
    /// A file was begun, or begun anew; its length may not be known.
    fn begun(&self, file: usize, name: &str, length: Option<u64>);
    /// So much of it is on the disk.
    fn reached(&self, file: usize, bytes: u64);
    /// It is in its place, or failed.
    fn ended(&self, file: usize);
}
