//! `--jq` on the command line.

use crate::wire::{Wire, json};
use crate::world::World;

#[test]
fn an_expression_may_begin_with_a_minus_sign() {
    let world = World::new();
    for (expression, expected) in [
        ("-1", "-1\n"),
        ("-(1, 2)", "-1\n-2\n"),
        ("-0", "-0\n"),
        ("--1", "1\n"),
    ] {
        for arguments in [
            vec!["profile", "list", "--jq", expression],
            vec!["--jq", expression, "profile", "list"],
        ] {
            assert_eq!(
                world.run(&arguments).succeeds().stdout,
                expected,
                "{arguments:?}"
            );
        }
        let joined = format!("--jq={expression}");
        assert_eq!(
            world.run(&["profile", "list", &joined]).succeeds().stdout,
            expected
        );
    }
}

#[test]
fn the_digits_of_an_answer_stay_and_results_are_written_as_jq_does() {
    let body = r#"{"n":[1,2,12,15.0,1.10,100000000000000000000],"who":"Ines"}"#;
    for (expression, expected) in [
        (".n[3]", "15.0\n"),
        (".n[:3] | add/length", "5\n"),
        (".n[5]", "100000000000000000000\n"),
        (".who", "Ines\n"),
        ("[.who]", "[\"Ines\"]\n"),
        ("empty", ""),
    ] {
        let wire = Wire::answering(vec![json(200, body)]);
        let output = wire
            .user()
            .run(&["api", "/x", "--jq", expression])
            .succeeds();
        assert_eq!(output.stdout, expected, "{expression}");
    }
}
