use super::*;

fn people(page: &mut Page) {
    page.list(
        [
            Column::text("name"),
            Column::spare("amount").right(),
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
    page.render()
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
    assert_eq!(page.render(), shown);
}

#[test]
fn a_table_has_its_header_and_no_escape_from_a_server() {
    let mut page = Page::default();
    page.table(["id", "name"], [["1".to_owned(), "a\u{1b}[31m".to_owned()]]);
    assert_eq!(page.render(), "ID  NAME\n1   a\\u{1b}[31m\n");
}

#[test]
fn a_long_value_is_wrapped_under_its_own_column() {
    let mut page = Page::fitting(24);
    page.fields(&[
        ("address", Some("Coral Way 12, Roatán".to_owned())),
        ("sex", None),
    ]);
    assert_eq!(
        page.render(),
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
    assert_eq!(page.render(), whole);
    assert_eq!(at(48), whole);
}

#[test]
fn a_narrow_list_leaves_out_what_is_spare_and_says_so() {
    let list = "\
NAME                          ID
Ines Calderon of the Harbour  0f3d7c1e
日本太郎                      b7a1de40
—                             91d0f6c2

Left out to fit: amount (`--json` has all)
";
    assert_eq!(at(47), list);
    assert_eq!(at(38), list);
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
