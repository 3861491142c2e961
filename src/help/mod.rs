//! The topics of `eprospera help`: tables and texts that belong to no single command.
//!
//! Each table is made from what the program itself works with, so that neither can be without the other.

mod agents;
mod environment;
mod exit_codes;
mod files;
mod formatting;
mod options;
mod refresh;
#[cfg(feature = "sandbox")]
mod sandbox_faults;
mod scopes;
mod stores;
mod topic;

pub(crate) use topic::{Machine, Topic};

/// Every topic, in the order of the list.
pub(crate) const TOPICS: &[Topic] = &[
    options::TOPIC,
    environment::TOPIC,
    files::TOPIC,
    stores::TOPIC,
    scopes::TOPIC,
    refresh::TOPIC,
    formatting::TOPIC,
    exit_codes::TOPIC,
    #[cfg(feature = "sandbox")]
    sandbox_faults::TOPIC,
    agents::TOPIC,
];

/// The topic of this name.
pub(crate) fn find(name: &str) -> Option<&'static Topic> {
    TOPICS.iter().find(|topic| topic.name == name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::env::VARIABLES;
    use crate::environment::Environment;
    use crate::error::Kind;
    use crate::output::Page;
    use crate::store::StoreKind;

    const FOLDER: &str = if cfg!(windows) { r"C:\c" } else { "/c" };

    fn page(name: &str) -> String {
        let environment = Environment::from_table(&[("EPROSPERA_CONFIG_DIR", FOLDER)]);
        let mut page = Page::article(None);
        let machine = Machine {
            environment: &environment,
        };
        (find(name).unwrap().describe)(&mut page, &machine);
        anstream::adapter::strip_str(&page.render()).to_string()
    }

    /// Where a row of a page begins with a word.
    fn has_row(page: &str, word: &str) -> bool {
        page.lines()
            .any(|row| row.split_whitespace().next() == Some(word))
    }

    #[test]
    fn every_topic_fits_80_columns_and_has_a_short_description() {
        for topic in TOPICS {
            assert!(topic.about.len() + 20 < 80 && !topic.about.ends_with('.'));
            for row in page(topic.name).lines() {
                assert!(row.chars().count() <= 80, "{}: {row}", topic.name);
                assert!(row == row.trim_end(), "{}: {row:?}", topic.name);
            }
        }
    }

    #[test]
    fn the_page_of_exit_codes_has_every_code() {
        let page = page("exit-codes");
        for kind in Kind::ALL {
            assert!(has_row(&page, &kind.code().to_string()), "{page}");
            assert!(page.contains(kind.name()), "{page}");
        }
    }

    #[test]
    fn the_page_of_variables_has_every_variable_and_marks_those_that_are_set() {
        let page = page("environment");
        for variable in VARIABLES {
            assert!(has_row(&page, variable.name), "{}", variable.name);
            assert!(variable.meaning.ends_with('.'), "{}", variable.meaning);
        }
        assert!(page.contains("EPROSPERA_CONFIG_DIR *\n"), "{page}");
        assert!(page.contains("EPROSPERA_STATE_DIR\n"), "{page}");
    }

    #[test]
    fn the_page_of_stores_has_every_kind() {
        let page = page("stores");
        for kind in StoreKind::ALL {
            assert!(has_row(&page, &kind.to_string()), "{page}");
        }
        assert!(has_row(&page, "command:PROGRAM"), "{page}");
    }

    #[test]
    fn the_page_of_scopes_has_every_scope_of_every_provider() {
        let page = page("scopes");
        for scope in crate::provider::ALL
            .iter()
            .flat_map(|provider| provider.scopes)
        {
            assert!(has_row(&page, scope.name), "{}", scope.name);
        }
    }

    #[test]
    fn the_page_of_files_shows_the_folders_of_this_machine() {
        assert!(has_row(&page("files"), FOLDER), "{}", page("files"));
    }

    #[test]
    fn the_page_of_options_has_every_option_of_every_command() {
        use clap::CommandFactory as _;
        let page = page("options");
        let root = crate::cli::Cli::command();
        let globals = root.get_arguments().filter(|option| option.is_global_set());
        for option in globals {
            let long = format!("--{}", option.get_long().unwrap());
            assert!(page.split_whitespace().any(|word| word == long), "{long}");
        }
    }

    #[cfg(feature = "sandbox")]
    #[test]
    fn the_page_of_faults_has_every_endpoint_and_every_action() {
        let page = page("sandbox-faults");
        for endpoint in eprospera_sandbox::fault_endpoints() {
            assert!(page.contains(endpoint), "{endpoint}");
        }
        for (_, actions) in eprospera_sandbox::fault_actions() {
            for action in actions {
                let name = action.argument.map_or(action.name.to_owned(), |argument| {
                    format!("{}={argument}", action.name)
                });
                assert!(has_row(&page, &name), "{name}");
            }
        }
    }
}
