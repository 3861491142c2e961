//! A stable word for each thing that `doctor` can find, with the kind of failure that it is.

use crate::error::Kind;

/// Writes the enum, its list and its table from one list.
macro_rules! codes {
    ($($code:ident $name:literal $kind:ident,)*) => {
        /// What a check found.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(crate) enum Code { $($code,)* }

        impl Code {
            /// Every code, in the order of the groups.
            #[cfg(test)]
            pub(crate) const ALL: &[Self] = &[$(Self::$code,)*];

            fn row(self) -> (&'static str, Kind) {
                match self { $(Self::$code => ($name, Kind::$kind),)* }
            }
        }
    };
}

codes! {
    Ok "ok" Failure,
    // Why a check was skipped.
    Offline "offline" Failure,
    NotApplicable "not_applicable" Failure,
    Blocked "blocked" Failure,
    // program
    ProgramShadowed "program_shadowed" Failure,
    // settings
    ConfigSyntax "config_syntax" Usage,
    ConfigKey "config_key" Usage,
    ConfigUnreadable "config_unreadable" Usage,
    ProfileMissing "profile_missing" Usage,
    SettingInvalid "setting_invalid" Usage,
    VariableUnknown "variable_unknown" Usage,
    LoginsDamaged "logins_damaged" Store,
    // folders
    NoHome "no_home" Usage,
    ConfigOwner "config_owner" Usage,
    ConfigMode "config_mode" Usage,
    ConfigNotAFolder "config_not_a_folder" Usage,
    ConfigUnwritable "config_unwritable" Usage,
    StateOwner "state_owner" Store,
    StateMode "state_mode" Store,
    StateNotAFolder "state_not_a_folder" Store,
    StateUnwritable "state_unwritable" Store,
    CacheOwner "cache_owner" Usage,
    CacheMode "cache_mode" Usage,
    CacheNotAFolder "cache_not_a_folder" Usage,
    CacheUnwritable "cache_unwritable" Usage,
    LockUnavailable "lock_unavailable" Store,
    DiskFull "disk_full" Store,
    // store
    StoreAbsent "store_absent" Store,
    StoreLocked "store_locked" Store,
    StoreDenied "store_denied" Store,
    StoreTimeout "store_timeout" Store,
    StoreFailed "store_failed" Store,
    StoreTooSmall "store_too_small" Store,
    StoreDuplicates "store_duplicates" Store,
    StoreElsewhere "store_elsewhere" Store,
    StoreKeyMissing "store_key_missing" Store,
    StoreKeyWrong "store_key_wrong" Store,
    StoreKeyUnusable "store_key_unusable" Store,
    RecordDamaged "record_damaged" Store,
    RecordNewer "record_newer" Store,
    RecordForeign "record_foreign" Store,
    HelperMissing "helper_missing" Store,
    HelperNotExecutable "helper_not_executable" Store,
    HelperCrashed "helper_crashed" Store,
    HelperTimeout "helper_timeout" Store,
    HelperRefused "helper_refused" Store,
    HelperProtocol "helper_protocol" Store,
    RescueFileLeft "rescue_file_left" Store,
    RescueFileUnreadable "rescue_file_unreadable" Store,
    OutcomeUnknown "outcome_unknown" Store,
    LoginUnfinished "login_unfinished" Store,
    Leftovers "leftovers" Store,
    // clock
    ClockSkew "clock_skew" Untrusted,
    // network
    ProxyVariable "proxy_variable" Usage,
    ProxyUnreachable "proxy_unreachable" Network,
    ProxyAuth "proxy_auth" Network,
    ProxyRefused "proxy_refused" Network,
    DnsFailure "dns_failure" Network,
    TrustRoots "trust_roots" Usage,
    TlsUntrusted "tls_untrusted" Network,
    TlsWrongName "tls_wrong_name" Network,
    TlsExpired "tls_expired" Network,
    TlsNotYetValid "tls_not_yet_valid" Network,
    TlsFailure "tls_failure" Network,
    Unreachable "unreachable" Network,
    SandboxNotRunning "sandbox_not_running" Network,
    TimedOut "timed_out" Timeout,
    CaptivePortal "captive_portal" Network,
    // provider
    ProviderError "provider_error" Failure,
    ProviderNotFound "provider_not_found" Failure,
    ProviderRateLimited "provider_rate_limited" RateLimited,
    MetadataInvalid "metadata_invalid" Failure,
    IssuerMismatch "issuer_mismatch" Untrusted,
    MetadataUntrusted "metadata_untrusted" Untrusted,
    KeysInvalid "keys_invalid" Untrusted,
    // client
    ClientIdMissing "client_id_missing" Usage,
    ClientSecretMissing "client_secret_missing" Usage,
    ClientSecretUnusable "client_secret_unusable" Usage,
    ClientUnknown "client_unknown" LoginRequired,
    RedirectUriUnregistered "redirect_uri_unregistered" Usage,
    RedirectUriUnusable "redirect_uri_unusable" Usage,
    PortInUse "port_in_use" Failure,
    PortDenied "port_denied" Failure,
    // session
    TokenGiven "token_given" Failure,
    TokenUnusable "token_unusable" Usage,
    NotSignedIn "not_signed_in" LoginRequired,
    SessionOtherClient "session_other_client" LoginRequired,
    SessionOtherProvider "session_other_provider" LoginRequired,
    SessionExported "session_exported" LoginRequired,
    SessionExpired "session_expired" LoginRequired,
    SessionEndsSoon "session_ends_soon" LoginRequired,
    SessionRefused "session_refused" LoginRequired,
    ScopeMissing "scope_missing" Forbidden,
    // opener
    OpenerMissing "opener_missing" Failure,
    OpenerTextBrowser "opener_text_browser" Failure,
    NoInput "no_input" Failure,
    OverSsh "over_ssh" Failure,
    InContainer "in_container" Failure,
    NoDisplay "no_display" Failure,
    // terminal
    TerminalDumb "terminal_dumb" Failure,
    TerminalNarrow "terminal_narrow" Failure,
    TerminalNotUtf8 "terminal_not_utf8" Failure,
}

impl Code {
    /// The word for scripts, and for `explain`.
    pub(crate) fn name(self) -> &'static str {
        self.row().0
    }

    /// Which exit code a failed check of this code ends in.
    pub(crate) fn kind(self) -> Kind {
        self.row().1
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::explain;

    #[test]
    fn each_code_is_one_word_of_its_own() {
        let names: BTreeSet<_> = Code::ALL.iter().map(|code| code.name()).collect();
        assert_eq!(names.len(), Code::ALL.len());
        let is_plain = |name: &&str| {
            name.bytes()
                .all(|byte| b"_8".contains(&byte) || byte.is_ascii_lowercase())
        };
        assert!(names.iter().all(is_plain), "{names:?}");
    }

    #[test]
    fn each_code_has_a_page_and_each_page_of_doctor_a_code() {
        let pages: BTreeSet<_> = explain::all().map(|page| page.code).collect();
        let errors: BTreeSet<_> = Kind::ALL.iter().map(|kind| kind.name()).collect();
        let codes: BTreeSet<_> = Code::ALL.iter().map(|code| code.name()).collect();
        let words = BTreeSet::from(crate::reverse_proxy::REASONS);
        let of_doctor = &(&pages - &errors) - &words;
        assert_eq!(codes, of_doctor);
    }
}
