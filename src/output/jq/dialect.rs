//! Where jaq understands an expression otherwise than jq 1.7 does, the expression is rewritten, or gets filters of
//! its own. `docs/scripting.md` lists what differs all the same.

use std::rc::Rc;

use jaq_core::data::JustLut;
use jaq_core::load::lex::StrPart;
use jaq_core::load::parse::{BinaryOp, Term};
use jaq_core::native::{Fun, bome, run, v};
use jaq_core::ops::Math;
use jaq_core::path::{Part, Path};
use jaq_json::{Num, Val};

use crate::output::document;

/// Definitions in the language of jq.
pub(super) const PRELUDE: &str = include_str!("prelude.jq");

/// What is defined here in place of jaq's own.
pub(super) const REPLACED: [&str; 3] = ["tojson", "nan", "infinite"];

// No name of a person's own begins like these.
const TEXT: &str = "!text";
const DIVISOR: &str = "!divisor";
const NEGATIVE_ZERO: &str = "!negative_zero";
const VIVIFY: &str = "!vivify";
const PATH: &str = "$!path";
const WHOLE: &str = "$!whole";

/// The longest array that an assignment to an index makes.
const LONGEST_ARRAY: usize = 1 << 24;

fn call(name: &'static str) -> Term<&'static str> {
    Term::Call(name, Vec::new())
}

fn piped<'a>(left: Term<&'a str>, right: Term<&'a str>) -> Term<&'a str> {
    Term::BinOp(Box::new(left), BinaryOp::Pipe(None), Box::new(right))
}

/// A term as jq means it, its parts left alone; and what its input has to go through first.
pub(super) fn as_jq(term: Term<&str>) -> (Option<Term<&str>>, Term<&str>) {
    match term {
        // jq writes numbers in texts as everywhere else.
        Term::Str(None, parts) => {
            let parts = parts.into_iter().map(|part| match part {
                StrPart::Term(term) => StrPart::Term(piped(term, call(TEXT))),
                other => other,
            });
            (None, Term::Str(None, parts.collect()))
        }
        Term::Neg(term) if matches!(*term, Term::Num("0")) => (None, call(NEGATIVE_ZERO)),
        // A number cannot be divided by zero.
        Term::BinOp(left, operator @ BinaryOp::Math(Math::Div), right) => {
            let right = piped(*right, call(DIVISOR));
            (None, Term::BinOp(left, operator, Box::new(right)))
        }
        Term::BinOp(
            left,
            operator @ (BinaryOp::Assign
            | BinaryOp::Update
            | BinaryOp::UpdateMath(_)
            | BinaryOp::UpdateAlt),
            right,
        ) => {
            let prepared = may_lead_through_null(&left).then(|| prepared((*left).clone()));
            (prepared, Term::BinOp(left, operator, right))
        }
        other => (None, other),
    }
}

/// Whether an assignment may have to make what it assigns to. `..` and `.[]` go where there is something.
fn may_lead_through_null(place: &Term<&str>) -> bool {
    match place {
        Term::Id | Term::Recurse => false,
        Term::Path(before, Path(parts)) => {
            let is_index = |(part, _): &(Part<_>, _)| !matches!(part, Part::Range(None, None));
            may_lead_through_null(before) || parts.iter().any(is_index)
        }
        _ => true,
    }
}

/// `. as $whole | try (reduce path(PLACE) as $path (.; $path | vivify)) catch $whole`: null becomes an object or
/// an array where the place of an assignment leads through it, and arrays become long enough.
fn prepared(place: Term<&str>) -> Term<&str> {
    use jaq_core::load::parse::Pattern;

    let paths = Term::Call("path", vec![place]);
    let vivify = Term::Call(VIVIFY, vec![Term::Var(PATH)]);
    let steps = vec![Term::Id, vivify];
    let fold = Term::Fold("reduce", Box::new(paths), Pattern::Var(PATH), steps);
    let tried = Term::TryCatch(Box::new(fold), Some(Box::new(Term::Var(WHOLE))));
    let bound = BinaryOp::Pipe(Some(Pattern::Var(WHOLE)));
    Term::BinOp(Box::new(Term::Id), bound, Box::new(tried))
}

/// The filters that the rewritten expressions call, and those in place of jaq's own.
pub(super) fn natives() -> [Fun<JustLut<Val>>; 7] {
    [
        run((TEXT, v(0), |cv| {
            bome(Ok(match cv.1 {
                text @ Val::TStr(_) => text,
                other => Val::from(document::compact(other)),
            }))
        })),
        run(("tojson", v(0), |cv| {
            bome(Ok(Val::from(document::compact(cv.1))))
        })),
        run((DIVISOR, v(0), |cv| {
            bome(match &cv.1 {
                Val::Num(number) if is_zero(number) => Err(jaq_json::Error::str(
                    "a number cannot be divided because the divisor is zero",
                )),
                _ => Ok(cv.1),
            })
        })),
        run((NEGATIVE_ZERO, v(0), |_| bome(Ok(float(-0.0))))),
        run(("nan", v(0), |_| bome(Ok(float(f64::NAN))))),
        run(("infinite", v(0), |_| bome(Ok(float(f64::INFINITY))))),
        run((VIVIFY, v(1), |mut cv| {
            let path = cv.0.pop_var();
            let Val::Arr(path) = path else {
                return bome(Ok(cv.1));
            };
            bome(Ok(vivified(cv.1, &path)))
        })),
    ]
}

fn float(number: f64) -> Val {
    Val::Num(Num::Float(number))
}

fn is_zero(number: &Num) -> bool {
    match number {
        Num::Int(number) => *number == 0,
        Num::Float(number) => *number == 0.0,
        Num::Dec(text) => text.parse() == Ok(0.0),
        Num::BigInt(_) => false,
    }
}

/// The value with whatever a path needs to lead somewhere.
fn vivified(value: Val, path: &[Val]) -> Val {
    let Some((step, rest)) = path.split_first() else {
        return value;
    };
    match (step, value) {
        (Val::TStr(_), Val::Null) => vivified(Val::obj(std::iter::empty().collect()), path),
        (Val::Num(_) | Val::Obj(_), Val::Null) => vivified(Val::Arr(Rc::default()), path),
        (Val::TStr(_), Val::Obj(mut members)) => {
            if let Some(member) = Rc::make_mut(&mut members).get_mut(step) {
                *member = vivified(std::mem::take(member), rest);
            } else {
                let made = vivified(Val::Null, rest);
                Rc::make_mut(&mut members).insert(step.clone(), made);
            }
            Val::Obj(members)
        }
        (Val::Num(Num::Int(index)), Val::Arr(mut items)) => {
            let index = if *index < 0 {
                items.len().checked_add_signed(*index)
            } else {
                usize::try_from(*index).ok()
            };
            // What cannot be is left to the assignment, which says so.
            if let Some(index) = index.filter(|index| *index < LONGEST_ARRAY) {
                let items = Rc::make_mut(&mut items);
                if index >= items.len() {
                    items.resize(index + 1, Val::Null);
                }
                if let Some(item) = items.get_mut(index) {
                    *item = vivified(std::mem::take(item), rest);
                }
            }
            Val::Arr(items)
        }
        (_, value) => value,
    }
}
