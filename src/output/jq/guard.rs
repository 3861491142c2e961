//! Bounds what a filter may take of this machine: its stack, and its memory.
//!
//! An expression may call itself without end, build values that are too deep to be dropped, and
//! collect numbers for ever. The evaluator has no bounds of its own, so the syntax tree is laced
//! with a native filter that looks at the stack, and now and then at the depth of its input.

use std::cell::Cell;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::time::Duration;

use jaq_core::data::JustLut;
use jaq_core::load::lex::StrPart;
use jaq_core::load::parse::{BinaryOp, Def, Pattern, Term};
use jaq_core::native::{Fun, bome, run, v};
use jaq_core::path::{Part, Path};
use jaq_json::Val;

use crate::error::{Error, Kind};
use crate::interrupt;

/// The longest expression, in bytes: the parser nests with it.
pub(super) const LONGEST: usize = 16 * 1024;
/// The stack of the parser.
pub(super) const PARSER_STACK: usize = 256 * 1024 * 1024;
/// The deepest value: what jq takes, too.
const DEEPEST: usize = 10_000;
/// How many values are looked at to tell whether one is too deep.
const LOOKED_AT: usize = 8 * DEEPEST;
/// The most memory that a filter takes beyond its answer.
const MOST_MEMORY: u64 = 1024 * 1024 * 1024;
/// How often the memory is looked at.
const GLANCE: Duration = Duration::from_millis(20);
/// At every so many calls the input is looked at.
const SAMPLE: u32 = 256;
/// Levels of the syntax tree between two looks at the stack.
const LEVELS: u32 = 32;
/// No name of a person's own begins like this.
const SHALLOW: &str = "!shallow";

thread_local! {
    static STACK: Cell<Stack> = const { Cell::new(Stack { top: 0, room: 0 }) };
    static CALLS: Cell<u32> = const { Cell::new(0) };
    static IS_TOO_DEEP: Cell<bool> = const { Cell::new(false) };
}

/// The stack that an evaluation may use.
#[derive(Clone, Copy)]
struct Stack {
    /// Where it begins. It grows down.
    top: usize,
    room: usize,
}

fn here() -> usize {
    let local = 0_u8;
    std::ptr::from_ref(std::hint::black_box(&local)).addr()
}

/// Begins an evaluation on this thread.
pub(super) fn begin() {
    // A quarter is left for what happens between two looks.
    let room = interrupt::stack_of_this_thread() / 4 * 3;
    STACK.set(Stack { top: here(), room });
    IS_TOO_DEEP.set(false);
}

/// Whether the evaluation has met a bound.
pub(super) fn is_too_deep() -> bool {
    IS_TOO_DEEP.get()
}

/// Whether a value is deeper than may be dropped without thought.
pub(super) fn is_deep(value: &Val) -> bool {
    let mut levels = vec![within(value)];
    for _ in 0..LOOKED_AT {
        let Some(level) = levels.last_mut() else {
            return false;
        };
        match level.next() {
            Some(value @ (Val::Arr(_) | Val::Obj(_))) => levels.push(within(value)),
            Some(_) => {}
            None => drop(levels.pop()),
        }
        if levels.len() > DEEPEST {
            return true;
        }
    }
    false
}

/// What is in an array or an object.
fn within(value: &Val) -> Box<dyn Iterator<Item = &Val> + '_> {
    match value {
        Val::Arr(items) => Box::new(items.iter()),
        Val::Obj(members) => Box::new(members.values()),
        _ => Box::new(std::iter::empty()),
    }
}

/// Ends the process when the evaluation has taken more memory than a filter needs, for as long as
/// it lives.
pub(super) struct MemoryBound {
    _over: mpsc::Sender<()>,
}

/// Begins to watch.
pub(super) fn bound_memory() -> MemoryBound {
    let (over, is_over) = mpsc::channel();
    let watch = move || {
        let most = resident() + MOST_MEMORY;
        while is_over.recv_timeout(GLANCE) == Err(RecvTimeoutError::Timeout) {
            if resident() > most {
                let error = Error::said(
                    Kind::Usage,
                    "the filter of --jq needs more than 1 GiB of memory",
                );
                interrupt::end_with(error.hint("take fewer values at a time, as with `limit`"));
            }
        }
    };
    // Without it the system is the bound.
    drop(
        std::thread::Builder::new()
            .name("memory".to_owned())
            .spawn(watch),
    );
    MemoryBound { _over: over }
}

