//! How a request ended, in a word.

use maud::{Markup, html};

use crate::inspector::view::{ExchangeState, ExchangeView};

/// The status as a badge. Its colour says nothing that the text does not.
pub(super) fn status(exchange: &ExchangeView) -> Markup {
    let (class, text) = match (exchange.state, exchange.status) {
        (ExchangeState::UnderWay, _) => ("badge", "waiting".to_owned()),
        (_, None) => ("badge bad", "no answer".to_owned()),
        (_, Some(status)) if exchange.refusal.is_some() => ("badge bad", status.to_string()),
        (_, Some(status)) if status >= 400 => ("badge warn", status.to_string()),
        (_, Some(status)) => ("badge good", status.to_string()),
    };
    html! { span class=(class) { span .visually-hidden { "Status " } (text) } }
}
