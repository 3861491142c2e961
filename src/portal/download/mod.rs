//! Files from the portal and from the hosts that it names, to a folder: several at a time, each
//! whole or absent, in constant memory (docs/portal.md, "Downloads"; docs/downloads.md).
//!
//! It prints nothing and chooses nothing: a [`DownloadProgress`] is told what happens, and a [`UrlLookup`]
//! looks addresses up again when they have expired. A host that is not the portal is asked through
//! [`UnauthenticatedClient`], which cannot carry a credential.

mod content;
mod error;
mod folder;
mod host;
mod name;
mod progress;
mod transfer;

use futures_util::StreamExt as _;
use url::Url;

pub(crate) use content::Content;
pub(crate) use error::Failure;
pub(crate) use folder::{Folder, OnConflict, Stored};
pub(crate) use host::{Location, UrlLookup};
pub(crate) use progress::DownloadProgress;

use super::client::{Bearer, Call, PortalClient};
use crate::http::{Attempts, ResumeRange, Retries, Stream, UnauthenticatedClient};
use host::Locations;
use transfer::{ByteSource, File, Transfer};

/// How many files are on their way at a time.
const PARALLEL_DOWNLOADS: usize = 4;

/// A file that is wanted.
#[derive(Clone, Debug)]
pub(crate) struct FileRequest {
    /// What tells it from all others, also when addresses are looked up again.
    pub key: String,
    pub title: String,
    pub content: Content,
    pub location: Option<Location>,
}

pub(crate) struct Downloads<'a> {
    pub anonymous: &'a UnauthenticatedClient,
    pub retries: Retries,
    pub folder: Folder,
    pub progress: &'a dyn DownloadProgress,
}

impl Downloads<'_> {
    /// Downloads files from the hosts that the portal names. Each has its own outcome, in the
    /// order of the list; nothing for a file that is not there yet.
    pub(crate) async fn fetch<L: UrlLookup>(
        &self,
        wanted: &[FileRequest],
        source: &L,
    ) -> Vec<Result<Option<Stored>, Failure<L::Error>>> {
        let stems = stems(wanted);
        let located = wanted.iter().filter_map(|wanted| {
            let location = wanted.location.clone()?;
            Some((wanted.key.clone(), location))
        });
        let locations = Locations::new(source, located.collect());
        let one = async |index: usize| {
            let (wanted, stem) = (wanted.get(index)?, stems.get(index)?);
            wanted.location.as_ref()?;
            let source = Hosted {
                locations: &locations,
                anonymous: self.anonymous,
                key: &wanted.key,
            };
            let file = File {
                index,
                stem: Some(stem),
                fallback: stem,
                content: wanted.content,
            };
            Some(self.transfer(file, source).await)
        };
        let all = (0..wanted.len()).map(async |index| (index, one(index).await.transpose()));
        let mut outcomes: Vec<_> = futures_util::stream::iter(all)
            .buffer_unordered(PARALLEL_DOWNLOADS)
            .collect()
            .await;
        outcomes.sort_by_key(|(index, _)| *index);
        self.folder.sync();
        outcomes.into_iter().map(|(_, outcome)| outcome).collect()
    }

    /// Downloads what a route of the portal itself answers with, under the name that it gives, else
    /// under another.
    pub(crate) async fn fetch_route<B: Bearer>(
        &self,
        portal: &PortalClient<B>,
        url: &Url,
        content: Content,
        otherwise: &str,
    ) -> Result<Stored, Failure<B::Error>> {
        let fallback = name::stem(otherwise, &[]).unwrap_or_else(|| UNNAMED.to_owned());
        let file = File {
            index: 0,
            stem: None,
            fallback: &fallback,
            content,
        };
        let stored = self.transfer(file, RouteSource { portal, url }).await;
        self.folder.sync();
        stored
    }

    async fn transfer<O: ByteSource>(
        &self,
        file: File<'_>,
        source: O,
    ) -> Result<Stored, Failure<O::Error>> {
        let index = file.index;
        let transfer = Transfer {
            file,
            source,
            folder: &self.folder,
            progress: self.progress,
        };
        let stored = transfer.run(&self.retries).await;
        self.progress.ended(index);
        stored
    }
}

const UNNAMED: &str = "file";

fn stems(wanted: &[FileRequest]) -> Vec<String> {
    let extensions = content::extensions();
    let stem = |wanted: &FileRequest| {
        name::stem(&wanted.title, &extensions)
            .or_else(|| name::stem(&wanted.key, &[]))
            .unwrap_or_else(|| UNNAMED.to_owned())
    };
    name::distinct(wanted.iter().map(stem).collect())
}

/// A file on a host that the portal names.
struct Hosted<'a, L> {
    locations: &'a Locations<'a, L>,
    anonymous: &'a UnauthenticatedClient,
    key: &'a str,
}

impl<L: UrlLookup> ByteSource for Hosted<'_, L> {
    type Error = L::Error;

    async fn open(
        &self,
        rest: Option<&ResumeRange>,
        attempts: &mut Attempts,
    ) -> Result<Stream, Failure<L::Error>> {
        self.locations
            .open(self.key, self.anonymous, rest, attempts)
            .await
    }
}

/// A file that a route of the portal answers with.
struct RouteSource<'a, B> {
    portal: &'a PortalClient<B>,
    url: &'a Url,
}

impl<B: Bearer> ByteSource for RouteSource<'_, B> {
    type Error = B::Error;

    async fn open(
        &self,
        rest: Option<&ResumeRange>,
        attempts: &mut Attempts,
    ) -> Result<Stream, Failure<B::Error>> {
        Ok(self
            .portal
            .open(&Call::get(self.url), rest, attempts)
            .await?)
    }
}

#[cfg(test)]
mod tests;
