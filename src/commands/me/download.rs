//! `--download DIR`: the files that an answer names, and the manifest that takes its place
//! (docs/downloads.md).

use std::collections::HashMap;
use std::path::Path;

use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::resource_request::ResourceRequest;
use crate::context::Context;
use crate::error::Error;
use crate::http::UnauthenticatedClient;
use crate::output::{self, Column, Json, Page};
use crate::portal::PortalResponse;
use crate::portal::download::{
    Content, DownloadProgress, Downloads, FileRequest, Folder, Location, OnConflict, Stored,
    UrlLookup,
};
use crate::secret::Secret;

pub(super) struct FileEntry {
    /// What it is, for scripts.
    pub(super) kind: &'static str,
    /// The id that the portal gives it, or gives what it belongs to.
    pub(super) id: Option<String>,
    /// What it is, for people, and for its name.
    pub(super) title: String,
    pub(super) content: Content,
    /// `None` when there is no file yet.
    pub(super) address: Option<Secret>,
}

#[derive(Clone, Copy)]
pub(super) struct DownloadTarget<'a> {
    directory: &'a Path,
    on_conflict: OnConflict,
}

impl<'a> DownloadTarget<'a> {
    /// Looks at a folder before the network is asked for anything.
    pub(super) fn of(directory: &'a Path, force: bool, skip_existing: bool) -> Result<Self, Error> {
        if !directory.is_dir() && directory.symlink_metadata().is_ok() {
            let problem = format!("{} is not a folder", directory.display());
            return Err(Error::usage(problem).hint(
                "pass a folder; it is created if it does not \
                                                   exist",
            ));
        }
        let on_conflict = match (force, skip_existing) {
            (true, _) => OnConflict::Replace,
            (false, true) => OnConflict::Skip,
            (false, false) => OnConflict::Fail,
        };
        Ok(Self {
            directory,
            on_conflict,
        })
    }

    fn downloads<'b>(
        self,
        context: &Context,
        anonymous: &'b UnauthenticatedClient,
        bars: &'b Bars,
    ) -> Result<Downloads<'b>, Error> {
        let folder = Folder::open(self.directory, self.on_conflict).map_err(|error| {
            let directory = self.directory.display();
            Error::failure(error)
                .context(format!("cannot create the folder {directory}"))
                .hint("check that you can write there, or choose another folder")
        })?;
        let mut retries = context.retries()?;
        // Words in between would break the bars.
        retries.notice = retries.notice.filter(|_| !bars.0.is_shown());
        Ok(Downloads {
            anonymous,
            retries,
            folder,
            progress: bars,
        })
    }
}

/// What became of a file: nothing where there is none yet.
type FileOutcome = Result<Option<Stored>, Error>;

/// Asks, downloads every file that the answer names, and prints the manifest.
pub(super) fn run<T: DeserializeOwned>(
    place: DownloadTarget<'_>,
    context: &Context,
    request: &ResourceRequest<'_>,
    list: fn(&T) -> Vec<FileEntry>,
) -> Result<(), Error> {
    let (listed, outcomes) = context.block_on(async {
        let reply: PortalResponse<T> = request.get(&[]).await?;
        let listed = list(&reply.value);
        let wanted = wanted(&listed);
        let files = wanted.iter().filter(|wanted| wanted.location.is_some());
        let files = files.count();
        if files == 0 {
            return Ok((listed, wanted.iter().map(|_| Ok(None)).collect()));
        }
        let bars = Bars(context.progress(files));
        let anonymous = context.anonymous()?;
        let downloads = place.downloads(context, &anonymous, &bars)?;
        let outcomes = downloads
            .fetch(&wanted, &RepeatedListing { request, list })
            .await;
        let outcomes = outcomes
            .into_iter()
            .map(|outcome| outcome.map_err(|error| context.explained(error.into())));
        Ok((listed, outcomes.collect::<Vec<FileOutcome>>()))
    })?;
    print(context, place.directory, &listed, outcomes)
}

/// Downloads what the route itself answers with, and prints the manifest.
pub(super) fn run_route(
    place: DownloadTarget<'_>,
    context: &Context,
    request: &ResourceRequest<'_>,
    query: &[(&str, &str)],
    listed: FileEntry,
) -> Result<(), Error> {
    let stored = context.block_on(async {
        let bars = Bars(context.progress(1));
        let anonymous = context.anonymous()?;
        let downloads = place.downloads(context, &anonymous, &bars)?;
        request
            .download(&downloads, query, listed.content, &listed.title)
            .await
    })?;
    print(context, place.directory, &[listed], vec![Ok(Some(stored))])
}

/// The same files by keys that hold as long as the portal lists them in the same order.
fn keyed(listed: &[FileEntry]) -> Vec<(String, Option<Location>)> {
    let mut counts: HashMap<String, usize> = HashMap::new();
    let key = |listed: &FileEntry| {
        let key = [listed.kind, listed.id.as_deref().unwrap_or_default()].join("-");
        let count = counts.entry(key.clone()).or_default();
        *count += 1;
        let location = listed.address.as_ref().map(Location::new);
        (format!("{key}-{count}"), location)
    };
    listed.iter().map(key).collect()
}

