//! The words for what `serve` and `exec --proxy` themselves refuse, in the order of their HTTP statuses.

use super::explanation::Explanation;

pub(super) const PAGES: &[Explanation] = &[
    Explanation {
        code: "host",
        title: "The request to the proxy has no `Host` header",
        meaning: "`eprospera serve` or `exec --proxy` got a request that does not say for which \
                  host it is (HTTP 400). Nothing was sent to the portal.",
        causes: &["The client speaks HTTP/1.0, or writes its requests by hand."],
        actions: &["Send `Host: 127.0.0.1`, as every HTTP/1.1 client does."],
    },
    Explanation {
        code: "ambiguous_header",
        title: "A header that decides about the request is there twice",
        meaning: "The proxy refuses a request in which `Host`, `Content-Length`, \
                  `Transfer-Encoding` or `Expect` can be read in two ways (HTTP 400): two servers \
                  could take it for two different requests.",
        causes: &[
            "The client sets a header that its library sets as well.",
            "A header has characters that are not ASCII.",
        ],
        actions: &["Leave these headers to the HTTP library."],
    },
    Explanation {
        code: "bad_path",
        title: "The proxy does not pass this path",
        meaning: "The path can be read in two ways, or is not a path of the portal (HTTP 400).",
        causes: &[
            "The path has `..`, `//`, `%2f` or the like in it.",
            "A whole URL was put behind `EPROSPERA_API_URL`.",
        ],
        actions: &["Ask for a plain path, such as `/api/v1/me/natural-person`."],
    },
    Explanation {
        code: "unexpected_body",
        title: "A GET or HEAD request has a body",
        meaning: "The proxy does not pass reads with a body (HTTP 400).",
        causes: &["The client sends data with GET, for example `curl -X GET -d …`."],
        actions: &["Put the values into the query, or use the method that the route takes."],
    },
    Explanation {
        code: "broken_body",
        title: "The body of the request could not be read",
        meaning: "The body ended early or is not well-formed (HTTP 400). Nothing was sent to the \
                  portal.",
        causes: &["The client ended or gave up while it was sending."],
        actions: &["Send the request again."],
    },
    Explanation {
        code: "capability_missing",
        title: "The request does not show the capability of the proxy",
        meaning: "Only callers that send the capability may use the proxy (HTTP 401). It is not a \
                  token of the portal.",
        causes: &[
            "The header `Authorization` is missing, or is there twice.",
            "The client leaves out `Authorization` because the address is not the one it knows.",
        ],
        actions: &[
            "Send `Authorization: Bearer` with the value of `EPROSPERA_API_CAPABILITY`, or with \
             `capability` from the first line of `eprospera serve`.",
        ],
    },
    Explanation {
        code: "capability_wrong",
        title: "The capability is not that of this proxy",
        meaning: "Each proxy has a capability of its own, which ends with it (HTTP 401).",
        causes: &[
            "The proxy was started again since.",
            "An access token was sent instead.",
        ],
        actions: &[
            "Use the value that this run of the proxy gave: `EPROSPERA_API_CAPABILITY`, or the \
             first line of `eprospera serve`.",
        ],
    },
    Explanation {
        code: "not_allowed",
        title: "The rules of the proxy do not let this request pass",
        meaning: "Without `--allow`, only GET and HEAD pass; with it, only what a rule names (HTTP \
                  403). Nothing was sent to the portal.",
        causes: &[
            "The request writes, and no rule permits that.",
            "The path differs from the rule, for example in upper and lower case.",
        ],
        actions: &[
            "Start the proxy with a rule that permits it, for example `--allow 'POST \
             /api/v1/me/tax/**'`.",
        ],
    },
    Explanation {
        code: "sign_in_route",
        title: "Routes for signing in never pass the proxy",
        meaning: "A caller of the proxy gets data, never tokens, so the routes that give out tokens \
                  are closed (HTTP 403).",
        causes: &["A library that signs in by itself was pointed at the proxy."],
        actions: &[
            "Send the requests for data directly, without signing in: the proxy adds the token.",
        ],
    },
    Explanation {
        code: "web_page",
        title: "A web page tried to use the proxy",
        meaning: "A request with an `Origin` header comes from a page in a browser, and none may \
                  use the proxy (HTTP 403).",
        causes: &[
            "JavaScript in a page asks for the address of the proxy.",
            "A client library sets `Origin` by itself.",
        ],
        actions: &["Send the request from a program, without `Origin`."],
    },
    Explanation {
        code: "partial_text",
        title: "The proxy does not pass a part of a text",
        meaning: "The portal answered a `Range` request with a part of JSON or another text (HTTP \
                  403). If the portal repeated the token in it, the proxy could not recognise it in \
                  pieces.",
        causes: &["The request has a `Range` header, for example because a download is resumed."],
        actions: &[
            "Ask for the whole, without `Range`. Parts of PDF files, images and other binary files \
             pass.",
        ],
    },
    Explanation {
        code: "body_too_slow",
        title: "The body of the request took too long",
        meaning: "The proxy waits a minute for the body of a request (HTTP 408).",
        causes: &[
            "The client is slow or has stopped.",
            "`Content-Length` is larger than the body.",
        ],
        actions: &["Send the request again, with the right `Content-Length`."],
    },
    Explanation {
        code: "length_required",
        title: "The body of the request comes in chunks",
        meaning: "The proxy takes a body only with its length (HTTP 411), so that every server \
                  agrees where the request ends.",
        causes: &["The client streams its body (`Transfer-Encoding: chunked`)."],
        actions: &["Send the body as a whole, with its `Content-Length`."],
    },
    Explanation {
        code: "body_too_large",
        title: "The body of the request is too large for the proxy",
        meaning: "A body may have 10 MiB (HTTP 413). Nothing was sent to the portal.",
        causes: &["The request uploads a large file."],
        actions: &["Send less, or use `eprospera api` for this request."],
    },
    Explanation {
        code: "expectation",
        title: "The proxy does not know what the request expects",
        meaning: "The only `Expect` header that it takes is `100-continue` (HTTP 417).",
        causes: &["The client sets `Expect` to something else."],
        actions: &["Leave out the header."],
    },
    Explanation {
        code: "foreign_host",
        title: "The request is for another host",
        meaning: "The `Host` header names neither this machine nor the address of the proxy (HTTP \
                  421). Nothing was sent to the portal.",
        causes: &[
            "The proxy is reached under a name of its own, for example that of a container.",
            "A web page used a host name that points to this machine (DNS rebinding).",
        ],
        actions: &[
            "Use the address in `EPROSPERA_API_URL` as it is, or share a socket: `eprospera serve \
             --socket PATH`.",
        ],
    },
    Explanation {
        code: "too_many_requests",
        title: "Too many requests are under way in the proxy",
        meaning: "The proxy sends at most 64 requests at once (HTTP 429).",
        causes: &["Many workers share one proxy, and the portal is slow."],
        actions: &["Send it again when another request has ended, or use fewer workers."],
    },
    Explanation {
        code: "headers_too_large",
        title: "The headers of the request are too large for the proxy",
        meaning: "All headers together may have 32 KiB (HTTP 431).",
        causes: &["The client sends large cookies, which the proxy would leave out."],
        actions: &["Send fewer headers."],
    },
    Explanation {
        code: "upgrade",
        title: "The proxy does not switch to another protocol",
        meaning: "WebSockets and HTTP/2 upgrades do not pass (HTTP 501).",
        causes: &["The client asked for a WebSocket, or offers HTTP/2 without TLS."],
        actions: &["Use plain requests over HTTP/1.1."],
    },
    Explanation {
        code: "audit",
        title: "The proxy cannot write its audit file",
        meaning: "A request that cannot be written down is not sent (HTTP 503). As soon as there is \
                  room again, requests pass.",
        causes: &[
            "The disk is full.",
            "The file was removed, or its folder is read-only.",
        ],
        actions: &["Make room, or start the proxy with another `--audit FILE`."],
    },
];
