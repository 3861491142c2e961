//! An answer that is read piece by piece: no piece may be long in coming, the whole may.

use std::time::Duration;

use reqwest::header::HeaderMap;

use super::answer::media_type;
use super::encoding::{self, Unreadable};
use super::{Answer, Error, innermost};
use crate::clock;

/// An answer whose body has not been read yet.
pub struct Stream {
    /// The HTTP status.
    pub status: u16,
    /// The headers.
    pub headers: HeaderMap,
    length: Option<u64>,
    host: String,
    idle: Option<Duration>,
    response: reqwest::Response,
}

/// Shows no header and no body: either may hold secrets.
impl std::fmt::Debug for Stream {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Stream")
            .field("status", &self.status)
            .finish_non_exhaustive()
    }
}

impl Stream {
    pub(super) fn new(mut response: reqwest::Response, host: String) -> Self {
        Self {
            status: response.status().as_u16(),
            length: response.content_length(),
            headers: std::mem::take(response.headers_mut()),
            host,
            idle: None,
            response,
        }
    }

    /// Bounds how long each piece of the body may be in coming.
    pub(super) fn idle_at_most(self, idle: Duration) -> Self {
        Self {
            idle: Some(idle),
            ..self
        }
    }

    /// Whether the status is 2xx.
    pub fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }

    /// Host and port that answered.
    pub fn host(&self) -> &str {
        &self.host
    }

    /// The media type without its parameters, in lower case; empty when absent.
    pub fn media_type(&self) -> String {
        media_type(&self.headers)
    }

    /// A header as text.
    pub fn text(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// How many bytes the body has, where the server says so. A body that ends before that is
    /// [`Error::Broken`].
    pub fn length(&self) -> Option<u64> {
        self.length
    }

    /// Adds the next piece of the body to a buffer; `false` at its end.
    ///
    /// # Errors
    /// [`Error::Stalled`] when nothing came for too long, [`Error::Broken`] when the body ended
    /// early.
    pub async fn read(&mut self, buffer: &mut Vec<u8>) -> Result<bool, Error> {
        let read = match self.idle {
            None => self.response.chunk().await,
            Some(idle) => clock::timeout(idle, self.response.chunk())
                .await
                .ok_or_else(|| Error::Stalled {
                    host: self.host.clone(),
                    after: idle,
                })?,
        };
        let piece = read.map_err(|error| Error::Broken {
            host: self.host.clone(),
            cause: innermost(&error),
        })?;
        if let Some(piece) = &piece {
            buffer.extend_from_slice(piece);
        }
        Ok(piece.is_some())
    }

    /// Reads the whole body, and undoes a content coding that nobody asked for. Shows `watch` the
    /// status and the beginning of the body as it grows.
    ///
    /// # Errors
    /// As [`Stream::read`], [`Error::TooLarge`] before and after decoding, or [`Error::Encoded`].
    /// What a refusal says in an unknown coding counts as nothing: its status is enough.
    pub async fn collect(
        mut self,
        limit: usize,
        mut watch: impl FnMut(u16, &[u8]),
    ) -> Result<Answer, Error> {
        let longest = limit as u64;
        let mut body = Vec::new();
        let mut goes_on = self.length().is_none_or(|length| length <= longest);
        let mut fits = goes_on;
        while goes_on && fits {
            goes_on = self.read(&mut body).await?;
            fits = body.len() <= limit;
            if goes_on {
                let beginning = encoding::beginning(&self.headers, &body, limit);
                watch(self.status, &beginning);
            }
        }
        let decoded = if fits {
            encoding::decode(&self.headers, body, limit)
        } else {
            Err(Unreadable::TooLarge)
        };
        let body = match decoded {
            Ok(body) => body,
            Err(Unreadable::TooLarge) => {
                return Err(Error::TooLarge {
                    host: self.host,
                    limit,
                });
            }
            Err(Unreadable::Encoded(_)) if self.status >= 300 => Vec::new(),
            Err(Unreadable::Encoded(problem)) => {
                return Err(Error::Encoded {
                    host: self.host,
                    problem,
                });
            }
        };
        Ok(Answer {
            status: self.status,
            headers: self.headers,
            body,
        })
    }
}
