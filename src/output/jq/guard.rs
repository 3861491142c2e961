//! Bounds what a filter may take of this machine: its stack, and its memory.
//!
//! An expression may call itself without end, build values that are too deep to be dropped, collect
//! numbers for ever, and repeat a text until memory ends. The evaluator has no bounds of its own, so
//! the syntax tree is laced with a native filter that looks at the stack, and now and then at the
//! depth of its input; and products are native filters that look at what they would make.

#![cfg_attr(
    all(windows, target_env = "gnu"),
    expect(
        clippy::missing_const_for_thread_local,
        reason = "it is constant: clippy takes what the macro makes of it here for the initializer"
    )
)]

use std::cell::Cell;

use jaq_core::data::JustLut;
use jaq_core::load::lex::StrPart;
use jaq_core::load::parse::{BinaryOp, Def, Pattern, Term};
use jaq_core::native::{Fun, bome, run, v};
use jaq_core::ops::Math;
use jaq_core::path::{Part, Path};
use jaq_json::{Num, Val};

use crate::interrupt;

/// The longest expression, in bytes: the parser nests with it.
pub(super) const MAX_FILTER_LENGTH: usize = 16 * 1024;
/// The stack of the parser.
pub(super) const PARSER_STACK: usize = 256 * 1024 * 1024;
/// The deepest value: what jq takes, too.
const MAX_VALUE_DEPTH: usize = 10_000;
/// How many values are looked at to tell whether one is too deep.
const LOOKED_AT: usize = 8 * MAX_VALUE_DEPTH;
/// The longest text that a product makes at once, in bytes.
const LONGEST_TEXT: usize = 64 * 1024 * 1024;
/// The longest whole number that a product makes, in bits: a longer one takes long to multiply, and
/// longer to print.
const LONGEST_NUMBER: u64 = 128 * 1024;
/// At every so many calls the input is looked at.
const SAMPLE: u32 = 256;
/// Levels of the syntax tree between two looks at the stack.
const LEVELS: u32 = 32;
/// No name of a person's own begins like this.
const SHALLOW: &str = "!shallow";
const PRODUCT: &str = "!product";
const FACTOR: &str = "$!factor";

/// A bound that an evaluation has met.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum MetBound {
    /// It calls itself too often, or nests its values too deep.
    Depth,
    /// A product would be too large.
    Size,
}

thread_local! {
    static STACK: Cell<Stack> = const { Cell::new(Stack { top: 0, room: 0 }) };
    static CALLS: Cell<u32> = const { Cell::new(0) };
    static MET: Cell<Option<MetBound>> = const { Cell::new(None) };
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
    MET.set(None);
}

/// The bound that the evaluation has met.
pub(super) fn met() -> Option<MetBound> {
    MET.get()
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
        if levels.len() > MAX_VALUE_DEPTH {
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

/// `true`, or a failure where a bound is met.
pub(super) fn shallow() -> Fun<JustLut<Val>> {
    run((SHALLOW, v(0), |cv| {
        let Stack { top, room } = STACK.get();
        let calls = CALLS.get().wrapping_add(1);
        CALLS.set(calls);
        let is_low = top.abs_diff(here()) > room;
        if is_low || (calls.is_multiple_of(SAMPLE) && is_deep(&cv.1)) {
            MET.set(Some(MetBound::Depth));
            if !is_low {
                // Dropping it would take more stack than there is.
                std::mem::forget(cv.1);
            }
            return bome(Err(jaq_json::Error::str("it goes too deep")));
        }
        bome(Ok(Val::from(true)))
    }))
}

/// The product of two values, or a failure where it would be too large.
pub(super) fn product() -> Fun<JustLut<Val>> {
    run((PRODUCT, v(2), |mut cv| {
        let right = cv.0.pop_var();
        let left = cv.0.pop_var();
        let (left, right) = match (&left, &right) {
            (Val::TStr(_) | Val::BStr(_), Val::Num(count)) => (left.clone(), times(count)),
            (Val::Num(count), Val::TStr(_) | Val::BStr(_)) => (times(count), right.clone()),
            _ => (left, right),
        };
        if is_large(&left, &right) {
            MET.set(Some(MetBound::Size));
            return bome(Err(jaq_json::Error::str("the product is too large")));
        }
        bome(left * right)
    }))
}

/// How often a text is repeated: as in jq, a part of a time counts as once. The evaluator takes whole
/// numbers only.
fn times(count: &Num) -> Val {
    let fraction = match count {
        Num::Float(count) => *count,
        Num::Dec(text) => text.parse().unwrap_or(f64::NAN),
        whole => return Val::Num(whole.clone()),
    };
    #[expect(
        clippy::cast_possible_truncation,
        reason = "the cast saturates, and what is too large is refused"
    )]
    let whole = fraction as isize;
    Val::from(if fraction > 0.0 { whole.max(1) } else { 0 })
}

fn is_large(left: &Val, right: &Val) -> bool {
    match (left, right) {
        (Val::TStr(text) | Val::BStr(text), Val::Num(count))
        | (Val::Num(count), Val::TStr(text) | Val::BStr(text)) => {
            let count = match count {
                Num::Int(count) => usize::try_from(*count).unwrap_or(0),
                Num::BigInt(_) => usize::MAX,
                _ => 0,
            };
            text.len().saturating_mul(count) > LONGEST_TEXT
        }
        (Val::Num(left), Val::Num(right)) => bits(left) + bits(right) > LONGEST_NUMBER,
        _ => false,
    }
}

fn bits(number: &Num) -> u64 {
    match number {
        Num::BigInt(number) => number.bits(),
        _ => 0,
    }
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
    let (before, term) = super::dialect::as_jq(term);
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
        Term::BinOp(left, BinaryOp::Math(Math::Mul), right) => {
            Term::Call(PRODUCT, vec![one(*left), one(*right)])
        }
        Term::BinOp(left, BinaryOp::UpdateMath(Math::Mul), right) => {
            let product = Term::Call(PRODUCT, vec![Term::Id, Term::Var(FACTOR)]);
            let update = Term::BinOp(boxed(left), BinaryOp::Update, Box::new(product));
            let factor = BinaryOp::Pipe(Some(Pattern::Var(FACTOR)));
            Term::BinOp(boxed(right), factor, Box::new(update))
        }
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
    let term = match before {
        Some(before) => Term::BinOp(Box::new(one(before)), BinaryOp::Pipe(None), Box::new(term)),
        None => term,
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
