//! `--jq`: a filter over the JSON of an answer (<https://jqlang.org/manual>, as jaq understands it).
//!
//! It sees the answer and nothing else: no variable, no file, no further input. Whatever could
//! print or end the process past this module is not defined.

mod dialect;
mod guard;
mod unclear;

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use jaq_core::data::JustLut;
use jaq_core::load::parse::Def;
use jaq_core::load::{self, Arena, File, Loader};
use jaq_core::native::{Fun, bome, run, v};
use jaq_core::{Compiler, Ctx, Exn, Vars};
use jaq_json::Val;

use self::unclear::{Unclear, WITHHELD, found, unclear, undefined};
use super::document;
use crate::error::Error;

/// A filter that has been understood.
#[derive(Clone)]
pub struct Filter {
    text: String,
    program: Arc<jaq_core::Filter<JustLut<Val>>>,
}

/// The longest text of a failure, at its beginning and at its end: it may quote the answer.
const MAX_ERROR_LENGTH: usize = 80;

impl FromStr for Filter {
    type Err = Unclear;

    fn from_str(text: &str) -> Result<Self, Unclear> {
        if text.len() > guard::MAX_FILTER_LENGTH {
            return Err(Unclear {
                what: "it is longer than any filter".to_owned(),
                place: format!("byte {}", guard::MAX_FILTER_LENGTH),
            });
        }
        // It may be nested as deep as it is long.
        std::thread::scope(|scope| {
            let thread = std::thread::Builder::new().stack_size(guard::PARSER_STACK);
            let thread = thread.spawn_scoped(scope, || compile(text));
            let filter = thread.ok().and_then(|thread| thread.join().ok());
            filter.unwrap_or_else(|| Err(unclear(text, None)))
        })
    }
}

/// The name under which the expression is called.
const MAIN: &str = "main__of__this__program";

fn compile<'a>(text: &'a str) -> Result<Filter, Unclear> {
    let arena = Arena::default();
    let further = load::parse(dialect::PRELUDE, |parser| parser.defs()).unwrap_or_default();
    let offered = |name: &str| !WITHHELD.contains(&name) && !dialect::REPLACED.contains(&name);
    let prelude = jaq_core::defs()
        .chain(jaq_std::defs())
        .chain(jaq_json::defs())
        .chain(further)
        .filter(|definition: &Def<&str>| offered(definition.name))
        .map(|definition| -> Def<&'a str> { guard::definition(definition) });
    let natives = jaq_core::funs()
        .chain(jaq_std::funs())
        .chain(jaq_json::funs())
        .filter(|(name, ..)| offered(name))
        .chain([from_json(), guard::shallow(), guard::product()])
        .chain(dialect::natives());
    let loaded = |prelude: Vec<_>, code| {
        let file = File { code, path: () };
        let modules = Loader::new(prelude)
            .load(&arena, file)
            .map_err(|errors| unclear(text, errors.first().and_then(|(_, error)| found(error))))?;
        load::import(&modules, |_| Err(String::new()))
            .map_err(|errors| unclear(text, errors.first().and_then(|(_, error)| found(error))))?;
        Ok(modules)
    };
    let Some(body) = load::parse(text, |parser| parser.term()) else {
        // This gives more detail on what is wrong.
        loaded(Vec::new(), text)?;
        return Err(unclear(text, None));
    };
    let main = guard::definition(Def {
        name: MAIN,
        args: Vec::new(),
        body,
    });
    let modules = loaded(prelude.chain([main]).collect(), MAIN)?;
    let program = Compiler::default()
        .with_funs(natives)
        .compile(modules)
        .map_err(|errors| {
            let first = errors.first().and_then(|(_, errors)| errors.first());
            unclear(
                text,
                first.map(|(name, kind)| (undefined(name, kind), *name)),
            )
        })?;
    Ok(Filter {
        text: text.to_owned(),
        program: Arc::new(program),
    })
}

/// Text in a JSON document may come from anywhere.
fn from_json() -> Fun<JustLut<Val>> {
    run(("fromjson", v(0), |cv| {
        let parsed = match &cv.1 {
            Val::TStr(text) => document::parse(text)
                .map_err(|reason| jaq_json::Error::str(format!("fromjson: {reason}"))),
            other => Err(jaq_json::Error::typ(other.clone(), "string")),
        };
        bome(parsed)
    }))
}

impl Filter {
    /// Gives each result to `each`, until there is none left or one is a failure.
    pub(super) fn run(
        &self,
        document: Val,
        mut each: impl FnMut(Val) -> Result<(), Error>,
    ) -> Result<(), Error> {
        guard::begin();
        let context = Ctx::<JustLut<Val>>::new(&self.program.lut, Vars::new([]));
        for result in self.program.id.run((context, document)) {
            let result = result.map_err(failed)?;
            if guard::is_deep(&result) {
                // Neither writing nor dropping it would end well.
                std::mem::forget(result);
                return Err(bounded(guard::MetBound::Depth));
            }
            each(result)?;
        }
        Ok(())
    }
}

fn failed(exception: Exn<'_, Val>) -> Error {
    if let Some(bound) = guard::met() {
        return bounded(bound);
    }
    let reason = reason(exception);
    Error::failure(format!("the filter of --jq failed: {reason}"))
}

fn bounded(bound: guard::MetBound) -> Error {
    let (what, hint) = match bound {
        guard::MetBound::Depth => (
            "the filter of --jq calls itself too often, or nests its values too deep",
            "end the recursion with a condition, or use `reduce` or `limit`",
        ),
        guard::MetBound::Size => (
            "the filter of --jq makes a text or a number that is too large",
            "multiply by less",
        ),
    };
    Error::usage(what).hint(hint)
}

fn reason(exception: Exn<'_, Val>) -> String {
    let text = match exception.get_err() {
        Ok(error) => match error.into_val() {
            Val::TStr(text) => String::from_utf8_lossy(&text).into_owned(),
            value => document::compact(value),
        },
        Err(_) => "it ended unexpectedly".to_owned(),
    };
    let letters = text.chars().count();
    if letters <= 2 * MAX_ERROR_LENGTH {
        return text;
    }
    let start: String = text.chars().take(MAX_ERROR_LENGTH).collect();
    let end: String = text.chars().skip(letters - MAX_ERROR_LENGTH).collect();
    format!("{start} … {end}")
}

impl fmt::Debug for Filter {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_tuple("Filter").field(&self.text).finish()
    }
}

#[cfg(test)]
mod tests;
