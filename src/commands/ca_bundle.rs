//! Makes a child process trust the certificate authority of a sandbox, beside all that it trusts
//! already: it may ask other servers, too, as `npm install` does.
//!
//! Each variable names one file. Those that replace what their readers trust get the roots of this
//! machine as well; what the caller has set in them is kept.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};

use crate::context::Context;
use crate::env;
use crate::error::Error;
use crate::files;
use crate::http;
use crate::private_file;

/// Read by Node.js and Bun, beside their own roots.
const NODE_EXTRA_CA_CERTS: &str = "NODE_EXTRA_CA_CERTS";
/// Read by Deno, beside its own roots.
const DENO_CERT: &str = "DENO_CERT";
/// Read by Python's requests in place of certifi's roots.
const REQUESTS_CA_BUNDLE: &str = "REQUESTS_CA_BUNDLE";
/// Read by curl in place of the roots that it was built with, and by requests.
const CURL_CA_BUNDLE: &str = "CURL_CA_BUNDLE";

/// Variables that name roots in place of the usual ones, each with those whose value its readers
/// would otherwise use. `SSL_CERT_FILE` is read by OpenSSL, and so by Python, Ruby and PHP, by Go, .NET
/// and this program.
const REPLACING: [(&str, &[&str]); 3] = [
    (env::SSL_CERT_FILE, &[env::SSL_CERT_FILE]),
    (
        CURL_CA_BUNDLE,
        &[CURL_CA_BUNDLE, env::SSL_CERT_FILE, env::SSL_CERT_DIR],
    ),
    (REQUESTS_CA_BUNDLE, &[REQUESTS_CA_BUNDLE, CURL_CA_BUNDLE]),
];

/// Variables that name roots beside the usual ones.
const ADDING: [&str; 2] = [NODE_EXTRA_CA_CERTS, DENO_CERT];

/// Variables that only some readers know, who prefer them: kept up where the caller has set them. The
/// OpenSSL of Nix reads the first, Python's httplib2 the other.
const WHERE_SET: [&str; 2] = ["NIX_SSL_CERT_FILE", "HTTPLIB2_CA_CERTS"];

/// The files in a folder that is the child's, and the variables that name them.
pub(super) struct CaBundle<'a> {
    folder: &'a Path,
    certificate: &'a str,
    context: &'a Context,
    variables: Vec<(&'static str, String)>,
}

impl<'a> CaBundle<'a> {
    /// Writes the certificate of an authority, and bundles with it, into a folder. Returns the
    /// variables to set.
    pub(super) fn write(
        folder: &'a Path,
        certificate: &'a str,
        context: &'a Context,
    ) -> Result<Vec<(&'static str, String)>, Error> {
        let mut bundle = Self {
            folder,
            certificate,
            context,
            variables: Vec::new(),
        };
        let own = bundle.write_file("ca", b"")?;
        bundle.variables.push((env::CA_FILE, own.clone()));
        for name in ADDING {
            let file = match bundle.of_caller(&[name]) {
                Some(roots) => bundle.write_file(name, &roots)?,
                None => own.clone(),
            };
            bundle.variables.push((name, file));
        }
        for name in WHERE_SET {
            if let Some(roots) = bundle.of_caller(&[name]) {
                let file = bundle.write_file(name, &roots)?;
                bundle.variables.push((name, file));
            }
        }
        bundle.replacing()?;
        Ok(bundle.variables)
    }

    fn replacing(&mut self) -> Result<(), Error> {
        let mut system = None;
        for (name, instead_of) in REPLACING {
            let file = match (self.of_caller(instead_of), &system) {
                (Some(roots), _) => self.write_file(name, &roots)?,
                // It goes on being read beside the file.
                (None, _) if name == env::SSL_CERT_FILE && self.is_set(env::SSL_CERT_DIR) => {
                    self.write_file(name, b"")?
                }
                (None, Some(file)) => String::clone(file),
                (None, None) => {
                    let roots = http::system_roots();
                    if roots.is_empty() {
                        self.context.output.warn(
                            "this machine has no trust roots, so the command trusts no server but \
                             the sandbox",
                        );
                    }
                    let file = self.write_file("roots", roots.as_bytes())?;
                    system = Some(file.clone());
                    file
                }
            };
            self.variables.push((name, file));
        }
        Ok(())
    }

    fn is_set(&self, name: &str) -> bool {
        self.context.environment.get(name).is_some()
    }

    /// What the first of these variables names that the caller has set.
    fn of_caller(&self, names: &[&str]) -> Option<Vec<u8>> {
        let environment = &self.context.environment;
        let (name, value) = names
            .iter()
            .find_map(|name| Some((*name, environment.get(name)?)))?;
        let places = places(name, value);
        let mut roots = Vec::new();
        for place in places {
            match certificates(&place) {
                Ok(more) => roots.extend(more),
                Err(error) => self.context.output.warn(format!(
                    "{name} names {}, which cannot be read: {error}",
                    place.display()
                )),
            }
        }
        Some(roots)
    }

    /// Writes some roots, with the authority of the sandbox after them.
    #[expect(
        clippy::disallowed_methods,
        reason = "certificates are for everyone to read, and these go with the run"
    )]
    fn write_file(&self, name: &str, roots: &[u8]) -> Result<String, Error> {
        let path = self.folder.join(format!("{name}.pem"));
        let separator = if roots.is_empty() || roots.ends_with(b"\n") {
            ""
        } else {
            "\n"
        };
        let bytes = [roots, separator.as_bytes(), self.certificate.as_bytes()].concat();
        let written = fs::write(&path, bytes);
        written
            .map_err(|error| Error::failure(private_file::Error::from_io("write", &path, error)))?;
        Ok(path.display().to_string())
    }
}

fn places(name: &str, value: &OsStr) -> Vec<PathBuf> {
    if name == env::SSL_CERT_DIR {
        let folders = std::env::split_paths(value);
        return folders
            .filter(|folder| !folder.as_os_str().is_empty())
            .collect();
    }
    vec![value.into()]
}

/// The certificates of a file, or of each file of a folder.
fn certificates(place: &Path) -> std::io::Result<Vec<u8>> {
    if !place.is_dir() {
        return Ok(files::read(place, files::CERTIFICATES_LIMIT)?.to_vec());
    }
    let mut roots = Vec::new();
    let mut paths: Vec<_> = fs::read_dir(place)?
        .flatten()
        .filter_map(|entry| entry.path().canonicalize().ok())
        .filter(|path| path.is_file())
        .collect();
    paths.sort();
    paths.dedup();
    for path in paths {
        // As with OpenSSL, one that cannot be read does not keep the others from being used.
        let Ok(bytes) = files::read(&path, files::CERTIFICATES_LIMIT) else {
            continue;
        };
        roots.extend_from_slice(&bytes);
        if !roots.ends_with(b"\n") {
            roots.push(b'\n');
        }
    }
    Ok(roots)
}
