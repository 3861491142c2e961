//! Values of the variables as people set them.

use super::*;
use crate::secret::Secret;

const CANARY: &str = "canary";

fn variable(name: &'static str, value: &str) -> Variable {
    Variable {
        name,
        value: Secret::unregistered(value.to_owned()),
    }
}

fn read(proxy: &str, no_proxy: &str) -> Result<Proxies, Error> {
    Proxies::read(&ProxyVariables {
        proxy: Some(variable("HTTPS_PROXY", proxy)),
        no_proxy: Some(variable("no_proxy", no_proxy)),
    })
}

#[test]
fn an_address_of_a_proxy_is_read_as_curl_reads_it() {
    for (value, shown) in [
        ("http://proxy.example:3128", "http://proxy.example:3128"),
        ("http://proxy.example:3128/", "http://proxy.example:3128"),
        (
            "  http://proxy.example:3128\r\n",
            "http://proxy.example:3128",
        ),
        ("proxy.example:3128", "http://proxy.example:3128"),
        ("proxy.example", "http://proxy.example:80"),
        ("HTTP://Proxy.Example:80", "http://proxy.example:80"),
        ("https://proxy.example", "https://proxy.example:443"),
        ("https://proxy.example:80", "https://proxy.example:80"),
        ("socks4://10.0.0.1", "socks4://10.0.0.1:1080"),
        ("socks4a://10.0.0.1:9", "socks4a://10.0.0.1:9"),
        ("socks5://[::1]:9050", "socks5://[::1]:9050"),
        ("socks5h://localhost", "socks5h://localhost:1080"),
        (
            "http://ana:canary@proxy.example:1",
            "http://proxy.example:1",
        ),
        ("ana:can'ary@proxy.example:1", "http://proxy.example:1"),
    ] {
        let proxies = read(value, "").unwrap();
        let proxy = proxies.to("portal.example", 443).unwrap();
        assert_eq!(
            proxy.to_string(),
            format!("the proxy {shown} (HTTPS_PROXY)"),
            "{value}"
        );
        assert!(!format!("{proxies:?}").contains(CANARY), "{value}");
    }
}

#[test]
fn credentials_are_decoded_and_never_shown() {
    for (value, user, password) in [
        ("http://ana:p%40ss%23w%2Frd@h:1", "ana", "p@ss#w/rd"),
        ("http://ana:p@ss@h:1", "ana", "p@ss"),
        ("http://ana@h:1", "ana", ""),
        ("socks5h://ana:100%@h:1", "ana", "100%"),
        ("ana:p%C3%A4ss@h:1", "ana", "p\u{e4}ss"),
    ] {
        let proxy = read(value, "").unwrap().to("portal.example", 443).unwrap();
        let credentials = proxy.credentials.as_ref().unwrap();
        let found = (credentials.user.expose(), credentials.password.expose());
        assert_eq!(found, (user, password), "{value}");
        assert!(!format!("{proxy:?} {proxy}").contains("ana"), "{value}");
    }
}

#[test]
fn a_value_that_cannot_be_used_is_an_error_that_names_the_variable_and_no_password() {
    use VariableProblem as P;
    for (value, expected) in [
        ("\"http://canary@h:1\"", P::Quoted),
        ("'http://canary@h:1'", P::Quoted),
        ("`h:1`", P::Quoted),
        ("http://a b@h:1", P::Blank),
        ("http://h:1\tx", P::Blank),
        ("not a url", P::Blank),
        ("http://ana:c\u{e4}nary@h:1", P::NotAscii),
        ("http://ana:\u{fffd}@h:1", P::NotAscii),
        ("socks://127.0.0.1:1080/", P::AnySocks),
        ("SOCKS://127.0.0.1:1080/", P::AnySocks),
        ("ftp://canary@h:1", P::Scheme),
        ("socks6://h:1", P::Scheme),
        ("file:///etc/proxy", P::Scheme),
        ("http://ana:can#ary@h:1", P::Address),
        ("http://ana:can/ary@h:1", P::Address),
        ("http://ana:can?ary@h:1", P::Address),
        ("http://ana:p@ss#w/rd@h:1", P::Address),
        ("http://", P::Address),
        ("http://:1", P::Address),
        ("http://h:", P::Address),
        ("http://h:0", P::Address),
        ("http://h:99999", P::Address),
        ("http:/h:1", P::Address),
        ("http:h:1", P::Address),
        ("http//h:1", P::Address),
        ("http:\\\\h:1", P::Address),
        ("http://h/proxy.pac", P::Address),
        ("::1:3128", P::Address),
    ] {
        let error = read(value, "").unwrap_err();
        let Error::ProxyVariable { problem, .. } = &error else {
            panic!("{value}: {error:?}");
        };
        assert_eq!(*problem, expected, "{value}");
        let text = format!("{error} {error:?}");
        assert!(
            text.contains("HTTPS_PROXY") && !text.contains(CANARY),
            "{text}"
        );
    }
    let error = read("http://h:1", "\"localhost,example\"").unwrap_err();
    assert!(error.to_string().contains("no_proxy"), "{error}");
}

#[test]
fn hosts_are_reached_without_a_proxy_as_curl_does() {
    for (list, host, direct) in [
        ("*", "portal.example", true),
        ("*", "127.0.0.1", true),
        ("*", "[::1]", true),
        ("a.example, *", "10.0.0.1", true),
        ("example", "portal.example", true),
        (".example", "portal.example", true),
        ("..example.", "portal.example", true),
        ("example", "example", true),
        ("example", "notexample", false),
        ("PORTAL.Example", "portal.example", true),
        ("portal.example", "portal.example.", true),
        (
            "a.example b.example\tportal.example",
            "portal.example",
            true,
        ),
        ("a.example,,portal.example", "portal.example", true),
        ("*.example", "portal.example", false),
        ("127.0.0.1", "127.0.0.1", true),
        ("127.0.0.1", "127.0.0.2", false),
        ("127.0.0.0/8", "127.9.9.9", true),
        ("10.0.0.0/8", "127.0.0.1", false),
        ("::1", "[::1]", true),
        ("[::1]", "[::1]", true),
        ("fe80::/10", "[fe80::1]", true),
        ("0.0.1", "127.0.0.1", false),
        ("portal.example:443", "portal.example", true),
        ("portal.example:8443", "portal.example", false),
        ("127.0.0.1:443", "127.0.0.1", true),
        ("[::1]:444", "[::1]", false),
        ("b\u{fc}cher.example", "xn--bcher-kva.example", true),
        ("https://portal.example", "portal.example", false),
        ("", "portal.example", false),
    ] {
        let proxies = read("http://h:1", list).unwrap();
        assert_eq!(proxies.to(host, 443).is_none(), direct, "{list:?} {host}");
    }
}

#[test]
fn without_a_variable_or_for_a_plain_loopback_server_there_is_no_proxy() {
    assert!(Proxies::none().to("portal.example", 443).is_none());
    #[cfg(target_os = "linux")]
    {
        let proxies = Proxies::read(&ProxyVariables::default()).unwrap();
        assert!(proxies.to("portal.example", 443).is_none());
    }
}
