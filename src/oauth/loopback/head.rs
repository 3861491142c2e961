//! The head of a request as it comes, without its cookies.
//!
//! Cookies do not know ports: a browser sends to the listener all that any program on this address
//! has ever set, and nothing here needs one. They are dropped line by line, so that they take no
//! memory, and have a bound of their own.

/// The most bytes of cookies: more than browsers keep for one address.
const MOST_COOKIES: usize = 1024 * 1024;
const NAME: &[u8] = b"cookie:";

/// What has come of a request.
#[derive(Default)]
pub(super) struct Head {
    /// All but the cookies; behind the empty line that ends the head, all.
    pub(super) bytes: Vec<u8>,
    /// Where the line begins that has not ended yet.
    line: usize,
    has_ended: bool,
    dropped: usize,
}

impl Head {
    /// Whether the browser sends more of them than any should have.
    pub(super) fn has_too_many_cookies(&self) -> bool {
        self.dropped > MOST_COOKIES
    }

    /// Takes out the cookies that have come.
    pub(super) fn drop_cookies(&mut self) {
        while !self.has_ended {
            let rest = self.bytes.get(self.line..).unwrap_or_default();
            let is_header = self.line > 0;
            let is_cookie = is_header && is_cookie(rest);
            match rest.iter().position(|byte| *byte == b'\n') {
                Some(end) if is_cookie => {
                    self.bytes.drain(self.line..=self.line + end);
                    self.dropped += end + 1;
                }
                Some(end) => {
                    self.has_ended = is_header && matches!(rest.get(..end), Some(b"" | b"\r"));
                    self.line += end + 1;
                }
                None => {
                    if is_cookie {
                        self.dropped += rest.len() - NAME.len();
                        // The name stays, for the line goes on.
                        self.bytes.truncate(self.line + NAME.len());
                    }
                    return;
                }
            }
        }
    }
}

fn is_cookie(line: &[u8]) -> bool {
    line.get(..NAME.len())
        .is_some_and(|name| name.eq_ignore_ascii_case(NAME))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn received(chunks: &[&[u8]]) -> Head {
        let mut head = Head::default();
        for chunk in chunks {
            head.bytes.extend_from_slice(chunk);
            head.drop_cookies();
        }
        head
    }

    #[test]
    fn cookies_are_dropped_wherever_the_stream_is_cut_and_nothing_else_is() {
        let request = b"POST /cookie: HTTP/1.1\r\nHost: a\r\nCookie: a=b; c=d\r\nX-Cookie: 1\r\n\
                        COOKIE: e\r\nContent-Length: 9\r\n\r\ncookie: 1\r\n";
        let kept = b"POST /cookie: HTTP/1.1\r\nHost: a\r\nX-Cookie: 1\r\n\
                     Content-Length: 9\r\n\r\ncookie: 1\r\n";
        for cut in 0..request.len() {
            let (before, after) = request.split_at(cut);
            assert_eq!(received(&[before, after]).bytes, kept, "{cut}");
        }
        let single: Vec<_> = request.chunks(1).collect();
        assert_eq!(received(&single).bytes, kept);
    }

    #[test]
    fn a_stream_of_cookies_takes_no_memory_and_has_an_end() {
        let mut head = received(&[b"GET / HTTP/1.1\r\nCookie: "]);
        let mut sent = 0;
        while !head.has_too_many_cookies() {
            head.bytes.extend_from_slice(&[b'x'; 4096]);
            head.drop_cookies();
            sent += 4096;
            assert!(head.bytes.len() < 64);
        }
        assert!(sent < 2 * MOST_COOKIES);
    }
}