/// How much memory this process takes, in bytes; nothing where the system does not say.
fn resident() -> u64 {
    let text = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let row = text.lines().find_map(|row| row.strip_prefix("VmRSS:"));
    let kibibytes = row.and_then(|row| row.trim().strip_suffix(" kB")?.parse::<u64>().ok());
    kibibytes.unwrap_or(0) * 1024
}

/// `true`, or a failure where a bound is met.
pub(super) fn shallow() -> Fun<JustLut<Val>> {
    run((SHALLOW, v(0), |cv| {
        let Stack { top, room } = STACK.get();
        let calls = CALLS.get().wrapping_add(1);
        CALLS.set(calls);
        let is_low = top.abs_diff(here()) > room;
        if is_low || (calls.is_multiple_of(SAMPLE) && is_deep(&cv.1)) {
            IS_TOO_DEEP.set(true);
            if !is_low {
                // Dropping it would take more stack than there is.
                std::mem::forget(cv.1);
            }
            return bome(Err(jaq_json::Error::str("it goes too deep")));
        }
        bome(Ok(Val::from(true)))
    }))
}

/// A definition whose calls are bounded.
pub(super) fn definition(definition: Def<&str>) -> Def<&str> {
    Def {
        body: bounded(laced(definition.body, 0)),
        ..definition
    }
}

/// `if !shallow then TERM end`, which fails where a bound is met.
fn bounded(term: Term<&str>) -> Term<&str> {
    Term::IfThenElse(vec![(Term::Call(SHALLOW, Vec::new()), term)], None)
}

/// The same term with looks at the stack, wherever it repeats, calls or nests.
#[expect(clippy::too_many_lines, reason = "one arm for each kind of term")]
fn laced(term: Term<&str>, level: u32) -> Term<&str> {
    let nested = level + 1;
    let one = |term| laced(term, nested);
    let boxed = |term: Box<Term<_>>| Box::new(laced(*term, nested));
    let term = match term {
        Term::Str(format, parts) => Term::Str(
            format,
            parts
                .into_iter()
                .map(|part| match part {
                    StrPart::Term(term) => StrPart::Term(one(term)),
                    other => other,
                })
                .collect(),
        ),
        Term::Arr(items) => Term::Arr(items.map(boxed)),
        Term::Obj(members) => Term::Obj(
            members
                .into_iter()
                .map(|(key, value)| (one(key), value.map(one)))
                .collect(),
        ),
        Term::Neg(term) => Term::Neg(boxed(term)),
        Term::BinOp(left, operator, right) => {
            let operator = match operator {
                BinaryOp::Pipe(pattern) => {
                    BinaryOp::Pipe(pattern.map(|pattern| of_pattern(pattern, nested)))
                }
                other => other,
            };
            Term::BinOp(boxed(left), operator, boxed(right))
        }
        Term::Label(name, term) => Term::Label(name, boxed(term)),
        Term::Fold(name, source, pattern, steps) => Term::Fold(
            name,
            boxed(source),
            of_pattern(pattern, nested),
            steps.into_iter().map(|step| bounded(one(step))).collect(),
        ),
        Term::TryCatch(tried, caught) => Term::TryCatch(boxed(tried), caught.map(boxed)),
        Term::IfThenElse(branches, otherwise) => Term::IfThenElse(
            branches
                .into_iter()
                .map(|(condition, then)| (one(condition), one(then)))
                .collect(),
            otherwise.map(boxed),
        ),
        Term::Def(definitions, term) => Term::Def(
            definitions.into_iter().map(definition).collect(),
            boxed(term),
        ),
        Term::Call(name, arguments) => Term::Call(name, arguments.into_iter().map(one).collect()),
        Term::Path(term, Path(parts)) => {
            let part = |part| match part {
                Part::Index(index) => Part::Index(one(index)),
                Part::Range(from, to) => Part::Range(from.map(one), to.map(one)),
            };
            let parts = parts.into_iter().map(|(each, option)| (part(each), option));
            Term::Path(boxed(term), Path(parts.collect()))
        }
        leaf @ (Term::Id | Term::Recurse | Term::Num(_) | Term::Break(_) | Term::Var(_)) => leaf,
    };
    if level % LEVELS == LEVELS - 1 {
        bounded(term)
    } else {
        term
    }
}

fn of_pattern(pattern: Pattern<&str>, level: u32) -> Pattern<&str> {
    match pattern {
        Pattern::Arr(items) => Pattern::Arr(
            items
                .into_iter()
                .map(|item| of_pattern(item, level))
                .collect(),
        ),
        Pattern::Obj(members) => Pattern::Obj(
            members
                .into_iter()
                .map(|(key, value)| (laced(key, level), of_pattern(value, level)))
                .collect(),
        ),
        variable @ Pattern::Var(_) => variable,
    }
}
