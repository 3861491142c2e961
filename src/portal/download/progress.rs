//! How the caller follows the files that it asked for.

/// Hears what happens to each file, by its place in the list.
pub(crate) trait DownloadProgress {
    /// A file was begun, or begun anew; its length may not be known.
    fn begun(&self, file: usize, name: &str, length: Option<u64>);
    fn reached(&self, file: usize, bytes: u64);
    fn ended(&self, file: usize);
}
