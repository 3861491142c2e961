use super::*;

fn people(page: &mut Page) {
    page.list(
        [
            Column::text("name"),
            Column::whole("amount").right().spare(1),
            Column::text("note"),
            Column::whole("id"),
        ],
        [
            [
                Some("Ines Calderon of the Harbour"),
                Some("1.50"),
                None,
                Some("0f3d7c1e"),
            ],
            [Some("日本太郎"), Some("1,000.00"), None, Some("b7a1de40")],
            [None, None, None, Some("91d0f6c2")],
        ]
        .map(|row| row.map(|cell| cell.map(str::to_owned))),
    );
}

fn at(width: u16) -> String {
    let mut page = Page::fitting(width);
    people(&mut page);
    plain(page)
}

fn plain(page: Page) -> String {
    anstream::adapter::strip_str(&page.render()).to_string()
}

fn filings(page: &mut Page) {
    let row = |subject: &str, liability: &str, status: &str, id: &str| {
        [subject, liability, "2026-01-31", status, id].map(|cell| Some(cell.to_owned()))
    };
    let tone = |status: &str| match status {
        "overdue" => Tone::Bad,
        _ => Tone::Good,
    };
    page.list(
        [
            Column::text("subject"),
            Column::whole("liability").right(),
            Column::whole("submitted").spare(2),
            Column::whole("invoice").spare(1).toned(tone),
            Column::id("id"),
        ],
        [
            row("Blue Reef", "1,205.00 USD", "overdue", "0f3d7c1e-8f0c-4a67"),
            row("日本の会社", "0.00 USD", "paid", "0f3d7c1e-8f0d-4a67"),
        ],
    );
}

#[test]
fn fields_are_aligned_and_a_missing_value_is_a_dash() {
    let mut page = Page::default();
    page.fields(&[
        ("name", Some("Ines".to_owned())),
        ("phone number", None),
        ("sex", Some(String::new())),
    ]);
    let shown = "name          Ines\nphone number  —\nsex           —\n";
    assert_eq!(plain(page), shown);
}

#[test]
fn a_table_has_its_header_and_no_escape_from_a_server() {
    let mut page = Page::default();
    page.table(["id", "name"], [["1".to_owned(), "a\u{1b}[31m".to_owned()]]);
    assert_eq!(plain(page), "ID  NAME\n1   a\\u{1b}[31m\n");
}

#[test]
fn a_long_value_is_wrapped_under_its_own_column() {
    let mut page = Page::fitting(24);
    page.fields(&[
        ("address", Some("Coral Way 12, Roatán".to_owned())),
        ("sex", None),
    ]);
    assert_eq!(
        plain(page),
        "address  Coral Way 12,\n         Roatán\nsex      —\n"
    );
}

#[test]
fn a_list_is_as_wide_as_its_content_unless_it_has_to_fit() {
    let mut page = Page::default();
    people(&mut page);
    let whole = "\
NAME                            AMOUNT  ID
Ines Calderon of the Harbour      1.50  0f3d7c1e
日本太郎                      1,000.00  b7a1de40
—                                    —  91d0f6c2
";
    assert_eq!(plain(page), whole);
    assert_eq!(at(48), whole);
}

#[test]
fn a_narrow_list_leaves_out_what_is_spare_and_says_so() {
    let list = "\
NAME                          ID
Ines Calderon of the Harbour  0f3d7c1e
日本太郎                      b7a1de40
—                             91d0f6c2

Hidden to fit: amount (use `--json` to see all)
";
    assert_eq!(at(47), list);
    assert_eq!(at(38).replace("to\nsee", "to see"), list);
}

#[test]
fn a_narrower_list_cuts_its_texts_and_never_its_ids() {
    let list = at(26);
    assert!(list.contains("\nInes Calderon o…  0f3d7c1e\n"), "{list}");
    for width in 22..60 {
        let list = at(width);
        for row in list.lines().take(4) {
            assert!(
                unicode_columns(row) <= usize::from(width),
                "{width}: {list}"
            );
        }
        assert!(
            list.contains("b7a1de40") && list.contains("91d0f6c2"),
            "{width}: {list}"
        );
    }
}

#[test]
fn a_narrow_list_shortens_ids_first_and_then_leaves_out_what_matters_least() {
    let at = |width| {
        let mut page = Page::fitting(width);
        filings(&mut page);
        plain(page)
    };
    let whole = "\
SUBJECT        LIABILITY  SUBMITTED   INVOICE  ID
Blue Reef   1,205.00 USD  2026-01-31  overdue  0f3d7c1e-8f0c-4a67
日本の会社      0.00 USD  2026-01-31  paid     0f3d7c1e-8f0d-4a67
";
    assert_eq!(at(65), whole);
    let short = "\
SUBJECT        LIABILITY  SUBMITTED   INVOICE  ID
Blue Reef   1,205.00 USD  2026-01-31  overdue  0f3d7c1e-8f0c
日本の会社      0.00 USD  2026-01-31  paid     0f3d7c1e-8f0d

Ids are shortened: commands take them as shown
";
    assert_eq!(at(64), short);
    let shorter = "\
SUBJECT        LIABILITY  INVOICE  ID
Blue Reef   1,205.00 USD  overdue  0f3d7c1e-8f0c
日本の会社      0.00 USD  paid     0f3d7c1e-8f0d

Ids are shortened: commands take them as shown
Hidden to fit: submitted (use `--json` to see all)
";
    assert_eq!(at(59), shorter);
}

#[test]
fn states_are_in_colour_and_take_no_room_for_it() {
    let mut page = Page::default();
    filings(&mut page);
    let shown = page.render();
    assert!(
        shown.contains("\u{1b}[31moverdue\u{1b}[0m  0f3d"),
        "{shown:?}"
    );
    assert!(
        shown.contains("\u{1b}[32mpaid\u{1b}[0m     0f3d"),
        "{shown:?}"
    );
    assert!(shown.contains("\u{1b}[2mSUBJECT\u{1b}[0m  "), "{shown:?}");
}

#[test]
fn a_text_from_outside_cannot_choose_a_colour() {
    let mut page = Page::default();
    page.fields(&[("name", Some("a\u{2064}b\u{2060}c".to_owned()))]);
    assert_eq!(plain(page), "name  a\\u{2064}b\\u{2060}c\n");
}

#[test]
fn a_list_that_no_width_fits_becomes_cards() {
    let cards = at(20);
    assert!(
        cards.starts_with("name    Ines\n        Calderon of\n"),
        "{cards}"
    );
    assert!(cards.ends_with("\n\nid  91d0f6c2\n"), "{cards}");
}

/// How wide a row of these tests is: the ideographs take two columns each.
fn unicode_columns(row: &str) -> usize {
    row.chars()
        .map(|letter| if letter >= '\u{3000}' { 2 } else { 1 })
        .sum()
}
