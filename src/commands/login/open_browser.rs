//! Gets an address to a browser, or says why not.

use url::Url;

use super::attempt::Login;
use super::messages::why_not;
use crate::browser::{self, Opener, OpenerEnv};

impl Login<'_> {
    /// What decides about the browser.
    pub(super) fn surroundings(&self) -> OpenerEnv {
        OpenerEnv {
            device: self.args.device,
            ..OpenerEnv::of(
                &self.context.environment,
                self.args.browser.clone(),
                self.args.no_browser,
                self.context.no_input(),
            )
        }
    }

    /// Opens an address that the person has seen already, where that is right.
    pub(super) fn open(&self, around: &OpenerEnv, address: &Url) {
        let output = self.context.output;
        let opener = around.opener();
        if let Opener::Nobody(reason) = opener {
            return output.note(why_not(reason));
        }
        let failure = browser::open(&opener, address);
        tokio::spawn(async move {
            if let Ok(reason) = failure.await {
                output.warn(format!("{reason}; open the URL yourself"));
            }
        });
    }
}
