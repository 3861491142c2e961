//! What the trials came to, as JSON, as `JUnit` XML and in words.

use std::fmt::Write as _;

use serde_json::{Value, json};

use super::{Evidence, Finished, Verdict};
use crate::unicode;

/// All trials that are over, in the order of the catalogue.
pub(crate) struct Report {
    pub(crate) seed: u32,
    pub(crate) finished: Vec<Finished>,
}

impl Report {
    fn count(&self, is: fn(&Verdict) -> bool) -> usize {
        let verdicts = self.finished.iter().map(|finished| &finished.verdict);
        verdicts.filter(|verdict| is(verdict)).count()
    }

    pub(crate) fn score(&self) -> usize {
        self.count(|verdict| matches!(verdict, Verdict::Passed(_)))
    }

    pub(crate) fn skipped(&self) -> usize {
        self.count(|verdict| matches!(verdict, Verdict::Skipped(_)))
    }

    /// How many trials were run.
    pub(crate) fn of(&self) -> usize {
        self.finished.len() - self.skipped()
    }

    pub(crate) fn failed(&self) -> impl Iterator<Item = &Finished> {
        let finished = self.finished.iter();
        finished.filter(|finished| matches!(finished.verdict, Verdict::Failed(_)))
    }

    pub(crate) fn json(&self) -> Value {
        let trials = self.finished.iter().map(|finished| {
            let Evidence {
                refreshes_sent,
                refreshes_granted,
                reuses,
                exit_codes,
                last_stderr,
            } = &finished.evidence;
            json!({
                "name": finished.trial.name,
                "passed": matches!(finished.verdict, Verdict::Passed(_)),
                "skipped": matches!(finished.verdict, Verdict::Skipped(_)),
                "reason": finished.verdict.reason(),
                "does": finished.trial.does,
                "shows": finished.trial.shows,
                "because": finished.trial.because,
                "seed": self.seed,
                "duration_seconds": seconds(finished),
                "evidence": {
                    "refreshes_sent": refreshes_sent,
                    "refreshes_granted": refreshes_granted,
                    "reuses": reuses,
                    "exit_codes": exit_codes,
                    "last_stderr": last_stderr,
                },
            })
        });
        json!({
            "score": self.score(),
            "of": self.of(),
            "skipped": self.skipped(),
            "seed": self.seed,
            "trials": trials.collect::<Vec<_>>(),
        })
    }

    /// As CI systems read it: one suite, one case for each trial.
    pub(crate) fn junit(&self) -> String {
        let time: f64 = self.finished.iter().map(seconds).sum();
        let counts = format!(
            "tests=\"{}\" failures=\"{}\" errors=\"0\" skipped=\"{}\" time=\"{time:.3}\"",
            self.finished.len(),
            self.of() - self.score(),
            self.skipped(),
        );
        let mut xml = format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
             <testsuites name=\"eprospera sandbox torture\" {counts}>\n  \
             <testsuite name=\"torture\" {counts}>\n    <properties>\n      \
             <property name=\"seed\" value=\"{}\"/>\n    </properties>\n",
            self.seed
        );
        for finished in &self.finished {
            let name = escaped(finished.trial.name);
            let group = escaped(&format!("torture.{}", finished.trial.group));
            let time = seconds(finished);
            // A text is written without a result.
            let _ = write!(
                xml,
                "    <testcase name=\"{name}\" classname=\"{group}\" time=\"{time:.3}\""
            );
            let reason = escaped(finished.verdict.reason());
            let _ = match finished.verdict {
                Verdict::Passed(_) => writeln!(xml, "/>"),
                Verdict::Skipped(_) => {
                    writeln!(
                        xml,
                        ">\n      <skipped message=\"{reason}\"/>\n    </testcase>"
                    )
                }
                Verdict::Failed(_) => {
                    let advice = escaped(&advice(finished).join("\n"));
                    writeln!(
                        xml,
                        ">\n      <failure message=\"{reason}\" type=\"failed\">{advice}</failure>\n    \
                         </testcase>"
                    )
                }
            };
        }
        xml.push_str("  </testsuite>\n</testsuites>\n");
        xml
    }
}

pub(crate) fn seconds(finished: &Finished) -> f64 {
    (finished.duration.as_secs_f64() * 1000.0).round() / 1000.0
}

/// What a client has to do to pass a trial, why, and what was seen of it, in sentences.
pub(crate) fn advice(finished: &Finished) -> Vec<String> {
    let trial = finished.trial;
    let mut lines = vec![
        format!("Trial: {}", trial.does),
        format!("To pass: {}", trial.shows),
        format!("Why: {}", trial.because),
    ];
    lines.extend(evidence(&finished.evidence));
    lines
}

/// What was seen in a trial, in sentences.
fn evidence(evidence: &Evidence) -> Vec<String> {
    let codes = evidence.exit_codes.iter();
    let codes: Vec<_> = codes
        .map(|(code, count)| format!("{code} ({count}×)"))
        .collect();
    let counted = |count: usize, one: &str| match count {
        1 => format!("1 {one}"),
        _ => format!("{count} {one}s"),
    };
    let mut lines = vec![format!(
        "{}, {} granted, {} with a used refresh token; exit codes: {}",
        counted(evidence.refreshes_sent, "token request"),
        evidence.refreshes_granted,
        evidence.reuses,
        if codes.is_empty() {
            "none".to_owned()
        } else {
            codes.join(", ")
        },
    )];
    if let Some(line) = &evidence.last_stderr {
        lines.push(format!("From its stderr: {line}"));
    }
    lines
}

/// A text as an attribute or as content: without the characters that XML 1.0 cannot hold.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for (character, steers) in unicode::characters(text) {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&apos;"),
            '\n' => escaped.push_str("&#10;"),
            '\t' => escaped.push_str("&#9;"),
            '\u{fffe}' | '\u{ffff}' => {}
            _ if steers => {}
            other => escaped.push(other),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::torture::catalogue::TRIALS;

    #[test]
    fn a_report_counts_what_ran_and_what_passed() {
        let verdicts = [
            Verdict::Passed("good".to_owned()),
            Verdict::Failed("<bad> & \"worse\"\u{1}\u{202e}\u{9b}".to_owned()),
            Verdict::Skipped("root".to_owned()),
        ];
        let finished = TRIALS
            .iter()
            .zip(verdicts)
            .map(|(trial, verdict)| Finished {
                trial,
                verdict,
                evidence: Evidence::default(),
                duration: Duration::from_millis(1500),
            });
        let report = Report {
            seed: 7,
            finished: finished.collect(),
        };
        let json = report.json();
        assert_eq!(
            (&json["score"], &json["of"], &json["skipped"]),
            (&1.into(), &2.into(), &1.into())
        );
        assert_eq!(json["trials"][0]["seed"], 7);
        assert_eq!(json["trials"][2]["passed"], false);
        let xml = report.junit();
        for key in ["does", "shows", "because"] {
            let text = json["trials"][1][key].as_str().unwrap();
            assert!(xml.contains(&escaped(text)), "{key}: {xml}");
        }
        assert!(
            xml.contains("message=\"&lt;bad&gt; &amp; &quot;worse&quot;\""),
            "{xml}"
        );
        assert!(
            xml.contains("tests=\"3\" failures=\"1\" errors=\"0\" skipped=\"1\" time=\"4.500\"")
        );
    }
}