fn wanted(listed: &[FileEntry]) -> Vec<FileRequest> {
    let pairs = listed.iter().zip(keyed(listed));
    let wanted = pairs.map(|(listed, (key, location))| FileRequest {
        key,
        title: listed.title.clone(),
        content: listed.content,
        location,
    });
    wanted.collect()
}

/// Asks the same again for fresh addresses.
struct RepeatedListing<'a, T> {
    request: &'a ResourceRequest<'a>,
    list: fn(&T) -> Vec<FileEntry>,
}

impl<T: DeserializeOwned> UrlLookup for RepeatedListing<'_, T> {
    type Error = Error;

    async fn locate(&self) -> Result<Vec<(String, Location)>, Error> {
        let reply: PortalResponse<T> = self.request.get(&[]).await?;
        let located = keyed(&(self.list)(&reply.value)).into_iter();
        Ok(located
            .filter_map(|(key, location)| Some((key, location?)))
            .collect())
    }
}

struct Bars(output::Progress);

impl DownloadProgress for Bars {
    fn begun(&self, file: usize, name: &str, length: Option<u64>) {
        self.0.begun(file, name, length);
    }

    fn reached(&self, file: usize, bytes: u64) {
        self.0.reached(file, bytes);
    }

    fn ended(&self, file: usize) {
        self.0.ended(file);
    }
}

fn print(
    context: &Context,
    directory: &Path,
    listed: &[FileEntry],
    outcomes: Vec<FileOutcome>,
) -> Result<(), Error> {
    let pairs: Vec<_> = listed.iter().zip(&outcomes).collect();
    let files: Vec<_> = pairs
        .iter()
        .map(|(listed, outcome)| entry(listed, outcome))
        .collect();
    context.output.answer(
        Json::Value(&json!({ "files": files })),
        &|page: &mut Page| describe(page, directory, &pairs),
    )?;
    let failed = outcomes.iter().filter(|outcome| outcome.is_err()).count();
    let all = outcomes.len();
    let pairs = listed.iter().zip(outcomes);
    let first = pairs.filter_map(|(listed, outcome)| Some((listed, outcome.err()?)));
    match first.into_iter().next() {
        None => Ok(()),
        Some((listed, error)) if all == 1 => Err(error.context(not_downloaded(&listed.title))),
        Some((listed, error)) => Err(error.context(format!(
            "{failed} of {all} files could not be downloaded; the first is {}",
            listed.title
        ))),
    }
}

fn not_downloaded(title: &str) -> String {
    format!("could not download {title}")
}

/// One file of the manifest. Keys that say nothing about it are null.
fn entry(listed: &FileEntry, outcome: &FileOutcome) -> Value {
    let status = match outcome {
        Ok(Some(stored)) if stored.was_there => "skipped",
        Ok(Some(_)) => "downloaded",
        Ok(None) => "absent",
        Err(_) => "failed",
    };
    let stored = outcome.as_ref().ok().and_then(Option::as_ref);
    let error = outcome.as_ref().err().map(|error| {
        let mut json = error.to_json();
        json["error"].take()
    });
    json!({
        "kind": listed.kind,
        "document_id": listed.id,
        "title": listed.title,
        "status": status,
        "name": stored.map(|stored| &stored.name),
        "path": stored.map(|stored| stored.path.display().to_string()),
        "bytes": stored.map(|stored| stored.bytes),
        "sha256": stored.map(|stored| &stored.sha256),
        "error": error,
    })
}

fn describe(page: &mut Page, directory: &Path, pairs: &[(&FileEntry, &FileOutcome)]) {
    if pairs.is_empty() {
        return page.say("There is nothing to download.");
    }
    let columns = [
        Column::text("document"),
        Column::text("file"),
        Column::whole("size").right(),
        Column::text("problem"),
    ];
    let row = |(listed, outcome): &(&FileEntry, &FileOutcome)| {
        let title = Some(listed.title.clone());
        match outcome {
            Ok(Some(stored)) => [
                title,
                Some(stored.name.clone()),
                Some(output::size(stored.bytes)),
                stored
                    .was_there
                    .then(|| "skipped: already there".to_owned()),
            ],
            Ok(None) => [title, None, None, Some("no file yet".to_owned())],
            Err(error) => [title, None, None, Some(error.sentence())],
        }
    };
    page.list(columns, pairs.iter().map(row));
    let stored = pairs
        .iter()
        .filter_map(|(_, outcome)| outcome.as_ref().ok()?.as_ref());
    let (skipped, downloaded): (Vec<_>, Vec<_>) = stored.partition(|stored| stored.was_there);
    page.gap();
    page.say(summary(downloaded.len(), skipped.len(), directory));
}

/// How many files came, and how many were there already.
fn summary(downloaded: usize, skipped: usize, directory: &Path) -> String {
    let files = |count: usize| match count {
        1 => "1 file".to_owned(),
        _ => format!("{count} files"),
    };
    let place = directory.display();
    match (downloaded, skipped) {
        (0, 0) => "No file was downloaded.".to_owned(),
        (_, 0) => format!("Downloaded {} to {place}.", files(downloaded)),
        (0, _) => format!("Skipped {} already in {place}.", files(skipped)),
        _ => format!(
            "Downloaded {} to {place}, skipped {} already there.",
            files(downloaded),
            files(skipped)
        ),
    }
}
