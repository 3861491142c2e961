# Print an optspec for argparse to handle cmd's options that are independent of any subcommand.
function __fish_eprospera_global_optspecs
    string join \n profile= issuer= client-id= redirect-uri= store= output= json jq= fields= no-input ca-file= request-timeout= retries= v/verbose q/quiet color= h/help V/version
end

function __fish_eprospera_needs_command
    # Figure out if the current invocation already has a command.
    set -l cmd (commandline -opc)
    set -e cmd[1]
    argparse -s (__fish_eprospera_global_optspecs) -- $cmd 2>/dev/null
    or return
    if set -q argv[1]
        # Also print the command, so this can be used to figure out what it is.
        echo $argv[1]
        return 1
    end
    return 0
end

function __fish_eprospera_using_subcommand
    set -l cmd (__fish_eprospera_needs_command)
    test -z "$cmd"
    and return 1
    contains -- $cmd[1] $argv
end

complete -c eprospera -n "__fish_eprospera_needs_command" -l profile -d 'Use this profile [env: EPROSPERA_PROFILE] [default: default]' -r
complete -c eprospera -n "__fish_eprospera_needs_command" -l issuer -d 'Use this issuer: https, or http on this machine [env: EPROSPERA_ISSUER]' -r
complete -c eprospera -n "__fish_eprospera_needs_command" -l client-id -d 'Use the client ID that the provider gave you [env: EPROSPERA_CLIENT_ID]' -r
complete -c eprospera -n "__fish_eprospera_needs_command" -l redirect-uri -d 'Use this registered redirect URI (can be repeated) [env: EPROSPERA_REDIRECT_URI]' -r
complete -c eprospera -n "__fish_eprospera_needs_command" -l store -d 'Keep the session in this store [env: EPROSPERA_STORE]' -r
complete -c eprospera -n "__fish_eprospera_needs_command" -l output -d 'Choose the output format [env: EPROSPERA_OUTPUT]' -r -f -a "auto\t'A table on a terminal, JSON when piped'
table\t'Words and tables for people'
json\t'JSON for scripts'"
complete -c eprospera -n "__fish_eprospera_needs_command" -l jq -d 'Filter the JSON output with a jq expression' -r
complete -c eprospera -n "__fish_eprospera_needs_command" -l fields -d 'Show only these fields, such as `name,address.city`' -r
complete -c eprospera -n "__fish_eprospera_needs_command" -l ca-file -d 'Trust the certificates in this PEM file, too [env: EPROSPERA_CA_FILE]' -r -F
complete -c eprospera -n "__fish_eprospera_needs_command" -l request-timeout -d 'Limit the time for one request [env: EPROSPERA_REQUEST_TIMEOUT] [default: 30s]' -r
complete -c eprospera -n "__fish_eprospera_needs_command" -l retries -d 'Retry a read this often while the portal is busy or unreachable [env: EPROSPERA_RETRIES] [default: 3]' -r
complete -c eprospera -n "__fish_eprospera_needs_command" -l color -d 'Choose when to use colours [env: NO_COLOR]' -r -f -a "auto\t'Colours on a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c eprospera -n "__fish_eprospera_needs_command" -l json -d 'Print JSON; the same as `--output json`'
complete -c eprospera -n "__fish_eprospera_needs_command" -l no-input -d 'Never prompt and never open a browser [env: EPROSPERA_NO_INPUT, CI]'
complete -c eprospera -n "__fish_eprospera_needs_command" -s v -l verbose -d 'Show more on stderr (can be repeated) [env: EPROSPERA_LOG]'
complete -c eprospera -n "__fish_eprospera_needs_command" -s q -l quiet -d 'Show less on stderr'
complete -c eprospera -n "__fish_eprospera_needs_command" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c eprospera -n "__fish_eprospera_needs_command" -s V -l version -d 'Print version'
complete -c eprospera -n "__fish_eprospera_needs_command" -f -a "login" -d 'Sign in with your browser'
complete -c eprospera -n "__fish_eprospera_needs_command" -f -a "logout" -d 'Sign out: revoke the tokens and delete the session'
complete -c eprospera -n "__fish_eprospera_needs_command" -f -a "status" -d 'Show the account, client, scopes and store in use'
complete -c eprospera -n "__fish_eprospera_needs_command" -f -a "whoami" -d 'Show who is signed in'
complete -c eprospera -n "__fish_eprospera_needs_command" -f -a "token" -d 'Print a valid token'
complete -c eprospera -n "__fish_eprospera_needs_command" -f -a "refresh" -d 'Refresh the session now'
complete -c eprospera -n "__fish_eprospera_needs_command" -f -a "scopes" -d 'List the scopes, and which of them your session has'
complete -c eprospera -n "__fish_eprospera_needs_command" -f -a "decode-id-token" -d 'Decode and verify an ID token'
complete -c eprospera -n "__fish_eprospera_needs_command" -f -a "me" -d 'Show your own data: person, residency, documents, taxes'
complete -c eprospera -n "__fish_eprospera_needs_command" -f -a "api" -d 'Send a request to any route of the portal'
complete -c eprospera -n "__fish_eprospera_needs_command" -f -a "introspect" -d 'Ask the provider whether a token is active'
complete -c eprospera -n "__fish_eprospera_needs_command" -f -a "exec" -d 'Run a command with an access token in EPROSPERA_TOKEN'
complete -c eprospera -n "__fish_eprospera_needs_command" -f -a "session" -d 'Move your session to another machine, or change its key'
complete -c eprospera -n "__fish_eprospera_needs_command" -f -a "profile" -d 'Manage named profiles'
complete -c eprospera -n "__fish_eprospera_needs_command" -f -a "doctor" -d 'Find out why a command or a sign-in does not work'
complete -c eprospera -n "__fish_eprospera_needs_command" -f -a "explain" -d 'Explain an error code: its meaning, causes and remedies'
complete -c eprospera -n "__fish_eprospera_needs_command" -f -a "help" -d 'Show help for a command or a topic'
complete -c eprospera -n "__fish_eprospera_needs_command" -f -a "man" -d 'Print the manual page, or write all pages to a folder'
complete -c eprospera -n "__fish_eprospera_needs_command" -f -a "completions" -d 'Print a shell completion script'
complete -c eprospera -n "__fish_eprospera_needs_command" -f -a "sandbox" -d 'Run a local portal with invented people'
complete -c eprospera -n "__fish_eprospera_needs_command" -f -a "demo" -d 'See everything work, without an account'
complete -c eprospera -n "__fish_eprospera_needs_command" -f -a "auth" -d 'The official tool\'s names for the commands about sign-in'
complete -c eprospera -n "__fish_eprospera_using_subcommand login" -l scope -d 'Request these scopes, separated by spaces or commas' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand login" -l add-scope -d 'Add this scope to your session (can be repeated)' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand login" -l browser -d 'Open the sign-in address with this program [env: BROWSER]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand login" -l response-mode -d 'Choose how the browser returns the answer' -r -f -a "query\t'In the query of the redirect URI'
fragment\t'In the fragment of the redirect URI'
form_post\t'As a form that the browser posts'"
complete -c eprospera -n "__fish_eprospera_using_subcommand login" -l timeout -d 'Wait this long for the sign-in [default: 5m; with `--device`: until the code expires]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand login" -l login-hint -d 'Suggest an account to the provider, such as an email address' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand login" -l prompt -d 'Make the provider ask again, for `login` or `consent`' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand login" -l max-age -d 'Require a sign-in at the provider that is at most this old' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand login" -l profile -d 'Use this profile [env: EPROSPERA_PROFILE] [default: default]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand login" -l issuer -d 'Use this issuer: https, or http on this machine [env: EPROSPERA_ISSUER]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand login" -l client-id -d 'Use the client ID that the provider gave you [env: EPROSPERA_CLIENT_ID]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand login" -l redirect-uri -d 'Use this registered redirect URI (can be repeated) [env: EPROSPERA_REDIRECT_URI]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand login" -l store -d 'Keep the session in this store [env: EPROSPERA_STORE]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand login" -l output -d 'Choose the output format [env: EPROSPERA_OUTPUT]' -r -f -a "auto\t'A table on a terminal, JSON when piped'
table\t'Words and tables for people'
json\t'JSON for scripts'"
complete -c eprospera -n "__fish_eprospera_using_subcommand login" -l jq -d 'Filter the JSON output with a jq expression' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand login" -l fields -d 'Show only these fields, such as `name,address.city`' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand login" -l ca-file -d 'Trust the certificates in this PEM file, too [env: EPROSPERA_CA_FILE]' -r -F
complete -c eprospera -n "__fish_eprospera_using_subcommand login" -l request-timeout -d 'Limit the time for one request [env: EPROSPERA_REQUEST_TIMEOUT] [default: 30s]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand login" -l retries -d 'Retry a read this often while the portal is busy or unreachable [env: EPROSPERA_RETRIES] [default: 3]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand login" -l color -d 'Choose when to use colours [env: NO_COLOR]' -r -f -a "auto\t'Colours on a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c eprospera -n "__fish_eprospera_using_subcommand login" -l scopes-all -d 'Request every scope that the provider offers'
complete -c eprospera -n "__fish_eprospera_using_subcommand login" -l device -d 'Sign in on another device, with an address and a code'
complete -c eprospera -n "__fish_eprospera_using_subcommand login" -l qr -d 'Show the address of `--device` as a QR code, too'
complete -c eprospera -n "__fish_eprospera_using_subcommand login" -l paste -d 'Don\'t start a listener; paste the final browser address instead'
complete -c eprospera -n "__fish_eprospera_using_subcommand login" -l no-browser -d 'Print the sign-in address and open no browser'
complete -c eprospera -n "__fish_eprospera_using_subcommand login" -l replace -d 'Replace the session of another account without asking'
complete -c eprospera -n "__fish_eprospera_using_subcommand login" -l with-token -d 'Read a refresh token from stdin and use it, without a browser'
complete -c eprospera -n "__fish_eprospera_using_subcommand login" -l json -d 'Print JSON; the same as `--output json`'
complete -c eprospera -n "__fish_eprospera_using_subcommand login" -l no-input -d 'Never prompt and never open a browser [env: EPROSPERA_NO_INPUT, CI]'
complete -c eprospera -n "__fish_eprospera_using_subcommand login" -s v -l verbose -d 'Show more on stderr (can be repeated) [env: EPROSPERA_LOG]'
complete -c eprospera -n "__fish_eprospera_using_subcommand login" -s q -l quiet -d 'Show less on stderr'
complete -c eprospera -n "__fish_eprospera_using_subcommand login" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c eprospera -n "__fish_eprospera_using_subcommand logout" -l profile -d 'Use this profile [env: EPROSPERA_PROFILE] [default: default]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand logout" -l issuer -d 'Use this issuer: https, or http on this machine [env: EPROSPERA_ISSUER]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand logout" -l client-id -d 'Use the client ID that the provider gave you [env: EPROSPERA_CLIENT_ID]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand logout" -l redirect-uri -d 'Use this registered redirect URI (can be repeated) [env: EPROSPERA_REDIRECT_URI]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand logout" -l store -d 'Keep the session in this store [env: EPROSPERA_STORE]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand logout" -l output -d 'Choose the output format [env: EPROSPERA_OUTPUT]' -r -f -a "auto\t'A table on a terminal, JSON when piped'
table\t'Words and tables for people'
json\t'JSON for scripts'"
complete -c eprospera -n "__fish_eprospera_using_subcommand logout" -l jq -d 'Filter the JSON output with a jq expression' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand logout" -l fields -d 'Show only these fields, such as `name,address.city`' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand logout" -l ca-file -d 'Trust the certificates in this PEM file, too [env: EPROSPERA_CA_FILE]' -r -F
complete -c eprospera -n "__fish_eprospera_using_subcommand logout" -l request-timeout -d 'Limit the time for one request [env: EPROSPERA_REQUEST_TIMEOUT] [default: 30s]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand logout" -l retries -d 'Retry a read this often while the portal is busy or unreachable [env: EPROSPERA_RETRIES] [default: 3]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand logout" -l color -d 'Choose when to use colours [env: NO_COLOR]' -r -f -a "auto\t'Colours on a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c eprospera -n "__fish_eprospera_using_subcommand logout" -l all -d 'Sign out of every profile'
complete -c eprospera -n "__fish_eprospera_using_subcommand logout" -l discard-unreadable -d 'Delete a session even if its key is lost; its tokens stay valid at the provider'
complete -c eprospera -n "__fish_eprospera_using_subcommand logout" -l json -d 'Print JSON; the same as `--output json`'
complete -c eprospera -n "__fish_eprospera_using_subcommand logout" -l no-input -d 'Never prompt and never open a browser [env: EPROSPERA_NO_INPUT, CI]'
complete -c eprospera -n "__fish_eprospera_using_subcommand logout" -s v -l verbose -d 'Show more on stderr (can be repeated) [env: EPROSPERA_LOG]'
complete -c eprospera -n "__fish_eprospera_using_subcommand logout" -s q -l quiet -d 'Show less on stderr'
complete -c eprospera -n "__fish_eprospera_using_subcommand logout" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c eprospera -n "__fish_eprospera_using_subcommand status" -l profile -d 'Use this profile [env: EPROSPERA_PROFILE] [default: default]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand status" -l issuer -d 'Use this issuer: https, or http on this machine [env: EPROSPERA_ISSUER]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand status" -l client-id -d 'Use the client ID that the provider gave you [env: EPROSPERA_CLIENT_ID]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand status" -l redirect-uri -d 'Use this registered redirect URI (can be repeated) [env: EPROSPERA_REDIRECT_URI]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand status" -l store -d 'Keep the session in this store [env: EPROSPERA_STORE]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand status" -l output -d 'Choose the output format [env: EPROSPERA_OUTPUT]' -r -f -a "auto\t'A table on a terminal, JSON when piped'
table\t'Words and tables for people'
json\t'JSON for scripts'"
complete -c eprospera -n "__fish_eprospera_using_subcommand status" -l jq -d 'Filter the JSON output with a jq expression' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand status" -l fields -d 'Show only these fields, such as `name,address.city`' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand status" -l ca-file -d 'Trust the certificates in this PEM file, too [env: EPROSPERA_CA_FILE]' -r -F
complete -c eprospera -n "__fish_eprospera_using_subcommand status" -l request-timeout -d 'Limit the time for one request [env: EPROSPERA_REQUEST_TIMEOUT] [default: 30s]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand status" -l retries -d 'Retry a read this often while the portal is busy or unreachable [env: EPROSPERA_RETRIES] [default: 3]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand status" -l color -d 'Choose when to use colours [env: NO_COLOR]' -r -f -a "auto\t'Colours on a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c eprospera -n "__fish_eprospera_using_subcommand status" -l check -d 'Ask the provider whether the session still works'
complete -c eprospera -n "__fish_eprospera_using_subcommand status" -l json -d 'Print JSON; the same as `--output json`'
complete -c eprospera -n "__fish_eprospera_using_subcommand status" -l no-input -d 'Never prompt and never open a browser [env: EPROSPERA_NO_INPUT, CI]'
complete -c eprospera -n "__fish_eprospera_using_subcommand status" -s v -l verbose -d 'Show more on stderr (can be repeated) [env: EPROSPERA_LOG]'
complete -c eprospera -n "__fish_eprospera_using_subcommand status" -s q -l quiet -d 'Show less on stderr'
complete -c eprospera -n "__fish_eprospera_using_subcommand status" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c eprospera -n "__fish_eprospera_using_subcommand whoami" -l profile -d 'Use this profile [env: EPROSPERA_PROFILE] [default: default]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand whoami" -l issuer -d 'Use this issuer: https, or http on this machine [env: EPROSPERA_ISSUER]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand whoami" -l client-id -d 'Use the client ID that the provider gave you [env: EPROSPERA_CLIENT_ID]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand whoami" -l redirect-uri -d 'Use this registered redirect URI (can be repeated) [env: EPROSPERA_REDIRECT_URI]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand whoami" -l store -d 'Keep the session in this store [env: EPROSPERA_STORE]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand whoami" -l output -d 'Choose the output format [env: EPROSPERA_OUTPUT]' -r -f -a "auto\t'A table on a terminal, JSON when piped'
table\t'Words and tables for people'
json\t'JSON for scripts'"
complete -c eprospera -n "__fish_eprospera_using_subcommand whoami" -l jq -d 'Filter the JSON output with a jq expression' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand whoami" -l fields -d 'Show only these fields, such as `name,address.city`' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand whoami" -l ca-file -d 'Trust the certificates in this PEM file, too [env: EPROSPERA_CA_FILE]' -r -F
complete -c eprospera -n "__fish_eprospera_using_subcommand whoami" -l request-timeout -d 'Limit the time for one request [env: EPROSPERA_REQUEST_TIMEOUT] [default: 30s]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand whoami" -l retries -d 'Retry a read this often while the portal is busy or unreachable [env: EPROSPERA_RETRIES] [default: 3]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand whoami" -l color -d 'Choose when to use colours [env: NO_COLOR]' -r -f -a "auto\t'Colours on a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c eprospera -n "__fish_eprospera_using_subcommand whoami" -l json -d 'Print JSON; the same as `--output json`'
complete -c eprospera -n "__fish_eprospera_using_subcommand whoami" -l no-input -d 'Never prompt and never open a browser [env: EPROSPERA_NO_INPUT, CI]'
complete -c eprospera -n "__fish_eprospera_using_subcommand whoami" -s v -l verbose -d 'Show more on stderr (can be repeated) [env: EPROSPERA_LOG]'
complete -c eprospera -n "__fish_eprospera_using_subcommand whoami" -s q -l quiet -d 'Show less on stderr'
complete -c eprospera -n "__fish_eprospera_using_subcommand whoami" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c eprospera -n "__fish_eprospera_using_subcommand token" -l type -d 'Choose the token' -r -f -a "access\t'The access token'
id\t'The ID token'"
complete -c eprospera -n "__fish_eprospera_using_subcommand token" -l min-ttl -d 'Print a token that stays valid at least this long [default: 60s, or a third of its lifetime]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand token" -l format -d 'Choose how to print it' -r -f -a "bare\t'The token and a newline'
header\t'`Authorization: Bearer …`'
json\t'A JSON object with its expiry'
env\t'`EPROSPERA_TOKEN=…`, for an environment file'"
complete -c eprospera -n "__fish_eprospera_using_subcommand token" -l profile -d 'Use this profile [env: EPROSPERA_PROFILE] [default: default]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand token" -l issuer -d 'Use this issuer: https, or http on this machine [env: EPROSPERA_ISSUER]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand token" -l client-id -d 'Use the client ID that the provider gave you [env: EPROSPERA_CLIENT_ID]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand token" -l redirect-uri -d 'Use this registered redirect URI (can be repeated) [env: EPROSPERA_REDIRECT_URI]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand token" -l store -d 'Keep the session in this store [env: EPROSPERA_STORE]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand token" -l output -d 'Choose the output format [env: EPROSPERA_OUTPUT]' -r -f -a "auto\t'A table on a terminal, JSON when piped'
table\t'Words and tables for people'
json\t'JSON for scripts'"
complete -c eprospera -n "__fish_eprospera_using_subcommand token" -l jq -d 'Filter the JSON output with a jq expression' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand token" -l fields -d 'Show only these fields, such as `name,address.city`' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand token" -l ca-file -d 'Trust the certificates in this PEM file, too [env: EPROSPERA_CA_FILE]' -r -F
complete -c eprospera -n "__fish_eprospera_using_subcommand token" -l request-timeout -d 'Limit the time for one request [env: EPROSPERA_REQUEST_TIMEOUT] [default: 30s]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand token" -l retries -d 'Retry a read this often while the portal is busy or unreachable [env: EPROSPERA_RETRIES] [default: 3]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand token" -l color -d 'Choose when to use colours [env: NO_COLOR]' -r -f -a "auto\t'Colours on a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c eprospera -n "__fish_eprospera_using_subcommand token" -l json -d 'Print JSON; the same as `--output json`'
complete -c eprospera -n "__fish_eprospera_using_subcommand token" -l no-input -d 'Never prompt and never open a browser [env: EPROSPERA_NO_INPUT, CI]'
complete -c eprospera -n "__fish_eprospera_using_subcommand token" -s v -l verbose -d 'Show more on stderr (can be repeated) [env: EPROSPERA_LOG]'
complete -c eprospera -n "__fish_eprospera_using_subcommand token" -s q -l quiet -d 'Show less on stderr'
complete -c eprospera -n "__fish_eprospera_using_subcommand token" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c eprospera -n "__fish_eprospera_using_subcommand refresh" -l scope -d 'Keep only these scopes, separated by spaces or commas' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand refresh" -l profile -d 'Use this profile [env: EPROSPERA_PROFILE] [default: default]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand refresh" -l issuer -d 'Use this issuer: https, or http on this machine [env: EPROSPERA_ISSUER]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand refresh" -l client-id -d 'Use the client ID that the provider gave you [env: EPROSPERA_CLIENT_ID]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand refresh" -l redirect-uri -d 'Use this registered redirect URI (can be repeated) [env: EPROSPERA_REDIRECT_URI]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand refresh" -l store -d 'Keep the session in this store [env: EPROSPERA_STORE]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand refresh" -l output -d 'Choose the output format [env: EPROSPERA_OUTPUT]' -r -f -a "auto\t'A table on a terminal, JSON when piped'
table\t'Words and tables for people'
json\t'JSON for scripts'"
complete -c eprospera -n "__fish_eprospera_using_subcommand refresh" -l jq -d 'Filter the JSON output with a jq expression' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand refresh" -l fields -d 'Show only these fields, such as `name,address.city`' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand refresh" -l ca-file -d 'Trust the certificates in this PEM file, too [env: EPROSPERA_CA_FILE]' -r -F
complete -c eprospera -n "__fish_eprospera_using_subcommand refresh" -l request-timeout -d 'Limit the time for one request [env: EPROSPERA_REQUEST_TIMEOUT] [default: 30s]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand refresh" -l retries -d 'Retry a read this often while the portal is busy or unreachable [env: EPROSPERA_RETRIES] [default: 3]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand refresh" -l color -d 'Choose when to use colours [env: NO_COLOR]' -r -f -a "auto\t'Colours on a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c eprospera -n "__fish_eprospera_using_subcommand refresh" -l json -d 'Print JSON; the same as `--output json`'
complete -c eprospera -n "__fish_eprospera_using_subcommand refresh" -l no-input -d 'Never prompt and never open a browser [env: EPROSPERA_NO_INPUT, CI]'
complete -c eprospera -n "__fish_eprospera_using_subcommand refresh" -s v -l verbose -d 'Show more on stderr (can be repeated) [env: EPROSPERA_LOG]'
complete -c eprospera -n "__fish_eprospera_using_subcommand refresh" -s q -l quiet -d 'Show less on stderr'
complete -c eprospera -n "__fish_eprospera_using_subcommand refresh" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c eprospera -n "__fish_eprospera_using_subcommand scopes" -l profile -d 'Use this profile [env: EPROSPERA_PROFILE] [default: default]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand scopes" -l issuer -d 'Use this issuer: https, or http on this machine [env: EPROSPERA_ISSUER]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand scopes" -l client-id -d 'Use the client ID that the provider gave you [env: EPROSPERA_CLIENT_ID]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand scopes" -l redirect-uri -d 'Use this registered redirect URI (can be repeated) [env: EPROSPERA_REDIRECT_URI]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand scopes" -l store -d 'Keep the session in this store [env: EPROSPERA_STORE]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand scopes" -l output -d 'Choose the output format [env: EPROSPERA_OUTPUT]' -r -f -a "auto\t'A table on a terminal, JSON when piped'
table\t'Words and tables for people'
json\t'JSON for scripts'"
complete -c eprospera -n "__fish_eprospera_using_subcommand scopes" -l jq -d 'Filter the JSON output with a jq expression' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand scopes" -l fields -d 'Show only these fields, such as `name,address.city`' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand scopes" -l ca-file -d 'Trust the certificates in this PEM file, too [env: EPROSPERA_CA_FILE]' -r -F
complete -c eprospera -n "__fish_eprospera_using_subcommand scopes" -l request-timeout -d 'Limit the time for one request [env: EPROSPERA_REQUEST_TIMEOUT] [default: 30s]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand scopes" -l retries -d 'Retry a read this often while the portal is busy or unreachable [env: EPROSPERA_RETRIES] [default: 3]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand scopes" -l color -d 'Choose when to use colours [env: NO_COLOR]' -r -f -a "auto\t'Colours on a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c eprospera -n "__fish_eprospera_using_subcommand scopes" -l json -d 'Print JSON; the same as `--output json`'
complete -c eprospera -n "__fish_eprospera_using_subcommand scopes" -l no-input -d 'Never prompt and never open a browser [env: EPROSPERA_NO_INPUT, CI]'
complete -c eprospera -n "__fish_eprospera_using_subcommand scopes" -s v -l verbose -d 'Show more on stderr (can be repeated) [env: EPROSPERA_LOG]'
complete -c eprospera -n "__fish_eprospera_using_subcommand scopes" -s q -l quiet -d 'Show less on stderr'
complete -c eprospera -n "__fish_eprospera_using_subcommand scopes" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c eprospera -n "__fish_eprospera_using_subcommand decode-id-token" -l nonce -d 'Require this nonce' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand decode-id-token" -l audience -d 'Require this client ID as the audience [default: the client ID in use]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand decode-id-token" -l profile -d 'Use this profile [env: EPROSPERA_PROFILE] [default: default]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand decode-id-token" -l issuer -d 'Use this issuer: https, or http on this machine [env: EPROSPERA_ISSUER]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand decode-id-token" -l client-id -d 'Use the client ID that the provider gave you [env: EPROSPERA_CLIENT_ID]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand decode-id-token" -l redirect-uri -d 'Use this registered redirect URI (can be repeated) [env: EPROSPERA_REDIRECT_URI]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand decode-id-token" -l store -d 'Keep the session in this store [env: EPROSPERA_STORE]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand decode-id-token" -l output -d 'Choose the output format [env: EPROSPERA_OUTPUT]' -r -f -a "auto\t'A table on a terminal, JSON when piped'
table\t'Words and tables for people'
json\t'JSON for scripts'"
complete -c eprospera -n "__fish_eprospera_using_subcommand decode-id-token" -l jq -d 'Filter the JSON output with a jq expression' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand decode-id-token" -l fields -d 'Show only these fields, such as `name,address.city`' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand decode-id-token" -l ca-file -d 'Trust the certificates in this PEM file, too [env: EPROSPERA_CA_FILE]' -r -F
complete -c eprospera -n "__fish_eprospera_using_subcommand decode-id-token" -l request-timeout -d 'Limit the time for one request [env: EPROSPERA_REQUEST_TIMEOUT] [default: 30s]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand decode-id-token" -l retries -d 'Retry a read this often while the portal is busy or unreachable [env: EPROSPERA_RETRIES] [default: 3]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand decode-id-token" -l color -d 'Choose when to use colours [env: NO_COLOR]' -r -f -a "auto\t'Colours on a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c eprospera -n "__fish_eprospera_using_subcommand decode-id-token" -l no-verify -d 'Decode without verifying'
complete -c eprospera -n "__fish_eprospera_using_subcommand decode-id-token" -l json -d 'Print JSON; the same as `--output json`'
complete -c eprospera -n "__fish_eprospera_using_subcommand decode-id-token" -l no-input -d 'Never prompt and never open a browser [env: EPROSPERA_NO_INPUT, CI]'
complete -c eprospera -n "__fish_eprospera_using_subcommand decode-id-token" -s v -l verbose -d 'Show more on stderr (can be repeated) [env: EPROSPERA_LOG]'
complete -c eprospera -n "__fish_eprospera_using_subcommand decode-id-token" -s q -l quiet -d 'Show less on stderr'
complete -c eprospera -n "__fish_eprospera_using_subcommand decode-id-token" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and not __fish_seen_subcommand_from natural-person residency id-verification documents legal-entities tax" -l profile -d 'Use this profile [env: EPROSPERA_PROFILE] [default: default]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and not __fish_seen_subcommand_from natural-person residency id-verification documents legal-entities tax" -l issuer -d 'Use this issuer: https, or http on this machine [env: EPROSPERA_ISSUER]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and not __fish_seen_subcommand_from natural-person residency id-verification documents legal-entities tax" -l client-id -d 'Use the client ID that the provider gave you [env: EPROSPERA_CLIENT_ID]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and not __fish_seen_subcommand_from natural-person residency id-verification documents legal-entities tax" -l redirect-uri -d 'Use this registered redirect URI (can be repeated) [env: EPROSPERA_REDIRECT_URI]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and not __fish_seen_subcommand_from natural-person residency id-verification documents legal-entities tax" -l store -d 'Keep the session in this store [env: EPROSPERA_STORE]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and not __fish_seen_subcommand_from natural-person residency id-verification documents legal-entities tax" -l output -d 'Choose the output format [env: EPROSPERA_OUTPUT]' -r -f -a "auto\t'A table on a terminal, JSON when piped'
table\t'Words and tables for people'
json\t'JSON for scripts'"
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and not __fish_seen_subcommand_from natural-person residency id-verification documents legal-entities tax" -l jq -d 'Filter the JSON output with a jq expression' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and not __fish_seen_subcommand_from natural-person residency id-verification documents legal-entities tax" -l fields -d 'Show only these fields, such as `name,address.city`' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and not __fish_seen_subcommand_from natural-person residency id-verification documents legal-entities tax" -l ca-file -d 'Trust the certificates in this PEM file, too [env: EPROSPERA_CA_FILE]' -r -F
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and not __fish_seen_subcommand_from natural-person residency id-verification documents legal-entities tax" -l request-timeout -d 'Limit the time for one request [env: EPROSPERA_REQUEST_TIMEOUT] [default: 30s]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and not __fish_seen_subcommand_from natural-person residency id-verification documents legal-entities tax" -l retries -d 'Retry a read this often while the portal is busy or unreachable [env: EPROSPERA_RETRIES] [default: 3]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and not __fish_seen_subcommand_from natural-person residency id-verification documents legal-entities tax" -l color -d 'Choose when to use colours [env: NO_COLOR]' -r -f -a "auto\t'Colours on a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and not __fish_seen_subcommand_from natural-person residency id-verification documents legal-entities tax" -l json -d 'Print JSON; the same as `--output json`'
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and not __fish_seen_subcommand_from natural-person residency id-verification documents legal-entities tax" -l no-input -d 'Never prompt and never open a browser [env: EPROSPERA_NO_INPUT, CI]'
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and not __fish_seen_subcommand_from natural-person residency id-verification documents legal-entities tax" -s v -l verbose -d 'Show more on stderr (can be repeated) [env: EPROSPERA_LOG]'
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and not __fish_seen_subcommand_from natural-person residency id-verification documents legal-entities tax" -s q -l quiet -d 'Show less on stderr'
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and not __fish_seen_subcommand_from natural-person residency id-verification documents legal-entities tax" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and not __fish_seen_subcommand_from natural-person residency id-verification documents legal-entities tax" -f -a "natural-person" -d 'Show your legal name, permit number, citizenships and address'
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and not __fish_seen_subcommand_from natural-person residency id-verification documents legal-entities tax" -f -a "residency" -d 'Show whether you are a resident, which kind, and since when'
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and not __fish_seen_subcommand_from natural-person residency id-verification documents legal-entities tax" -f -a "id-verification" -d 'Show how your identity was verified, and with which document'
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and not __fish_seen_subcommand_from natural-person residency id-verification documents legal-entities tax" -f -a "documents" -d 'List or download your documents'
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and not __fish_seen_subcommand_from natural-person residency id-verification documents legal-entities tax" -f -a "legal-entities" -d 'List your legal entities, or show one of them'
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and not __fish_seen_subcommand_from natural-person residency id-verification documents legal-entities tax" -f -a "tax" -d 'Show your tax obligations, elections and filings'
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from natural-person" -l profile -d 'Use this profile [env: EPROSPERA_PROFILE] [default: default]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from natural-person" -l issuer -d 'Use this issuer: https, or http on this machine [env: EPROSPERA_ISSUER]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from natural-person" -l client-id -d 'Use the client ID that the provider gave you [env: EPROSPERA_CLIENT_ID]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from natural-person" -l redirect-uri -d 'Use this registered redirect URI (can be repeated) [env: EPROSPERA_REDIRECT_URI]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from natural-person" -l store -d 'Keep the session in this store [env: EPROSPERA_STORE]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from natural-person" -l output -d 'Choose the output format [env: EPROSPERA_OUTPUT]' -r -f -a "auto\t'A table on a terminal, JSON when piped'
table\t'Words and tables for people'
json\t'JSON for scripts'"
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from natural-person" -l jq -d 'Filter the JSON output with a jq expression' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from natural-person" -l fields -d 'Show only these fields, such as `name,address.city`' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from natural-person" -l ca-file -d 'Trust the certificates in this PEM file, too [env: EPROSPERA_CA_FILE]' -r -F
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from natural-person" -l request-timeout -d 'Limit the time for one request [env: EPROSPERA_REQUEST_TIMEOUT] [default: 30s]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from natural-person" -l retries -d 'Retry a read this often while the portal is busy or unreachable [env: EPROSPERA_RETRIES] [default: 3]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from natural-person" -l color -d 'Choose when to use colours [env: NO_COLOR]' -r -f -a "auto\t'Colours on a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from natural-person" -l json -d 'Print JSON; the same as `--output json`'
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from natural-person" -l no-input -d 'Never prompt and never open a browser [env: EPROSPERA_NO_INPUT, CI]'
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from natural-person" -s v -l verbose -d 'Show more on stderr (can be repeated) [env: EPROSPERA_LOG]'
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from natural-person" -s q -l quiet -d 'Show less on stderr'
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from natural-person" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from residency" -l profile -d 'Use this profile [env: EPROSPERA_PROFILE] [default: default]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from residency" -l issuer -d 'Use this issuer: https, or http on this machine [env: EPROSPERA_ISSUER]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from residency" -l client-id -d 'Use the client ID that the provider gave you [env: EPROSPERA_CLIENT_ID]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from residency" -l redirect-uri -d 'Use this registered redirect URI (can be repeated) [env: EPROSPERA_REDIRECT_URI]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from residency" -l store -d 'Keep the session in this store [env: EPROSPERA_STORE]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from residency" -l output -d 'Choose the output format [env: EPROSPERA_OUTPUT]' -r -f -a "auto\t'A table on a terminal, JSON when piped'
table\t'Words and tables for people'
json\t'JSON for scripts'"
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from residency" -l jq -d 'Filter the JSON output with a jq expression' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from residency" -l fields -d 'Show only these fields, such as `name,address.city`' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from residency" -l ca-file -d 'Trust the certificates in this PEM file, too [env: EPROSPERA_CA_FILE]' -r -F
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from residency" -l request-timeout -d 'Limit the time for one request [env: EPROSPERA_REQUEST_TIMEOUT] [default: 30s]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from residency" -l retries -d 'Retry a read this often while the portal is busy or unreachable [env: EPROSPERA_RETRIES] [default: 3]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from residency" -l color -d 'Choose when to use colours [env: NO_COLOR]' -r -f -a "auto\t'Colours on a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from residency" -l json -d 'Print JSON; the same as `--output json`'
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from residency" -l no-input -d 'Never prompt and never open a browser [env: EPROSPERA_NO_INPUT, CI]'
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from residency" -s v -l verbose -d 'Show more on stderr (can be repeated) [env: EPROSPERA_LOG]'
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from residency" -s q -l quiet -d 'Show less on stderr'
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from residency" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from id-verification" -l download -d 'Download the files to this folder, and list them' -r -F
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from id-verification" -l profile -d 'Use this profile [env: EPROSPERA_PROFILE] [default: default]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from id-verification" -l issuer -d 'Use this issuer: https, or http on this machine [env: EPROSPERA_ISSUER]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from id-verification" -l client-id -d 'Use the client ID that the provider gave you [env: EPROSPERA_CLIENT_ID]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from id-verification" -l redirect-uri -d 'Use this registered redirect URI (can be repeated) [env: EPROSPERA_REDIRECT_URI]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from id-verification" -l store -d 'Keep the session in this store [env: EPROSPERA_STORE]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from id-verification" -l output -d 'Choose the output format [env: EPROSPERA_OUTPUT]' -r -f -a "auto\t'A table on a terminal, JSON when piped'
table\t'Words and tables for people'
json\t'JSON for scripts'"
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from id-verification" -l jq -d 'Filter the JSON output with a jq expression' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from id-verification" -l fields -d 'Show only these fields, such as `name,address.city`' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from id-verification" -l ca-file -d 'Trust the certificates in this PEM file, too [env: EPROSPERA_CA_FILE]' -r -F
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from id-verification" -l request-timeout -d 'Limit the time for one request [env: EPROSPERA_REQUEST_TIMEOUT] [default: 30s]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from id-verification" -l retries -d 'Retry a read this often while the portal is busy or unreachable [env: EPROSPERA_RETRIES] [default: 3]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from id-verification" -l color -d 'Choose when to use colours [env: NO_COLOR]' -r -f -a "auto\t'Colours on a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from id-verification" -l force -d 'Replace existing files'
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from id-verification" -l json -d 'Print JSON; the same as `--output json`'
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from id-verification" -l no-input -d 'Never prompt and never open a browser [env: EPROSPERA_NO_INPUT, CI]'
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from id-verification" -s v -l verbose -d 'Show more on stderr (can be repeated) [env: EPROSPERA_LOG]'
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from id-verification" -s q -l quiet -d 'Show less on stderr'
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from id-verification" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from documents" -l download -d 'Download the files to this folder, and list them' -r -F
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from documents" -l profile -d 'Use this profile [env: EPROSPERA_PROFILE] [default: default]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from documents" -l issuer -d 'Use this issuer: https, or http on this machine [env: EPROSPERA_ISSUER]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from documents" -l client-id -d 'Use the client ID that the provider gave you [env: EPROSPERA_CLIENT_ID]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from documents" -l redirect-uri -d 'Use this registered redirect URI (can be repeated) [env: EPROSPERA_REDIRECT_URI]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from documents" -l store -d 'Keep the session in this store [env: EPROSPERA_STORE]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from documents" -l output -d 'Choose the output format [env: EPROSPERA_OUTPUT]' -r -f -a "auto\t'A table on a terminal, JSON when piped'
table\t'Words and tables for people'
json\t'JSON for scripts'"
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from documents" -l jq -d 'Filter the JSON output with a jq expression' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from documents" -l fields -d 'Show only these fields, such as `name,address.city`' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from documents" -l ca-file -d 'Trust the certificates in this PEM file, too [env: EPROSPERA_CA_FILE]' -r -F
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from documents" -l request-timeout -d 'Limit the time for one request [env: EPROSPERA_REQUEST_TIMEOUT] [default: 30s]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from documents" -l retries -d 'Retry a read this often while the portal is busy or unreachable [env: EPROSPERA_RETRIES] [default: 3]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from documents" -l color -d 'Choose when to use colours [env: NO_COLOR]' -r -f -a "auto\t'Colours on a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from documents" -l force -d 'Replace existing files'
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from documents" -l json -d 'Print JSON; the same as `--output json`'
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from documents" -l no-input -d 'Never prompt and never open a browser [env: EPROSPERA_NO_INPUT, CI]'
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from documents" -s v -l verbose -d 'Show more on stderr (can be repeated) [env: EPROSPERA_LOG]'
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from documents" -s q -l quiet -d 'Show less on stderr'
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from documents" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from legal-entities" -l download -d 'Download the files to this folder, and list them' -r -F
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from legal-entities" -l profile -d 'Use this profile [env: EPROSPERA_PROFILE] [default: default]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from legal-entities" -l issuer -d 'Use this issuer: https, or http on this machine [env: EPROSPERA_ISSUER]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from legal-entities" -l client-id -d 'Use the client ID that the provider gave you [env: EPROSPERA_CLIENT_ID]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from legal-entities" -l redirect-uri -d 'Use this registered redirect URI (can be repeated) [env: EPROSPERA_REDIRECT_URI]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from legal-entities" -l store -d 'Keep the session in this store [env: EPROSPERA_STORE]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from legal-entities" -l output -d 'Choose the output format [env: EPROSPERA_OUTPUT]' -r -f -a "auto\t'A table on a terminal, JSON when piped'
table\t'Words and tables for people'
json\t'JSON for scripts'"
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from legal-entities" -l jq -d 'Filter the JSON output with a jq expression' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from legal-entities" -l fields -d 'Show only these fields, such as `name,address.city`' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from legal-entities" -l ca-file -d 'Trust the certificates in this PEM file, too [env: EPROSPERA_CA_FILE]' -r -F
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from legal-entities" -l request-timeout -d 'Limit the time for one request [env: EPROSPERA_REQUEST_TIMEOUT] [default: 30s]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from legal-entities" -l retries -d 'Retry a read this often while the portal is busy or unreachable [env: EPROSPERA_RETRIES] [default: 3]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from legal-entities" -l color -d 'Choose when to use colours [env: NO_COLOR]' -r -f -a "auto\t'Colours on a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from legal-entities" -l force -d 'Replace existing files'
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from legal-entities" -l json -d 'Print JSON; the same as `--output json`'
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from legal-entities" -l no-input -d 'Never prompt and never open a browser [env: EPROSPERA_NO_INPUT, CI]'
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from legal-entities" -s v -l verbose -d 'Show more on stderr (can be repeated) [env: EPROSPERA_LOG]'
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from legal-entities" -s q -l quiet -d 'Show less on stderr'
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from legal-entities" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from tax" -l profile -d 'Use this profile [env: EPROSPERA_PROFILE] [default: default]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from tax" -l issuer -d 'Use this issuer: https, or http on this machine [env: EPROSPERA_ISSUER]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from tax" -l client-id -d 'Use the client ID that the provider gave you [env: EPROSPERA_CLIENT_ID]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from tax" -l redirect-uri -d 'Use this registered redirect URI (can be repeated) [env: EPROSPERA_REDIRECT_URI]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from tax" -l store -d 'Keep the session in this store [env: EPROSPERA_STORE]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from tax" -l output -d 'Choose the output format [env: EPROSPERA_OUTPUT]' -r -f -a "auto\t'A table on a terminal, JSON when piped'
table\t'Words and tables for people'
json\t'JSON for scripts'"
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from tax" -l jq -d 'Filter the JSON output with a jq expression' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from tax" -l fields -d 'Show only these fields, such as `name,address.city`' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from tax" -l ca-file -d 'Trust the certificates in this PEM file, too [env: EPROSPERA_CA_FILE]' -r -F
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from tax" -l request-timeout -d 'Limit the time for one request [env: EPROSPERA_REQUEST_TIMEOUT] [default: 30s]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from tax" -l retries -d 'Retry a read this often while the portal is busy or unreachable [env: EPROSPERA_RETRIES] [default: 3]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from tax" -l color -d 'Choose when to use colours [env: NO_COLOR]' -r -f -a "auto\t'Colours on a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from tax" -l json -d 'Print JSON; the same as `--output json`'
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from tax" -l no-input -d 'Never prompt and never open a browser [env: EPROSPERA_NO_INPUT, CI]'
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from tax" -s v -l verbose -d 'Show more on stderr (can be repeated) [env: EPROSPERA_LOG]'
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from tax" -s q -l quiet -d 'Show less on stderr'
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from tax" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from tax" -f -a "summary" -d 'Show what is due, and your lump-sum elections'
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from tax" -f -a "filings" -d 'List the submitted filings'
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from tax" -f -a "filing" -d 'Show one filing with its amounts'
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from tax" -f -a "download" -d 'Download the assessment or the return of a filing as a PDF'
complete -c eprospera -n "__fish_eprospera_using_subcommand api" -s X -l method -d 'Set the method, as in curl' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand api" -s f -l raw-field -d 'Add a string field (can be repeated)' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand api" -s F -l field -d 'Add a typed field: number, true, false, null or `@FILE` (can be repeated)' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand api" -s H -l header -d 'Add a request header (can be repeated)' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand api" -l input -d 'Send a file as the body, or stdin with `-`; fields then go to the query' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand api" -l profile -d 'Use this profile [env: EPROSPERA_PROFILE] [default: default]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand api" -l issuer -d 'Use this issuer: https, or http on this machine [env: EPROSPERA_ISSUER]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand api" -l client-id -d 'Use the client ID that the provider gave you [env: EPROSPERA_CLIENT_ID]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand api" -l redirect-uri -d 'Use this registered redirect URI (can be repeated) [env: EPROSPERA_REDIRECT_URI]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand api" -l store -d 'Keep the session in this store [env: EPROSPERA_STORE]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand api" -l output -d 'Choose the output format [env: EPROSPERA_OUTPUT]' -r -f -a "auto\t'A table on a terminal, JSON when piped'
table\t'Words and tables for people'
json\t'JSON for scripts'"
complete -c eprospera -n "__fish_eprospera_using_subcommand api" -l jq -d 'Filter the JSON output with a jq expression' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand api" -l fields -d 'Show only these fields, such as `name,address.city`' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand api" -l ca-file -d 'Trust the certificates in this PEM file, too [env: EPROSPERA_CA_FILE]' -r -F
complete -c eprospera -n "__fish_eprospera_using_subcommand api" -l request-timeout -d 'Limit the time for one request [env: EPROSPERA_REQUEST_TIMEOUT] [default: 30s]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand api" -l retries -d 'Retry a read this often while the portal is busy or unreachable [env: EPROSPERA_RETRIES] [default: 3]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand api" -l color -d 'Choose when to use colours [env: NO_COLOR]' -r -f -a "auto\t'Colours on a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c eprospera -n "__fish_eprospera_using_subcommand api" -s i -l include -d 'Print the status line and headers of the response, too'
complete -c eprospera -n "__fish_eprospera_using_subcommand api" -l paginate -d 'Fetch all pages and print them as one document'
complete -c eprospera -n "__fish_eprospera_using_subcommand api" -l slurp -d 'Print the pages of `--paginate` as a list instead'
complete -c eprospera -n "__fish_eprospera_using_subcommand api" -l dry-run -d 'Print the request without sending it'
complete -c eprospera -n "__fish_eprospera_using_subcommand api" -l json -d 'Print JSON; the same as `--output json`'
complete -c eprospera -n "__fish_eprospera_using_subcommand api" -l no-input -d 'Never prompt and never open a browser [env: EPROSPERA_NO_INPUT, CI]'
complete -c eprospera -n "__fish_eprospera_using_subcommand api" -s v -l verbose -d 'Show more on stderr (can be repeated) [env: EPROSPERA_LOG]'
complete -c eprospera -n "__fish_eprospera_using_subcommand api" -s q -l quiet -d 'Show less on stderr'
complete -c eprospera -n "__fish_eprospera_using_subcommand api" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c eprospera -n "__fish_eprospera_using_subcommand introspect" -l profile -d 'Use this profile [env: EPROSPERA_PROFILE] [default: default]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand introspect" -l issuer -d 'Use this issuer: https, or http on this machine [env: EPROSPERA_ISSUER]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand introspect" -l client-id -d 'Use the client ID that the provider gave you [env: EPROSPERA_CLIENT_ID]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand introspect" -l redirect-uri -d 'Use this registered redirect URI (can be repeated) [env: EPROSPERA_REDIRECT_URI]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand introspect" -l store -d 'Keep the session in this store [env: EPROSPERA_STORE]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand introspect" -l output -d 'Choose the output format [env: EPROSPERA_OUTPUT]' -r -f -a "auto\t'A table on a terminal, JSON when piped'
table\t'Words and tables for people'
json\t'JSON for scripts'"
complete -c eprospera -n "__fish_eprospera_using_subcommand introspect" -l jq -d 'Filter the JSON output with a jq expression' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand introspect" -l fields -d 'Show only these fields, such as `name,address.city`' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand introspect" -l ca-file -d 'Trust the certificates in this PEM file, too [env: EPROSPERA_CA_FILE]' -r -F
complete -c eprospera -n "__fish_eprospera_using_subcommand introspect" -l request-timeout -d 'Limit the time for one request [env: EPROSPERA_REQUEST_TIMEOUT] [default: 30s]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand introspect" -l retries -d 'Retry a read this often while the portal is busy or unreachable [env: EPROSPERA_RETRIES] [default: 3]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand introspect" -l color -d 'Choose when to use colours [env: NO_COLOR]' -r -f -a "auto\t'Colours on a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c eprospera -n "__fish_eprospera_using_subcommand introspect" -l json -d 'Print JSON; the same as `--output json`'
complete -c eprospera -n "__fish_eprospera_using_subcommand introspect" -l no-input -d 'Never prompt and never open a browser [env: EPROSPERA_NO_INPUT, CI]'
complete -c eprospera -n "__fish_eprospera_using_subcommand introspect" -s v -l verbose -d 'Show more on stderr (can be repeated) [env: EPROSPERA_LOG]'
complete -c eprospera -n "__fish_eprospera_using_subcommand introspect" -s q -l quiet -d 'Show less on stderr'
complete -c eprospera -n "__fish_eprospera_using_subcommand introspect" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c eprospera -n "__fish_eprospera_using_subcommand exec" -l min-ttl -d 'Get a token that stays valid at least this long' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand exec" -l profile -d 'Use this profile [env: EPROSPERA_PROFILE] [default: default]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand exec" -l issuer -d 'Use this issuer: https, or http on this machine [env: EPROSPERA_ISSUER]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand exec" -l client-id -d 'Use the client ID that the provider gave you [env: EPROSPERA_CLIENT_ID]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand exec" -l redirect-uri -d 'Use this registered redirect URI (can be repeated) [env: EPROSPERA_REDIRECT_URI]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand exec" -l store -d 'Keep the session in this store [env: EPROSPERA_STORE]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand exec" -l output -d 'Choose the output format [env: EPROSPERA_OUTPUT]' -r -f -a "auto\t'A table on a terminal, JSON when piped'
table\t'Words and tables for people'
json\t'JSON for scripts'"
complete -c eprospera -n "__fish_eprospera_using_subcommand exec" -l jq -d 'Filter the JSON output with a jq expression' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand exec" -l fields -d 'Show only these fields, such as `name,address.city`' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand exec" -l ca-file -d 'Trust the certificates in this PEM file, too [env: EPROSPERA_CA_FILE]' -r -F
complete -c eprospera -n "__fish_eprospera_using_subcommand exec" -l request-timeout -d 'Limit the time for one request [env: EPROSPERA_REQUEST_TIMEOUT] [default: 30s]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand exec" -l retries -d 'Retry a read this often while the portal is busy or unreachable [env: EPROSPERA_RETRIES] [default: 3]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand exec" -l color -d 'Choose when to use colours [env: NO_COLOR]' -r -f -a "auto\t'Colours on a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c eprospera -n "__fish_eprospera_using_subcommand exec" -l json -d 'Print JSON; the same as `--output json`'
complete -c eprospera -n "__fish_eprospera_using_subcommand exec" -l no-input -d 'Never prompt and never open a browser [env: EPROSPERA_NO_INPUT, CI]'
complete -c eprospera -n "__fish_eprospera_using_subcommand exec" -s v -l verbose -d 'Show more on stderr (can be repeated) [env: EPROSPERA_LOG]'
complete -c eprospera -n "__fish_eprospera_using_subcommand exec" -s q -l quiet -d 'Show less on stderr'
complete -c eprospera -n "__fish_eprospera_using_subcommand exec" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c eprospera -n "__fish_eprospera_using_subcommand session; and not __fish_seen_subcommand_from export import restore rekey" -l profile -d 'Use this profile [env: EPROSPERA_PROFILE] [default: default]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand session; and not __fish_seen_subcommand_from export import restore rekey" -l issuer -d 'Use this issuer: https, or http on this machine [env: EPROSPERA_ISSUER]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand session; and not __fish_seen_subcommand_from export import restore rekey" -l client-id -d 'Use the client ID that the provider gave you [env: EPROSPERA_CLIENT_ID]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand session; and not __fish_seen_subcommand_from export import restore rekey" -l redirect-uri -d 'Use this registered redirect URI (can be repeated) [env: EPROSPERA_REDIRECT_URI]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand session; and not __fish_seen_subcommand_from export import restore rekey" -l store -d 'Keep the session in this store [env: EPROSPERA_STORE]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand session; and not __fish_seen_subcommand_from export import restore rekey" -l output -d 'Choose the output format [env: EPROSPERA_OUTPUT]' -r -f -a "auto\t'A table on a terminal, JSON when piped'
table\t'Words and tables for people'
json\t'JSON for scripts'"
complete -c eprospera -n "__fish_eprospera_using_subcommand session; and not __fish_seen_subcommand_from export import restore rekey" -l jq -d 'Filter the JSON output with a jq expression' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand session; and not __fish_seen_subcommand_from export import restore rekey" -l fields -d 'Show only these fields, such as `name,address.city`' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand session; and not __fish_seen_subcommand_from export import restore rekey" -l ca-file -d 'Trust the certificates in this PEM file, too [env: EPROSPERA_CA_FILE]' -r -F
complete -c eprospera -n "__fish_eprospera_using_subcommand session; and not __fish_seen_subcommand_from export import restore rekey" -l request-timeout -d 'Limit the time for one request [env: EPROSPERA_REQUEST_TIMEOUT] [default: 30s]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand session; and not __fish_seen_subcommand_from export import restore rekey" -l retries -d 'Retry a read this often while the portal is busy or unreachable [env: EPROSPERA_RETRIES] [default: 3]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand session; and not __fish_seen_subcommand_from export import restore rekey" -l color -d 'Choose when to use colours [env: NO_COLOR]' -r -f -a "auto\t'Colours on a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c eprospera -n "__fish_eprospera_using_subcommand session; and not __fish_seen_subcommand_from export import restore rekey" -l json -d 'Print JSON; the same as `--output json`'
complete -c eprospera -n "__fish_eprospera_using_subcommand session; and not __fish_seen_subcommand_from export import restore rekey" -l no-input -d 'Never prompt and never open a browser [env: EPROSPERA_NO_INPUT, CI]'
complete -c eprospera -n "__fish_eprospera_using_subcommand session; and not __fish_seen_subcommand_from export import restore rekey" -s v -l verbose -d 'Show more on stderr (can be repeated) [env: EPROSPERA_LOG]'
complete -c eprospera -n "__fish_eprospera_using_subcommand session; and not __fish_seen_subcommand_from export import restore rekey" -s q -l quiet -d 'Show less on stderr'
complete -c eprospera -n "__fish_eprospera_using_subcommand session; and not __fish_seen_subcommand_from export import restore rekey" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c eprospera -n "__fish_eprospera_using_subcommand session; and not __fish_seen_subcommand_from export import restore rekey" -f -a "export" -d 'Export your session to an encrypted file, and sign out here'
complete -c eprospera -n "__fish_eprospera_using_subcommand session; and not __fish_seen_subcommand_from export import restore rekey" -f -a "import" -d 'Import an exported session'
complete -c eprospera -n "__fish_eprospera_using_subcommand session; and not __fish_seen_subcommand_from export import restore rekey" -f -a "restore" -d 'Bring back an exported session that got lost on the way'
complete -c eprospera -n "__fish_eprospera_using_subcommand session; and not __fish_seen_subcommand_from export import restore rekey" -f -a "rekey" -d 'Change the key of the encrypted store'
complete -c eprospera -n "__fish_eprospera_using_subcommand session; and __fish_seen_subcommand_from export" -l profile -d 'Use this profile [env: EPROSPERA_PROFILE] [default: default]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand session; and __fish_seen_subcommand_from export" -l issuer -d 'Use this issuer: https, or http on this machine [env: EPROSPERA_ISSUER]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand session; and __fish_seen_subcommand_from export" -l client-id -d 'Use the client ID that the provider gave you [env: EPROSPERA_CLIENT_ID]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand session; and __fish_seen_subcommand_from export" -l redirect-uri -d 'Use this registered redirect URI (can be repeated) [env: EPROSPERA_REDIRECT_URI]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand session; and __fish_seen_subcommand_from export" -l store -d 'Keep the session in this store [env: EPROSPERA_STORE]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand session; and __fish_seen_subcommand_from export" -l output -d 'Choose the output format [env: EPROSPERA_OUTPUT]' -r -f -a "auto\t'A table on a terminal, JSON when piped'
table\t'Words and tables for people'
json\t'JSON for scripts'"
complete -c eprospera -n "__fish_eprospera_using_subcommand session; and __fish_seen_subcommand_from export" -l jq -d 'Filter the JSON output with a jq expression' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand session; and __fish_seen_subcommand_from export" -l fields -d 'Show only these fields, such as `name,address.city`' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand session; and __fish_seen_subcommand_from export" -l ca-file -d 'Trust the certificates in this PEM file, too [env: EPROSPERA_CA_FILE]' -r -F
complete -c eprospera -n "__fish_eprospera_using_subcommand session; and __fish_seen_subcommand_from export" -l request-timeout -d 'Limit the time for one request [env: EPROSPERA_REQUEST_TIMEOUT] [default: 30s]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand session; and __fish_seen_subcommand_from export" -l retries -d 'Retry a read this often while the portal is busy or unreachable [env: EPROSPERA_RETRIES] [default: 3]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand session; and __fish_seen_subcommand_from export" -l color -d 'Choose when to use colours [env: NO_COLOR]' -r -f -a "auto\t'Colours on a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c eprospera -n "__fish_eprospera_using_subcommand session; and __fish_seen_subcommand_from export" -l copy -d 'Keep the session here as well; if both copies are used, the second refresh ends both'
complete -c eprospera -n "__fish_eprospera_using_subcommand session; and __fish_seen_subcommand_from export" -l json -d 'Print JSON; the same as `--output json`'
complete -c eprospera -n "__fish_eprospera_using_subcommand session; and __fish_seen_subcommand_from export" -l no-input -d 'Never prompt and never open a browser [env: EPROSPERA_NO_INPUT, CI]'
complete -c eprospera -n "__fish_eprospera_using_subcommand session; and __fish_seen_subcommand_from export" -s v -l verbose -d 'Show more on stderr (can be repeated) [env: EPROSPERA_LOG]'
complete -c eprospera -n "__fish_eprospera_using_subcommand session; and __fish_seen_subcommand_from export" -s q -l quiet -d 'Show less on stderr'
complete -c eprospera -n "__fish_eprospera_using_subcommand session; and __fish_seen_subcommand_from export" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c eprospera -n "__fish_eprospera_using_subcommand session; and __fish_seen_subcommand_from import" -l profile -d 'Use this profile [env: EPROSPERA_PROFILE] [default: default]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand session; and __fish_seen_subcommand_from import" -l issuer -d 'Use this issuer: https, or http on this machine [env: EPROSPERA_ISSUER]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand session; and __fish_seen_subcommand_from import" -l client-id -d 'Use the client ID that the provider gave you [env: EPROSPERA_CLIENT_ID]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand session; and __fish_seen_subcommand_from import" -l redirect-uri -d 'Use this registered redirect URI (can be repeated) [env: EPROSPERA_REDIRECT_URI]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand session; and __fish_seen_subcommand_from import" -l store -d 'Keep the session in this store [env: EPROSPERA_STORE]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand session; and __fish_seen_subcommand_from import" -l output -d 'Choose the output format [env: EPROSPERA_OUTPUT]' -r -f -a "auto\t'A table on a terminal, JSON when piped'
table\t'Words and tables for people'
json\t'JSON for scripts'"
complete -c eprospera -n "__fish_eprospera_using_subcommand session; and __fish_seen_subcommand_from import" -l jq -d 'Filter the JSON output with a jq expression' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand session; and __fish_seen_subcommand_from import" -l fields -d 'Show only these fields, such as `name,address.city`' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand session; and __fish_seen_subcommand_from import" -l ca-file -d 'Trust the certificates in this PEM file, too [env: EPROSPERA_CA_FILE]' -r -F
complete -c eprospera -n "__fish_eprospera_using_subcommand session; and __fish_seen_subcommand_from import" -l request-timeout -d 'Limit the time for one request [env: EPROSPERA_REQUEST_TIMEOUT] [default: 30s]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand session; and __fish_seen_subcommand_from import" -l retries -d 'Retry a read this often while the portal is busy or unreachable [env: EPROSPERA_RETRIES] [default: 3]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand session; and __fish_seen_subcommand_from import" -l color -d 'Choose when to use colours [env: NO_COLOR]' -r -f -a "auto\t'Colours on a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c eprospera -n "__fish_eprospera_using_subcommand session; and __fish_seen_subcommand_from import" -l replace -d 'Replace the session that is here, even of another account'
complete -c eprospera -n "__fish_eprospera_using_subcommand session; and __fish_seen_subcommand_from import" -l json -d 'Print JSON; the same as `--output json`'
complete -c eprospera -n "__fish_eprospera_using_subcommand session; and __fish_seen_subcommand_from import" -l no-input -d 'Never prompt and never open a browser [env: EPROSPERA_NO_INPUT, CI]'
complete -c eprospera -n "__fish_eprospera_using_subcommand session; and __fish_seen_subcommand_from import" -s v -l verbose -d 'Show more on stderr (can be repeated) [env: EPROSPERA_LOG]'
complete -c eprospera -n "__fish_eprospera_using_subcommand session; and __fish_seen_subcommand_from import" -s q -l quiet -d 'Show less on stderr'
complete -c eprospera -n "__fish_eprospera_using_subcommand session; and __fish_seen_subcommand_from import" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c eprospera -n "__fish_eprospera_using_subcommand session; and __fish_seen_subcommand_from restore" -l profile -d 'Use this profile [env: EPROSPERA_PROFILE] [default: default]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand session; and __fish_seen_subcommand_from restore" -l issuer -d 'Use this issuer: https, or http on this machine [env: EPROSPERA_ISSUER]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand session; and __fish_seen_subcommand_from restore" -l client-id -d 'Use the client ID that the provider gave you [env: EPROSPERA_CLIENT_ID]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand session; and __fish_seen_subcommand_from restore" -l redirect-uri -d 'Use this registered redirect URI (can be repeated) [env: EPROSPERA_REDIRECT_URI]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand session; and __fish_seen_subcommand_from restore" -l store -d 'Keep the session in this store [env: EPROSPERA_STORE]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand session; and __fish_seen_subcommand_from restore" -l output -d 'Choose the output format [env: EPROSPERA_OUTPUT]' -r -f -a "auto\t'A table on a terminal, JSON when piped'
table\t'Words and tables for people'
json\t'JSON for scripts'"
complete -c eprospera -n "__fish_eprospera_using_subcommand session; and __fish_seen_subcommand_from restore" -l jq -d 'Filter the JSON output with a jq expression' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand session; and __fish_seen_subcommand_from restore" -l fields -d 'Show only these fields, such as `name,address.city`' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand session; and __fish_seen_subcommand_from restore" -l ca-file -d 'Trust the certificates in this PEM file, too [env: EPROSPERA_CA_FILE]' -r -F
complete -c eprospera -n "__fish_eprospera_using_subcommand session; and __fish_seen_subcommand_from restore" -l request-timeout -d 'Limit the time for one request [env: EPROSPERA_REQUEST_TIMEOUT] [default: 30s]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand session; and __fish_seen_subcommand_from restore" -l retries -d 'Retry a read this often while the portal is busy or unreachable [env: EPROSPERA_RETRIES] [default: 3]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand session; and __fish_seen_subcommand_from restore" -l color -d 'Choose when to use colours [env: NO_COLOR]' -r -f -a "auto\t'Colours on a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c eprospera -n "__fish_eprospera_using_subcommand session; and __fish_seen_subcommand_from restore" -l json -d 'Print JSON; the same as `--output json`'
complete -c eprospera -n "__fish_eprospera_using_subcommand session; and __fish_seen_subcommand_from restore" -l no-input -d 'Never prompt and never open a browser [env: EPROSPERA_NO_INPUT, CI]'
complete -c eprospera -n "__fish_eprospera_using_subcommand session; and __fish_seen_subcommand_from restore" -s v -l verbose -d 'Show more on stderr (can be repeated) [env: EPROSPERA_LOG]'
complete -c eprospera -n "__fish_eprospera_using_subcommand session; and __fish_seen_subcommand_from restore" -s q -l quiet -d 'Show less on stderr'
complete -c eprospera -n "__fish_eprospera_using_subcommand session; and __fish_seen_subcommand_from restore" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c eprospera -n "__fish_eprospera_using_subcommand session; and __fish_seen_subcommand_from rekey" -l generate -d 'Generate a random key and write it to this new file' -r -F
complete -c eprospera -n "__fish_eprospera_using_subcommand session; and __fish_seen_subcommand_from rekey" -l profile -d 'Use this profile [env: EPROSPERA_PROFILE] [default: default]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand session; and __fish_seen_subcommand_from rekey" -l issuer -d 'Use this issuer: https, or http on this machine [env: EPROSPERA_ISSUER]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand session; and __fish_seen_subcommand_from rekey" -l client-id -d 'Use the client ID that the provider gave you [env: EPROSPERA_CLIENT_ID]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand session; and __fish_seen_subcommand_from rekey" -l redirect-uri -d 'Use this registered redirect URI (can be repeated) [env: EPROSPERA_REDIRECT_URI]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand session; and __fish_seen_subcommand_from rekey" -l store -d 'Keep the session in this store [env: EPROSPERA_STORE]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand session; and __fish_seen_subcommand_from rekey" -l output -d 'Choose the output format [env: EPROSPERA_OUTPUT]' -r -f -a "auto\t'A table on a terminal, JSON when piped'
table\t'Words and tables for people'
json\t'JSON for scripts'"
complete -c eprospera -n "__fish_eprospera_using_subcommand session; and __fish_seen_subcommand_from rekey" -l jq -d 'Filter the JSON output with a jq expression' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand session; and __fish_seen_subcommand_from rekey" -l fields -d 'Show only these fields, such as `name,address.city`' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand session; and __fish_seen_subcommand_from rekey" -l ca-file -d 'Trust the certificates in this PEM file, too [env: EPROSPERA_CA_FILE]' -r -F
complete -c eprospera -n "__fish_eprospera_using_subcommand session; and __fish_seen_subcommand_from rekey" -l request-timeout -d 'Limit the time for one request [env: EPROSPERA_REQUEST_TIMEOUT] [default: 30s]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand session; and __fish_seen_subcommand_from rekey" -l retries -d 'Retry a read this often while the portal is busy or unreachable [env: EPROSPERA_RETRIES] [default: 3]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand session; and __fish_seen_subcommand_from rekey" -l color -d 'Choose when to use colours [env: NO_COLOR]' -r -f -a "auto\t'Colours on a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c eprospera -n "__fish_eprospera_using_subcommand session; and __fish_seen_subcommand_from rekey" -l json -d 'Print JSON; the same as `--output json`'
complete -c eprospera -n "__fish_eprospera_using_subcommand session; and __fish_seen_subcommand_from rekey" -l no-input -d 'Never prompt and never open a browser [env: EPROSPERA_NO_INPUT, CI]'
complete -c eprospera -n "__fish_eprospera_using_subcommand session; and __fish_seen_subcommand_from rekey" -s v -l verbose -d 'Show more on stderr (can be repeated) [env: EPROSPERA_LOG]'
complete -c eprospera -n "__fish_eprospera_using_subcommand session; and __fish_seen_subcommand_from rekey" -s q -l quiet -d 'Show less on stderr'
complete -c eprospera -n "__fish_eprospera_using_subcommand session; and __fish_seen_subcommand_from rekey" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and not __fish_seen_subcommand_from list show set unset use remove" -l profile -d 'Use this profile [env: EPROSPERA_PROFILE] [default: default]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and not __fish_seen_subcommand_from list show set unset use remove" -l issuer -d 'Use this issuer: https, or http on this machine [env: EPROSPERA_ISSUER]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and not __fish_seen_subcommand_from list show set unset use remove" -l client-id -d 'Use the client ID that the provider gave you [env: EPROSPERA_CLIENT_ID]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and not __fish_seen_subcommand_from list show set unset use remove" -l redirect-uri -d 'Use this registered redirect URI (can be repeated) [env: EPROSPERA_REDIRECT_URI]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and not __fish_seen_subcommand_from list show set unset use remove" -l store -d 'Keep the session in this store [env: EPROSPERA_STORE]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and not __fish_seen_subcommand_from list show set unset use remove" -l output -d 'Choose the output format [env: EPROSPERA_OUTPUT]' -r -f -a "auto\t'A table on a terminal, JSON when piped'
table\t'Words and tables for people'
json\t'JSON for scripts'"
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and not __fish_seen_subcommand_from list show set unset use remove" -l jq -d 'Filter the JSON output with a jq expression' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and not __fish_seen_subcommand_from list show set unset use remove" -l fields -d 'Show only these fields, such as `name,address.city`' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and not __fish_seen_subcommand_from list show set unset use remove" -l ca-file -d 'Trust the certificates in this PEM file, too [env: EPROSPERA_CA_FILE]' -r -F
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and not __fish_seen_subcommand_from list show set unset use remove" -l request-timeout -d 'Limit the time for one request [env: EPROSPERA_REQUEST_TIMEOUT] [default: 30s]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and not __fish_seen_subcommand_from list show set unset use remove" -l retries -d 'Retry a read this often while the portal is busy or unreachable [env: EPROSPERA_RETRIES] [default: 3]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and not __fish_seen_subcommand_from list show set unset use remove" -l color -d 'Choose when to use colours [env: NO_COLOR]' -r -f -a "auto\t'Colours on a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and not __fish_seen_subcommand_from list show set unset use remove" -l json -d 'Print JSON; the same as `--output json`'
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and not __fish_seen_subcommand_from list show set unset use remove" -l no-input -d 'Never prompt and never open a browser [env: EPROSPERA_NO_INPUT, CI]'
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and not __fish_seen_subcommand_from list show set unset use remove" -s v -l verbose -d 'Show more on stderr (can be repeated) [env: EPROSPERA_LOG]'
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and not __fish_seen_subcommand_from list show set unset use remove" -s q -l quiet -d 'Show less on stderr'
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and not __fish_seen_subcommand_from list show set unset use remove" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and not __fish_seen_subcommand_from list show set unset use remove" -f -a "list" -d 'List your profiles'
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and not __fish_seen_subcommand_from list show set unset use remove" -f -a "show" -d 'Show the settings of a profile'
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and not __fish_seen_subcommand_from list show set unset use remove" -f -a "set" -d 'Change a setting of the profile in use'
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and not __fish_seen_subcommand_from list show set unset use remove" -f -a "unset" -d 'Remove a setting from the profile in use'
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and not __fish_seen_subcommand_from list show set unset use remove" -f -a "use" -d 'Make a profile the default'
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and not __fish_seen_subcommand_from list show set unset use remove" -f -a "remove" -d 'Remove a profile from the configuration'
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and __fish_seen_subcommand_from list" -l profile -d 'Use this profile [env: EPROSPERA_PROFILE] [default: default]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and __fish_seen_subcommand_from list" -l issuer -d 'Use this issuer: https, or http on this machine [env: EPROSPERA_ISSUER]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and __fish_seen_subcommand_from list" -l client-id -d 'Use the client ID that the provider gave you [env: EPROSPERA_CLIENT_ID]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and __fish_seen_subcommand_from list" -l redirect-uri -d 'Use this registered redirect URI (can be repeated) [env: EPROSPERA_REDIRECT_URI]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and __fish_seen_subcommand_from list" -l store -d 'Keep the session in this store [env: EPROSPERA_STORE]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and __fish_seen_subcommand_from list" -l output -d 'Choose the output format [env: EPROSPERA_OUTPUT]' -r -f -a "auto\t'A table on a terminal, JSON when piped'
table\t'Words and tables for people'
json\t'JSON for scripts'"
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and __fish_seen_subcommand_from list" -l jq -d 'Filter the JSON output with a jq expression' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and __fish_seen_subcommand_from list" -l fields -d 'Show only these fields, such as `name,address.city`' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and __fish_seen_subcommand_from list" -l ca-file -d 'Trust the certificates in this PEM file, too [env: EPROSPERA_CA_FILE]' -r -F
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and __fish_seen_subcommand_from list" -l request-timeout -d 'Limit the time for one request [env: EPROSPERA_REQUEST_TIMEOUT] [default: 30s]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and __fish_seen_subcommand_from list" -l retries -d 'Retry a read this often while the portal is busy or unreachable [env: EPROSPERA_RETRIES] [default: 3]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and __fish_seen_subcommand_from list" -l color -d 'Choose when to use colours [env: NO_COLOR]' -r -f -a "auto\t'Colours on a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and __fish_seen_subcommand_from list" -l json -d 'Print JSON; the same as `--output json`'
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and __fish_seen_subcommand_from list" -l no-input -d 'Never prompt and never open a browser [env: EPROSPERA_NO_INPUT, CI]'
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Show more on stderr (can be repeated) [env: EPROSPERA_LOG]'
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Show less on stderr'
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and __fish_seen_subcommand_from show" -l profile -d 'Use this profile [env: EPROSPERA_PROFILE] [default: default]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and __fish_seen_subcommand_from show" -l issuer -d 'Use this issuer: https, or http on this machine [env: EPROSPERA_ISSUER]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and __fish_seen_subcommand_from show" -l client-id -d 'Use the client ID that the provider gave you [env: EPROSPERA_CLIENT_ID]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and __fish_seen_subcommand_from show" -l redirect-uri -d 'Use this registered redirect URI (can be repeated) [env: EPROSPERA_REDIRECT_URI]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and __fish_seen_subcommand_from show" -l store -d 'Keep the session in this store [env: EPROSPERA_STORE]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and __fish_seen_subcommand_from show" -l output -d 'Choose the output format [env: EPROSPERA_OUTPUT]' -r -f -a "auto\t'A table on a terminal, JSON when piped'
table\t'Words and tables for people'
json\t'JSON for scripts'"
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and __fish_seen_subcommand_from show" -l jq -d 'Filter the JSON output with a jq expression' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and __fish_seen_subcommand_from show" -l fields -d 'Show only these fields, such as `name,address.city`' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and __fish_seen_subcommand_from show" -l ca-file -d 'Trust the certificates in this PEM file, too [env: EPROSPERA_CA_FILE]' -r -F
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and __fish_seen_subcommand_from show" -l request-timeout -d 'Limit the time for one request [env: EPROSPERA_REQUEST_TIMEOUT] [default: 30s]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and __fish_seen_subcommand_from show" -l retries -d 'Retry a read this often while the portal is busy or unreachable [env: EPROSPERA_RETRIES] [default: 3]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and __fish_seen_subcommand_from show" -l color -d 'Choose when to use colours [env: NO_COLOR]' -r -f -a "auto\t'Colours on a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and __fish_seen_subcommand_from show" -l json -d 'Print JSON; the same as `--output json`'
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and __fish_seen_subcommand_from show" -l no-input -d 'Never prompt and never open a browser [env: EPROSPERA_NO_INPUT, CI]'
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and __fish_seen_subcommand_from show" -s v -l verbose -d 'Show more on stderr (can be repeated) [env: EPROSPERA_LOG]'
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Show less on stderr'
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and __fish_seen_subcommand_from set" -l profile -d 'Use this profile [env: EPROSPERA_PROFILE] [default: default]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and __fish_seen_subcommand_from set" -l issuer -d 'Use this issuer: https, or http on this machine [env: EPROSPERA_ISSUER]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and __fish_seen_subcommand_from set" -l client-id -d 'Use the client ID that the provider gave you [env: EPROSPERA_CLIENT_ID]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and __fish_seen_subcommand_from set" -l redirect-uri -d 'Use this registered redirect URI (can be repeated) [env: EPROSPERA_REDIRECT_URI]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and __fish_seen_subcommand_from set" -l store -d 'Keep the session in this store [env: EPROSPERA_STORE]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and __fish_seen_subcommand_from set" -l output -d 'Choose the output format [env: EPROSPERA_OUTPUT]' -r -f -a "auto\t'A table on a terminal, JSON when piped'
table\t'Words and tables for people'
json\t'JSON for scripts'"
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and __fish_seen_subcommand_from set" -l jq -d 'Filter the JSON output with a jq expression' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and __fish_seen_subcommand_from set" -l fields -d 'Show only these fields, such as `name,address.city`' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and __fish_seen_subcommand_from set" -l ca-file -d 'Trust the certificates in this PEM file, too [env: EPROSPERA_CA_FILE]' -r -F
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and __fish_seen_subcommand_from set" -l request-timeout -d 'Limit the time for one request [env: EPROSPERA_REQUEST_TIMEOUT] [default: 30s]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and __fish_seen_subcommand_from set" -l retries -d 'Retry a read this often while the portal is busy or unreachable [env: EPROSPERA_RETRIES] [default: 3]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and __fish_seen_subcommand_from set" -l color -d 'Choose when to use colours [env: NO_COLOR]' -r -f -a "auto\t'Colours on a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and __fish_seen_subcommand_from set" -l json -d 'Print JSON; the same as `--output json`'
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and __fish_seen_subcommand_from set" -l no-input -d 'Never prompt and never open a browser [env: EPROSPERA_NO_INPUT, CI]'
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and __fish_seen_subcommand_from set" -s v -l verbose -d 'Show more on stderr (can be repeated) [env: EPROSPERA_LOG]'
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and __fish_seen_subcommand_from set" -s q -l quiet -d 'Show less on stderr'
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and __fish_seen_subcommand_from set" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and __fish_seen_subcommand_from unset" -l profile -d 'Use this profile [env: EPROSPERA_PROFILE] [default: default]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and __fish_seen_subcommand_from unset" -l issuer -d 'Use this issuer: https, or http on this machine [env: EPROSPERA_ISSUER]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and __fish_seen_subcommand_from unset" -l client-id -d 'Use the client ID that the provider gave you [env: EPROSPERA_CLIENT_ID]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and __fish_seen_subcommand_from unset" -l redirect-uri -d 'Use this registered redirect URI (can be repeated) [env: EPROSPERA_REDIRECT_URI]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and __fish_seen_subcommand_from unset" -l store -d 'Keep the session in this store [env: EPROSPERA_STORE]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and __fish_seen_subcommand_from unset" -l output -d 'Choose the output format [env: EPROSPERA_OUTPUT]' -r -f -a "auto\t'A table on a terminal, JSON when piped'
table\t'Words and tables for people'
json\t'JSON for scripts'"
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and __fish_seen_subcommand_from unset" -l jq -d 'Filter the JSON output with a jq expression' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and __fish_seen_subcommand_from unset" -l fields -d 'Show only these fields, such as `name,address.city`' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and __fish_seen_subcommand_from unset" -l ca-file -d 'Trust the certificates in this PEM file, too [env: EPROSPERA_CA_FILE]' -r -F
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and __fish_seen_subcommand_from unset" -l request-timeout -d 'Limit the time for one request [env: EPROSPERA_REQUEST_TIMEOUT] [default: 30s]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and __fish_seen_subcommand_from unset" -l retries -d 'Retry a read this often while the portal is busy or unreachable [env: EPROSPERA_RETRIES] [default: 3]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and __fish_seen_subcommand_from unset" -l color -d 'Choose when to use colours [env: NO_COLOR]' -r -f -a "auto\t'Colours on a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and __fish_seen_subcommand_from unset" -l json -d 'Print JSON; the same as `--output json`'
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and __fish_seen_subcommand_from unset" -l no-input -d 'Never prompt and never open a browser [env: EPROSPERA_NO_INPUT, CI]'
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and __fish_seen_subcommand_from unset" -s v -l verbose -d 'Show more on stderr (can be repeated) [env: EPROSPERA_LOG]'
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and __fish_seen_subcommand_from unset" -s q -l quiet -d 'Show less on stderr'
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and __fish_seen_subcommand_from unset" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and __fish_seen_subcommand_from use" -l profile -d 'Use this profile [env: EPROSPERA_PROFILE] [default: default]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and __fish_seen_subcommand_from use" -l issuer -d 'Use this issuer: https, or http on this machine [env: EPROSPERA_ISSUER]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and __fish_seen_subcommand_from use" -l client-id -d 'Use the client ID that the provider gave you [env: EPROSPERA_CLIENT_ID]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and __fish_seen_subcommand_from use" -l redirect-uri -d 'Use this registered redirect URI (can be repeated) [env: EPROSPERA_REDIRECT_URI]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and __fish_seen_subcommand_from use" -l store -d 'Keep the session in this store [env: EPROSPERA_STORE]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and __fish_seen_subcommand_from use" -l output -d 'Choose the output format [env: EPROSPERA_OUTPUT]' -r -f -a "auto\t'A table on a terminal, JSON when piped'
table\t'Words and tables for people'
json\t'JSON for scripts'"
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and __fish_seen_subcommand_from use" -l jq -d 'Filter the JSON output with a jq expression' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and __fish_seen_subcommand_from use" -l fields -d 'Show only these fields, such as `name,address.city`' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and __fish_seen_subcommand_from use" -l ca-file -d 'Trust the certificates in this PEM file, too [env: EPROSPERA_CA_FILE]' -r -F
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and __fish_seen_subcommand_from use" -l request-timeout -d 'Limit the time for one request [env: EPROSPERA_REQUEST_TIMEOUT] [default: 30s]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and __fish_seen_subcommand_from use" -l retries -d 'Retry a read this often while the portal is busy or unreachable [env: EPROSPERA_RETRIES] [default: 3]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and __fish_seen_subcommand_from use" -l color -d 'Choose when to use colours [env: NO_COLOR]' -r -f -a "auto\t'Colours on a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and __fish_seen_subcommand_from use" -l json -d 'Print JSON; the same as `--output json`'
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and __fish_seen_subcommand_from use" -l no-input -d 'Never prompt and never open a browser [env: EPROSPERA_NO_INPUT, CI]'
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and __fish_seen_subcommand_from use" -s v -l verbose -d 'Show more on stderr (can be repeated) [env: EPROSPERA_LOG]'
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and __fish_seen_subcommand_from use" -s q -l quiet -d 'Show less on stderr'
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and __fish_seen_subcommand_from use" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and __fish_seen_subcommand_from remove" -l profile -d 'Use this profile [env: EPROSPERA_PROFILE] [default: default]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and __fish_seen_subcommand_from remove" -l issuer -d 'Use this issuer: https, or http on this machine [env: EPROSPERA_ISSUER]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and __fish_seen_subcommand_from remove" -l client-id -d 'Use the client ID that the provider gave you [env: EPROSPERA_CLIENT_ID]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and __fish_seen_subcommand_from remove" -l redirect-uri -d 'Use this registered redirect URI (can be repeated) [env: EPROSPERA_REDIRECT_URI]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and __fish_seen_subcommand_from remove" -l store -d 'Keep the session in this store [env: EPROSPERA_STORE]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and __fish_seen_subcommand_from remove" -l output -d 'Choose the output format [env: EPROSPERA_OUTPUT]' -r -f -a "auto\t'A table on a terminal, JSON when piped'
table\t'Words and tables for people'
json\t'JSON for scripts'"
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and __fish_seen_subcommand_from remove" -l jq -d 'Filter the JSON output with a jq expression' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and __fish_seen_subcommand_from remove" -l fields -d 'Show only these fields, such as `name,address.city`' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and __fish_seen_subcommand_from remove" -l ca-file -d 'Trust the certificates in this PEM file, too [env: EPROSPERA_CA_FILE]' -r -F
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and __fish_seen_subcommand_from remove" -l request-timeout -d 'Limit the time for one request [env: EPROSPERA_REQUEST_TIMEOUT] [default: 30s]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and __fish_seen_subcommand_from remove" -l retries -d 'Retry a read this often while the portal is busy or unreachable [env: EPROSPERA_RETRIES] [default: 3]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and __fish_seen_subcommand_from remove" -l color -d 'Choose when to use colours [env: NO_COLOR]' -r -f -a "auto\t'Colours on a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and __fish_seen_subcommand_from remove" -l json -d 'Print JSON; the same as `--output json`'
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and __fish_seen_subcommand_from remove" -l no-input -d 'Never prompt and never open a browser [env: EPROSPERA_NO_INPUT, CI]'
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and __fish_seen_subcommand_from remove" -s v -l verbose -d 'Show more on stderr (can be repeated) [env: EPROSPERA_LOG]'
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and __fish_seen_subcommand_from remove" -s q -l quiet -d 'Show less on stderr'
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and __fish_seen_subcommand_from remove" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c eprospera -n "__fish_eprospera_using_subcommand doctor" -l only -d 'Check only these groups' -r -f -a "program\t'This program and its place on PATH'
settings\t'The configuration and the variables'
folders\t'The folders for configuration, state and cache'
store\t'Where the session is stored'
clock\t'This machine\'s clock'
network\t'Proxy, DNS, TLS'
provider\t'What the provider publishes'
client\t'Client id and redirect URIs'
session\t'The session and what it opens'
opener\t'How `login` opens the browser'
terminal\t'The terminal'"
complete -c eprospera -n "__fish_eprospera_using_subcommand doctor" -l profile -d 'Use this profile [env: EPROSPERA_PROFILE] [default: default]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand doctor" -l issuer -d 'Use this issuer: https, or http on this machine [env: EPROSPERA_ISSUER]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand doctor" -l client-id -d 'Use the client ID that the provider gave you [env: EPROSPERA_CLIENT_ID]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand doctor" -l redirect-uri -d 'Use this registered redirect URI (can be repeated) [env: EPROSPERA_REDIRECT_URI]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand doctor" -l store -d 'Keep the session in this store [env: EPROSPERA_STORE]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand doctor" -l output -d 'Choose the output format [env: EPROSPERA_OUTPUT]' -r -f -a "auto\t'A table on a terminal, JSON when piped'
table\t'Words and tables for people'
json\t'JSON for scripts'"
complete -c eprospera -n "__fish_eprospera_using_subcommand doctor" -l jq -d 'Filter the JSON output with a jq expression' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand doctor" -l fields -d 'Show only these fields, such as `name,address.city`' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand doctor" -l ca-file -d 'Trust the certificates in this PEM file, too [env: EPROSPERA_CA_FILE]' -r -F
complete -c eprospera -n "__fish_eprospera_using_subcommand doctor" -l request-timeout -d 'Limit the time for one request [env: EPROSPERA_REQUEST_TIMEOUT] [default: 30s]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand doctor" -l retries -d 'Retry a read this often while the portal is busy or unreachable [env: EPROSPERA_RETRIES] [default: 3]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand doctor" -l color -d 'Choose when to use colours [env: NO_COLOR]' -r -f -a "auto\t'Colours on a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c eprospera -n "__fish_eprospera_using_subcommand doctor" -l offline -d 'Skip everything that needs the network'
complete -c eprospera -n "__fish_eprospera_using_subcommand doctor" -l report -d 'Print a report in Markdown for a bug report; it holds no secrets, names or addresses'
complete -c eprospera -n "__fish_eprospera_using_subcommand doctor" -l sandbox -d 'Check against a sandbox in this process, to tell this machine from the portal'
complete -c eprospera -n "__fish_eprospera_using_subcommand doctor" -l json -d 'Print JSON; the same as `--output json`'
complete -c eprospera -n "__fish_eprospera_using_subcommand doctor" -l no-input -d 'Never prompt and never open a browser [env: EPROSPERA_NO_INPUT, CI]'
complete -c eprospera -n "__fish_eprospera_using_subcommand doctor" -s v -l verbose -d 'Show more on stderr (can be repeated) [env: EPROSPERA_LOG]'
complete -c eprospera -n "__fish_eprospera_using_subcommand doctor" -s q -l quiet -d 'Show less on stderr'
complete -c eprospera -n "__fish_eprospera_using_subcommand doctor" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c eprospera -n "__fish_eprospera_using_subcommand explain" -l profile -d 'Use this profile [env: EPROSPERA_PROFILE] [default: default]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand explain" -l issuer -d 'Use this issuer: https, or http on this machine [env: EPROSPERA_ISSUER]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand explain" -l client-id -d 'Use the client ID that the provider gave you [env: EPROSPERA_CLIENT_ID]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand explain" -l redirect-uri -d 'Use this registered redirect URI (can be repeated) [env: EPROSPERA_REDIRECT_URI]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand explain" -l store -d 'Keep the session in this store [env: EPROSPERA_STORE]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand explain" -l output -d 'Choose the output format [env: EPROSPERA_OUTPUT]' -r -f -a "auto\t'A table on a terminal, JSON when piped'
table\t'Words and tables for people'
json\t'JSON for scripts'"
complete -c eprospera -n "__fish_eprospera_using_subcommand explain" -l jq -d 'Filter the JSON output with a jq expression' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand explain" -l fields -d 'Show only these fields, such as `name,address.city`' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand explain" -l ca-file -d 'Trust the certificates in this PEM file, too [env: EPROSPERA_CA_FILE]' -r -F
complete -c eprospera -n "__fish_eprospera_using_subcommand explain" -l request-timeout -d 'Limit the time for one request [env: EPROSPERA_REQUEST_TIMEOUT] [default: 30s]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand explain" -l retries -d 'Retry a read this often while the portal is busy or unreachable [env: EPROSPERA_RETRIES] [default: 3]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand explain" -l color -d 'Choose when to use colours [env: NO_COLOR]' -r -f -a "auto\t'Colours on a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c eprospera -n "__fish_eprospera_using_subcommand explain" -l json -d 'Print JSON; the same as `--output json`'
complete -c eprospera -n "__fish_eprospera_using_subcommand explain" -l no-input -d 'Never prompt and never open a browser [env: EPROSPERA_NO_INPUT, CI]'
complete -c eprospera -n "__fish_eprospera_using_subcommand explain" -s v -l verbose -d 'Show more on stderr (can be repeated) [env: EPROSPERA_LOG]'
complete -c eprospera -n "__fish_eprospera_using_subcommand explain" -s q -l quiet -d 'Show less on stderr'
complete -c eprospera -n "__fish_eprospera_using_subcommand explain" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c eprospera -n "__fish_eprospera_using_subcommand help" -l profile -d 'Use this profile [env: EPROSPERA_PROFILE] [default: default]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand help" -l issuer -d 'Use this issuer: https, or http on this machine [env: EPROSPERA_ISSUER]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand help" -l client-id -d 'Use the client ID that the provider gave you [env: EPROSPERA_CLIENT_ID]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand help" -l redirect-uri -d 'Use this registered redirect URI (can be repeated) [env: EPROSPERA_REDIRECT_URI]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand help" -l store -d 'Keep the session in this store [env: EPROSPERA_STORE]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand help" -l output -d 'Choose the output format [env: EPROSPERA_OUTPUT]' -r -f -a "auto\t'A table on a terminal, JSON when piped'
table\t'Words and tables for people'
json\t'JSON for scripts'"
complete -c eprospera -n "__fish_eprospera_using_subcommand help" -l jq -d 'Filter the JSON output with a jq expression' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand help" -l fields -d 'Show only these fields, such as `name,address.city`' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand help" -l ca-file -d 'Trust the certificates in this PEM file, too [env: EPROSPERA_CA_FILE]' -r -F
complete -c eprospera -n "__fish_eprospera_using_subcommand help" -l request-timeout -d 'Limit the time for one request [env: EPROSPERA_REQUEST_TIMEOUT] [default: 30s]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand help" -l retries -d 'Retry a read this often while the portal is busy or unreachable [env: EPROSPERA_RETRIES] [default: 3]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand help" -l color -d 'Choose when to use colours [env: NO_COLOR]' -r -f -a "auto\t'Colours on a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c eprospera -n "__fish_eprospera_using_subcommand help" -l json -d 'Print JSON; the same as `--output json`'
complete -c eprospera -n "__fish_eprospera_using_subcommand help" -l no-input -d 'Never prompt and never open a browser [env: EPROSPERA_NO_INPUT, CI]'
complete -c eprospera -n "__fish_eprospera_using_subcommand help" -s v -l verbose -d 'Show more on stderr (can be repeated) [env: EPROSPERA_LOG]'
complete -c eprospera -n "__fish_eprospera_using_subcommand help" -s q -l quiet -d 'Show less on stderr'
complete -c eprospera -n "__fish_eprospera_using_subcommand help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c eprospera -n "__fish_eprospera_using_subcommand man" -l profile -d 'Use this profile [env: EPROSPERA_PROFILE] [default: default]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand man" -l issuer -d 'Use this issuer: https, or http on this machine [env: EPROSPERA_ISSUER]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand man" -l client-id -d 'Use the client ID that the provider gave you [env: EPROSPERA_CLIENT_ID]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand man" -l redirect-uri -d 'Use this registered redirect URI (can be repeated) [env: EPROSPERA_REDIRECT_URI]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand man" -l store -d 'Keep the session in this store [env: EPROSPERA_STORE]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand man" -l output -d 'Choose the output format [env: EPROSPERA_OUTPUT]' -r -f -a "auto\t'A table on a terminal, JSON when piped'
table\t'Words and tables for people'
json\t'JSON for scripts'"
complete -c eprospera -n "__fish_eprospera_using_subcommand man" -l jq -d 'Filter the JSON output with a jq expression' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand man" -l fields -d 'Show only these fields, such as `name,address.city`' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand man" -l ca-file -d 'Trust the certificates in this PEM file, too [env: EPROSPERA_CA_FILE]' -r -F
complete -c eprospera -n "__fish_eprospera_using_subcommand man" -l request-timeout -d 'Limit the time for one request [env: EPROSPERA_REQUEST_TIMEOUT] [default: 30s]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand man" -l retries -d 'Retry a read this often while the portal is busy or unreachable [env: EPROSPERA_RETRIES] [default: 3]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand man" -l color -d 'Choose when to use colours [env: NO_COLOR]' -r -f -a "auto\t'Colours on a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c eprospera -n "__fish_eprospera_using_subcommand man" -l json -d 'Print JSON; the same as `--output json`'
complete -c eprospera -n "__fish_eprospera_using_subcommand man" -l no-input -d 'Never prompt and never open a browser [env: EPROSPERA_NO_INPUT, CI]'
complete -c eprospera -n "__fish_eprospera_using_subcommand man" -s v -l verbose -d 'Show more on stderr (can be repeated) [env: EPROSPERA_LOG]'
complete -c eprospera -n "__fish_eprospera_using_subcommand man" -s q -l quiet -d 'Show less on stderr'
complete -c eprospera -n "__fish_eprospera_using_subcommand man" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c eprospera -n "__fish_eprospera_using_subcommand completions" -l profile -d 'Use this profile [env: EPROSPERA_PROFILE] [default: default]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand completions" -l issuer -d 'Use this issuer: https, or http on this machine [env: EPROSPERA_ISSUER]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand completions" -l client-id -d 'Use the client ID that the provider gave you [env: EPROSPERA_CLIENT_ID]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand completions" -l redirect-uri -d 'Use this registered redirect URI (can be repeated) [env: EPROSPERA_REDIRECT_URI]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand completions" -l store -d 'Keep the session in this store [env: EPROSPERA_STORE]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand completions" -l output -d 'Choose the output format [env: EPROSPERA_OUTPUT]' -r -f -a "auto\t'A table on a terminal, JSON when piped'
table\t'Words and tables for people'
json\t'JSON for scripts'"
complete -c eprospera -n "__fish_eprospera_using_subcommand completions" -l jq -d 'Filter the JSON output with a jq expression' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand completions" -l fields -d 'Show only these fields, such as `name,address.city`' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand completions" -l ca-file -d 'Trust the certificates in this PEM file, too [env: EPROSPERA_CA_FILE]' -r -F
complete -c eprospera -n "__fish_eprospera_using_subcommand completions" -l request-timeout -d 'Limit the time for one request [env: EPROSPERA_REQUEST_TIMEOUT] [default: 30s]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand completions" -l retries -d 'Retry a read this often while the portal is busy or unreachable [env: EPROSPERA_RETRIES] [default: 3]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand completions" -l color -d 'Choose when to use colours [env: NO_COLOR]' -r -f -a "auto\t'Colours on a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c eprospera -n "__fish_eprospera_using_subcommand completions" -l json -d 'Print JSON; the same as `--output json`'
complete -c eprospera -n "__fish_eprospera_using_subcommand completions" -l no-input -d 'Never prompt and never open a browser [env: EPROSPERA_NO_INPUT, CI]'
complete -c eprospera -n "__fish_eprospera_using_subcommand completions" -s v -l verbose -d 'Show more on stderr (can be repeated) [env: EPROSPERA_LOG]'
complete -c eprospera -n "__fish_eprospera_using_subcommand completions" -s q -l quiet -d 'Show less on stderr'
complete -c eprospera -n "__fish_eprospera_using_subcommand completions" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c eprospera -n "__fish_eprospera_using_subcommand sandbox; and not __fish_seen_subcommand_from exec" -l port -d 'Listen on this port' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand sandbox; and not __fish_seen_subcommand_from exec" -l auto-approve -d 'Sign in and consent without pages, as this persona or the first one' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand sandbox; and not __fish_seen_subcommand_from exec" -l data -d 'Add the people in this JSON or TOML file, before the built-in personas' -r -F
complete -c eprospera -n "__fish_eprospera_using_subcommand sandbox; and not __fish_seen_subcommand_from exec" -l access-ttl -d 'Set the lifetime of access tokens' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand sandbox; and not __fish_seen_subcommand_from exec" -l refresh-ttl -d 'Set the lifetime of refresh tokens' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand sandbox; and not __fish_seen_subcommand_from exec" -l code-ttl -d 'Set the lifetime of authorization codes' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand sandbox; and not __fish_seen_subcommand_from exec" -l device-ttl -d 'Set the lifetime of device codes' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand sandbox; and not __fish_seen_subcommand_from exec" -l device-interval -d 'Make devices wait this long between polls' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand sandbox; and not __fish_seen_subcommand_from exec" -l id-token-ttl -d 'Set the lifetime of ID tokens' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand sandbox; and not __fish_seen_subcommand_from exec" -l client -d 'Register a client: ID[:SECRET]=REDIRECT_URI,… (can be repeated)' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand sandbox; and not __fish_seen_subcommand_from exec" -l fault -d 'Fail on purpose, such as `token:500` (can be repeated)' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand sandbox; and not __fish_seen_subcommand_from exec" -l latency -d 'Wait before every response' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand sandbox; and not __fish_seen_subcommand_from exec" -l signing -d 'Sign ID tokens with this algorithm' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand sandbox; and not __fish_seen_subcommand_from exec" -l discovery -d 'Choose the discovery document' -r -f -a "full\t'Everything that newer portals announce'
short\t'As on older portals: no device grant, revocation, introspection or public clients'"
complete -c eprospera -n "__fish_eprospera_using_subcommand sandbox; and not __fish_seen_subcommand_from exec" -l missing-scope-status -d 'Answer with this status if a scope is missing' -r -f -a "403\t'As the portal specifies it'
401\t'As older documentation of the portal has it'"
complete -c eprospera -n "__fish_eprospera_using_subcommand sandbox; and not __fish_seen_subcommand_from exec" -l log -d 'Choose the format of the request log on stderr' -r -f -a "text\t'One line of text per request'
json\t'One JSON object per request'
none\t'No log'"
complete -c eprospera -n "__fish_eprospera_using_subcommand sandbox; and not __fish_seen_subcommand_from exec" -l profile -d 'Use this profile [env: EPROSPERA_PROFILE] [default: default]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand sandbox; and not __fish_seen_subcommand_from exec" -l issuer -d 'Use this issuer: https, or http on this machine [env: EPROSPERA_ISSUER]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand sandbox; and not __fish_seen_subcommand_from exec" -l client-id -d 'Use the client ID that the provider gave you [env: EPROSPERA_CLIENT_ID]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand sandbox; and not __fish_seen_subcommand_from exec" -l redirect-uri -d 'Use this registered redirect URI (can be repeated) [env: EPROSPERA_REDIRECT_URI]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand sandbox; and not __fish_seen_subcommand_from exec" -l store -d 'Keep the session in this store [env: EPROSPERA_STORE]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand sandbox; and not __fish_seen_subcommand_from exec" -l output -d 'Choose the output format [env: EPROSPERA_OUTPUT]' -r -f -a "auto\t'A table on a terminal, JSON when piped'
table\t'Words and tables for people'
json\t'JSON for scripts'"
complete -c eprospera -n "__fish_eprospera_using_subcommand sandbox; and not __fish_seen_subcommand_from exec" -l jq -d 'Filter the JSON output with a jq expression' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand sandbox; and not __fish_seen_subcommand_from exec" -l fields -d 'Show only these fields, such as `name,address.city`' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand sandbox; and not __fish_seen_subcommand_from exec" -l ca-file -d 'Trust the certificates in this PEM file, too [env: EPROSPERA_CA_FILE]' -r -F
complete -c eprospera -n "__fish_eprospera_using_subcommand sandbox; and not __fish_seen_subcommand_from exec" -l request-timeout -d 'Limit the time for one request [env: EPROSPERA_REQUEST_TIMEOUT] [default: 30s]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand sandbox; and not __fish_seen_subcommand_from exec" -l retries -d 'Retry a read this often while the portal is busy or unreachable [env: EPROSPERA_RETRIES] [default: 3]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand sandbox; and not __fish_seen_subcommand_from exec" -l color -d 'Choose when to use colours [env: NO_COLOR]' -r -f -a "auto\t'Colours on a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c eprospera -n "__fish_eprospera_using_subcommand sandbox; and not __fish_seen_subcommand_from exec" -l iss -d 'Send `iss` with each code or error, and announce it in discovery (RFC 9207)'
complete -c eprospera -n "__fish_eprospera_using_subcommand sandbox; and not __fish_seen_subcommand_from exec" -l json -d 'Print JSON; the same as `--output json`'
complete -c eprospera -n "__fish_eprospera_using_subcommand sandbox; and not __fish_seen_subcommand_from exec" -l no-input -d 'Never prompt and never open a browser [env: EPROSPERA_NO_INPUT, CI]'
complete -c eprospera -n "__fish_eprospera_using_subcommand sandbox; and not __fish_seen_subcommand_from exec" -s v -l verbose -d 'Show more on stderr (can be repeated) [env: EPROSPERA_LOG]'
complete -c eprospera -n "__fish_eprospera_using_subcommand sandbox; and not __fish_seen_subcommand_from exec" -s q -l quiet -d 'Show less on stderr'
complete -c eprospera -n "__fish_eprospera_using_subcommand sandbox; and not __fish_seen_subcommand_from exec" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c eprospera -n "__fish_eprospera_using_subcommand sandbox; and not __fish_seen_subcommand_from exec" -f -a "exec" -d 'Run a command against a sandbox of its own'
complete -c eprospera -n "__fish_eprospera_using_subcommand sandbox; and __fish_seen_subcommand_from exec" -l auto-approve -d 'Sign in and consent without pages, as this persona or the first one' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand sandbox; and __fish_seen_subcommand_from exec" -l data -d 'Add the people in this JSON or TOML file, before the built-in personas' -r -F
complete -c eprospera -n "__fish_eprospera_using_subcommand sandbox; and __fish_seen_subcommand_from exec" -l access-ttl -d 'Set the lifetime of access tokens' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand sandbox; and __fish_seen_subcommand_from exec" -l refresh-ttl -d 'Set the lifetime of refresh tokens' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand sandbox; and __fish_seen_subcommand_from exec" -l code-ttl -d 'Set the lifetime of authorization codes' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand sandbox; and __fish_seen_subcommand_from exec" -l device-ttl -d 'Set the lifetime of device codes' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand sandbox; and __fish_seen_subcommand_from exec" -l device-interval -d 'Make devices wait this long between polls' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand sandbox; and __fish_seen_subcommand_from exec" -l id-token-ttl -d 'Set the lifetime of ID tokens' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand sandbox; and __fish_seen_subcommand_from exec" -l client -d 'Register a client: ID[:SECRET]=REDIRECT_URI,… (can be repeated)' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand sandbox; and __fish_seen_subcommand_from exec" -l fault -d 'Fail on purpose, such as `token:500` (can be repeated)' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand sandbox; and __fish_seen_subcommand_from exec" -l latency -d 'Wait before every response' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand sandbox; and __fish_seen_subcommand_from exec" -l signing -d 'Sign ID tokens with this algorithm' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand sandbox; and __fish_seen_subcommand_from exec" -l discovery -d 'Choose the discovery document' -r -f -a "full\t'Everything that newer portals announce'
short\t'As on older portals: no device grant, revocation, introspection or public clients'"
complete -c eprospera -n "__fish_eprospera_using_subcommand sandbox; and __fish_seen_subcommand_from exec" -l missing-scope-status -d 'Answer with this status if a scope is missing' -r -f -a "403\t'As the portal specifies it'
401\t'As older documentation of the portal has it'"
complete -c eprospera -n "__fish_eprospera_using_subcommand sandbox; and __fish_seen_subcommand_from exec" -l log -d 'Choose the format of the request log on stderr' -r -f -a "text\t'One line of text per request'
json\t'One JSON object per request'
none\t'No log'"
complete -c eprospera -n "__fish_eprospera_using_subcommand sandbox; and __fish_seen_subcommand_from exec" -l profile -d 'Use this profile [env: EPROSPERA_PROFILE] [default: default]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand sandbox; and __fish_seen_subcommand_from exec" -l issuer -d 'Use this issuer: https, or http on this machine [env: EPROSPERA_ISSUER]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand sandbox; and __fish_seen_subcommand_from exec" -l client-id -d 'Use the client ID that the provider gave you [env: EPROSPERA_CLIENT_ID]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand sandbox; and __fish_seen_subcommand_from exec" -l redirect-uri -d 'Use this registered redirect URI (can be repeated) [env: EPROSPERA_REDIRECT_URI]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand sandbox; and __fish_seen_subcommand_from exec" -l store -d 'Keep the session in this store [env: EPROSPERA_STORE]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand sandbox; and __fish_seen_subcommand_from exec" -l output -d 'Choose the output format [env: EPROSPERA_OUTPUT]' -r -f -a "auto\t'A table on a terminal, JSON when piped'
table\t'Words and tables for people'
json\t'JSON for scripts'"
complete -c eprospera -n "__fish_eprospera_using_subcommand sandbox; and __fish_seen_subcommand_from exec" -l jq -d 'Filter the JSON output with a jq expression' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand sandbox; and __fish_seen_subcommand_from exec" -l fields -d 'Show only these fields, such as `name,address.city`' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand sandbox; and __fish_seen_subcommand_from exec" -l ca-file -d 'Trust the certificates in this PEM file, too [env: EPROSPERA_CA_FILE]' -r -F
complete -c eprospera -n "__fish_eprospera_using_subcommand sandbox; and __fish_seen_subcommand_from exec" -l request-timeout -d 'Limit the time for one request [env: EPROSPERA_REQUEST_TIMEOUT] [default: 30s]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand sandbox; and __fish_seen_subcommand_from exec" -l retries -d 'Retry a read this often while the portal is busy or unreachable [env: EPROSPERA_RETRIES] [default: 3]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand sandbox; and __fish_seen_subcommand_from exec" -l color -d 'Choose when to use colours [env: NO_COLOR]' -r -f -a "auto\t'Colours on a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c eprospera -n "__fish_eprospera_using_subcommand sandbox; and __fish_seen_subcommand_from exec" -l iss -d 'Send `iss` with each code or error, and announce it in discovery (RFC 9207)'
complete -c eprospera -n "__fish_eprospera_using_subcommand sandbox; and __fish_seen_subcommand_from exec" -l json -d 'Print JSON; the same as `--output json`'
complete -c eprospera -n "__fish_eprospera_using_subcommand sandbox; and __fish_seen_subcommand_from exec" -l no-input -d 'Never prompt and never open a browser [env: EPROSPERA_NO_INPUT, CI]'
complete -c eprospera -n "__fish_eprospera_using_subcommand sandbox; and __fish_seen_subcommand_from exec" -s v -l verbose -d 'Show more on stderr (can be repeated) [env: EPROSPERA_LOG]'
complete -c eprospera -n "__fish_eprospera_using_subcommand sandbox; and __fish_seen_subcommand_from exec" -s q -l quiet -d 'Show less on stderr'
complete -c eprospera -n "__fish_eprospera_using_subcommand sandbox; and __fish_seen_subcommand_from exec" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c eprospera -n "__fish_eprospera_using_subcommand demo" -l profile -d 'Use this profile [env: EPROSPERA_PROFILE] [default: default]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand demo" -l issuer -d 'Use this issuer: https, or http on this machine [env: EPROSPERA_ISSUER]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand demo" -l client-id -d 'Use the client ID that the provider gave you [env: EPROSPERA_CLIENT_ID]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand demo" -l redirect-uri -d 'Use this registered redirect URI (can be repeated) [env: EPROSPERA_REDIRECT_URI]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand demo" -l store -d 'Keep the session in this store [env: EPROSPERA_STORE]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand demo" -l output -d 'Choose the output format [env: EPROSPERA_OUTPUT]' -r -f -a "auto\t'A table on a terminal, JSON when piped'
table\t'Words and tables for people'
json\t'JSON for scripts'"
complete -c eprospera -n "__fish_eprospera_using_subcommand demo" -l jq -d 'Filter the JSON output with a jq expression' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand demo" -l fields -d 'Show only these fields, such as `name,address.city`' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand demo" -l ca-file -d 'Trust the certificates in this PEM file, too [env: EPROSPERA_CA_FILE]' -r -F
complete -c eprospera -n "__fish_eprospera_using_subcommand demo" -l request-timeout -d 'Limit the time for one request [env: EPROSPERA_REQUEST_TIMEOUT] [default: 30s]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand demo" -l retries -d 'Retry a read this often while the portal is busy or unreachable [env: EPROSPERA_RETRIES] [default: 3]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand demo" -l color -d 'Choose when to use colours [env: NO_COLOR]' -r -f -a "auto\t'Colours on a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c eprospera -n "__fish_eprospera_using_subcommand demo" -l json -d 'Print JSON; the same as `--output json`'
complete -c eprospera -n "__fish_eprospera_using_subcommand demo" -l no-input -d 'Never prompt and never open a browser [env: EPROSPERA_NO_INPUT, CI]'
complete -c eprospera -n "__fish_eprospera_using_subcommand demo" -s v -l verbose -d 'Show more on stderr (can be repeated) [env: EPROSPERA_LOG]'
complete -c eprospera -n "__fish_eprospera_using_subcommand demo" -s q -l quiet -d 'Show less on stderr'
complete -c eprospera -n "__fish_eprospera_using_subcommand demo" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and not __fish_seen_subcommand_from login logout status token refresh whoami" -l profile -d 'Use this profile [env: EPROSPERA_PROFILE] [default: default]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and not __fish_seen_subcommand_from login logout status token refresh whoami" -l issuer -d 'Use this issuer: https, or http on this machine [env: EPROSPERA_ISSUER]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and not __fish_seen_subcommand_from login logout status token refresh whoami" -l client-id -d 'Use the client ID that the provider gave you [env: EPROSPERA_CLIENT_ID]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and not __fish_seen_subcommand_from login logout status token refresh whoami" -l redirect-uri -d 'Use this registered redirect URI (can be repeated) [env: EPROSPERA_REDIRECT_URI]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and not __fish_seen_subcommand_from login logout status token refresh whoami" -l store -d 'Keep the session in this store [env: EPROSPERA_STORE]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and not __fish_seen_subcommand_from login logout status token refresh whoami" -l output -d 'Choose the output format [env: EPROSPERA_OUTPUT]' -r -f -a "auto\t'A table on a terminal, JSON when piped'
table\t'Words and tables for people'
json\t'JSON for scripts'"
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and not __fish_seen_subcommand_from login logout status token refresh whoami" -l jq -d 'Filter the JSON output with a jq expression' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and not __fish_seen_subcommand_from login logout status token refresh whoami" -l fields -d 'Show only these fields, such as `name,address.city`' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and not __fish_seen_subcommand_from login logout status token refresh whoami" -l ca-file -d 'Trust the certificates in this PEM file, too [env: EPROSPERA_CA_FILE]' -r -F
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and not __fish_seen_subcommand_from login logout status token refresh whoami" -l request-timeout -d 'Limit the time for one request [env: EPROSPERA_REQUEST_TIMEOUT] [default: 30s]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and not __fish_seen_subcommand_from login logout status token refresh whoami" -l retries -d 'Retry a read this often while the portal is busy or unreachable [env: EPROSPERA_RETRIES] [default: 3]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and not __fish_seen_subcommand_from login logout status token refresh whoami" -l color -d 'Choose when to use colours [env: NO_COLOR]' -r -f -a "auto\t'Colours on a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and not __fish_seen_subcommand_from login logout status token refresh whoami" -l json -d 'Print JSON; the same as `--output json`'
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and not __fish_seen_subcommand_from login logout status token refresh whoami" -l no-input -d 'Never prompt and never open a browser [env: EPROSPERA_NO_INPUT, CI]'
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and not __fish_seen_subcommand_from login logout status token refresh whoami" -s v -l verbose -d 'Show more on stderr (can be repeated) [env: EPROSPERA_LOG]'
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and not __fish_seen_subcommand_from login logout status token refresh whoami" -s q -l quiet -d 'Show less on stderr'
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and not __fish_seen_subcommand_from login logout status token refresh whoami" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and not __fish_seen_subcommand_from login logout status token refresh whoami" -f -a "login" -d 'Sign in; the same as `eprospera login`'
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and not __fish_seen_subcommand_from login logout status token refresh whoami" -f -a "logout" -d 'Sign out; the same as `eprospera logout`'
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and not __fish_seen_subcommand_from login logout status token refresh whoami" -f -a "status" -d 'Show the account in use; the same as `eprospera status`'
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and not __fish_seen_subcommand_from login logout status token refresh whoami" -f -a "token" -d 'Print a valid token; the same as `eprospera token`'
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and not __fish_seen_subcommand_from login logout status token refresh whoami" -f -a "refresh" -d 'Refresh the session now; the same as `eprospera refresh`'
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and not __fish_seen_subcommand_from login logout status token refresh whoami" -f -a "whoami" -d 'Show who is signed in; the same as `eprospera whoami`'
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and __fish_seen_subcommand_from login" -l scope -d 'Request these scopes, separated by spaces or commas' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and __fish_seen_subcommand_from login" -l add-scope -d 'Add this scope to your session (can be repeated)' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and __fish_seen_subcommand_from login" -l browser -d 'Open the sign-in address with this program [env: BROWSER]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and __fish_seen_subcommand_from login" -l response-mode -d 'Choose how the browser returns the answer' -r -f -a "query\t'In the query of the redirect URI'
fragment\t'In the fragment of the redirect URI'
form_post\t'As a form that the browser posts'"
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and __fish_seen_subcommand_from login" -l timeout -d 'Wait this long for the sign-in [default: 5m; with `--device`: until the code expires]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and __fish_seen_subcommand_from login" -l login-hint -d 'Suggest an account to the provider, such as an email address' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and __fish_seen_subcommand_from login" -l prompt -d 'Make the provider ask again, for `login` or `consent`' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and __fish_seen_subcommand_from login" -l max-age -d 'Require a sign-in at the provider that is at most this old' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and __fish_seen_subcommand_from login" -l profile -d 'Use this profile [env: EPROSPERA_PROFILE] [default: default]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and __fish_seen_subcommand_from login" -l issuer -d 'Use this issuer: https, or http on this machine [env: EPROSPERA_ISSUER]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and __fish_seen_subcommand_from login" -l client-id -d 'Use the client ID that the provider gave you [env: EPROSPERA_CLIENT_ID]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and __fish_seen_subcommand_from login" -l redirect-uri -d 'Use this registered redirect URI (can be repeated) [env: EPROSPERA_REDIRECT_URI]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and __fish_seen_subcommand_from login" -l store -d 'Keep the session in this store [env: EPROSPERA_STORE]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and __fish_seen_subcommand_from login" -l output -d 'Choose the output format [env: EPROSPERA_OUTPUT]' -r -f -a "auto\t'A table on a terminal, JSON when piped'
table\t'Words and tables for people'
json\t'JSON for scripts'"
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and __fish_seen_subcommand_from login" -l jq -d 'Filter the JSON output with a jq expression' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and __fish_seen_subcommand_from login" -l fields -d 'Show only these fields, such as `name,address.city`' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and __fish_seen_subcommand_from login" -l ca-file -d 'Trust the certificates in this PEM file, too [env: EPROSPERA_CA_FILE]' -r -F
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and __fish_seen_subcommand_from login" -l request-timeout -d 'Limit the time for one request [env: EPROSPERA_REQUEST_TIMEOUT] [default: 30s]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and __fish_seen_subcommand_from login" -l retries -d 'Retry a read this often while the portal is busy or unreachable [env: EPROSPERA_RETRIES] [default: 3]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and __fish_seen_subcommand_from login" -l color -d 'Choose when to use colours [env: NO_COLOR]' -r -f -a "auto\t'Colours on a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and __fish_seen_subcommand_from login" -l scopes-all -d 'Request every scope that the provider offers'
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and __fish_seen_subcommand_from login" -l device -d 'Sign in on another device, with an address and a code'
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and __fish_seen_subcommand_from login" -l qr -d 'Show the address of `--device` as a QR code, too'
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and __fish_seen_subcommand_from login" -l paste -d 'Don\'t start a listener; paste the final browser address instead'
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and __fish_seen_subcommand_from login" -l no-browser -d 'Print the sign-in address and open no browser'
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and __fish_seen_subcommand_from login" -l replace -d 'Replace the session of another account without asking'
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and __fish_seen_subcommand_from login" -l with-token -d 'Read a refresh token from stdin and use it, without a browser'
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and __fish_seen_subcommand_from login" -l json -d 'Print JSON; the same as `--output json`'
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and __fish_seen_subcommand_from login" -l no-input -d 'Never prompt and never open a browser [env: EPROSPERA_NO_INPUT, CI]'
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and __fish_seen_subcommand_from login" -s v -l verbose -d 'Show more on stderr (can be repeated) [env: EPROSPERA_LOG]'
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and __fish_seen_subcommand_from login" -s q -l quiet -d 'Show less on stderr'
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and __fish_seen_subcommand_from login" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and __fish_seen_subcommand_from logout" -l profile -d 'Use this profile [env: EPROSPERA_PROFILE] [default: default]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and __fish_seen_subcommand_from logout" -l issuer -d 'Use this issuer: https, or http on this machine [env: EPROSPERA_ISSUER]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and __fish_seen_subcommand_from logout" -l client-id -d 'Use the client ID that the provider gave you [env: EPROSPERA_CLIENT_ID]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and __fish_seen_subcommand_from logout" -l redirect-uri -d 'Use this registered redirect URI (can be repeated) [env: EPROSPERA_REDIRECT_URI]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and __fish_seen_subcommand_from logout" -l store -d 'Keep the session in this store [env: EPROSPERA_STORE]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and __fish_seen_subcommand_from logout" -l output -d 'Choose the output format [env: EPROSPERA_OUTPUT]' -r -f -a "auto\t'A table on a terminal, JSON when piped'
table\t'Words and tables for people'
json\t'JSON for scripts'"
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and __fish_seen_subcommand_from logout" -l jq -d 'Filter the JSON output with a jq expression' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and __fish_seen_subcommand_from logout" -l fields -d 'Show only these fields, such as `name,address.city`' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and __fish_seen_subcommand_from logout" -l ca-file -d 'Trust the certificates in this PEM file, too [env: EPROSPERA_CA_FILE]' -r -F
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and __fish_seen_subcommand_from logout" -l request-timeout -d 'Limit the time for one request [env: EPROSPERA_REQUEST_TIMEOUT] [default: 30s]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and __fish_seen_subcommand_from logout" -l retries -d 'Retry a read this often while the portal is busy or unreachable [env: EPROSPERA_RETRIES] [default: 3]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and __fish_seen_subcommand_from logout" -l color -d 'Choose when to use colours [env: NO_COLOR]' -r -f -a "auto\t'Colours on a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and __fish_seen_subcommand_from logout" -l all -d 'Sign out of every profile'
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and __fish_seen_subcommand_from logout" -l discard-unreadable -d 'Delete a session even if its key is lost; its tokens stay valid at the provider'
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and __fish_seen_subcommand_from logout" -l json -d 'Print JSON; the same as `--output json`'
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and __fish_seen_subcommand_from logout" -l no-input -d 'Never prompt and never open a browser [env: EPROSPERA_NO_INPUT, CI]'
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and __fish_seen_subcommand_from logout" -s v -l verbose -d 'Show more on stderr (can be repeated) [env: EPROSPERA_LOG]'
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and __fish_seen_subcommand_from logout" -s q -l quiet -d 'Show less on stderr'
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and __fish_seen_subcommand_from logout" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and __fish_seen_subcommand_from status" -l profile -d 'Use this profile [env: EPROSPERA_PROFILE] [default: default]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and __fish_seen_subcommand_from status" -l issuer -d 'Use this issuer: https, or http on this machine [env: EPROSPERA_ISSUER]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and __fish_seen_subcommand_from status" -l client-id -d 'Use the client ID that the provider gave you [env: EPROSPERA_CLIENT_ID]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and __fish_seen_subcommand_from status" -l redirect-uri -d 'Use this registered redirect URI (can be repeated) [env: EPROSPERA_REDIRECT_URI]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and __fish_seen_subcommand_from status" -l store -d 'Keep the session in this store [env: EPROSPERA_STORE]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and __fish_seen_subcommand_from status" -l output -d 'Choose the output format [env: EPROSPERA_OUTPUT]' -r -f -a "auto\t'A table on a terminal, JSON when piped'
table\t'Words and tables for people'
json\t'JSON for scripts'"
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and __fish_seen_subcommand_from status" -l jq -d 'Filter the JSON output with a jq expression' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and __fish_seen_subcommand_from status" -l fields -d 'Show only these fields, such as `name,address.city`' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and __fish_seen_subcommand_from status" -l ca-file -d 'Trust the certificates in this PEM file, too [env: EPROSPERA_CA_FILE]' -r -F
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and __fish_seen_subcommand_from status" -l request-timeout -d 'Limit the time for one request [env: EPROSPERA_REQUEST_TIMEOUT] [default: 30s]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and __fish_seen_subcommand_from status" -l retries -d 'Retry a read this often while the portal is busy or unreachable [env: EPROSPERA_RETRIES] [default: 3]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and __fish_seen_subcommand_from status" -l color -d 'Choose when to use colours [env: NO_COLOR]' -r -f -a "auto\t'Colours on a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and __fish_seen_subcommand_from status" -l check -d 'Ask the provider whether the session still works'
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and __fish_seen_subcommand_from status" -l json -d 'Print JSON; the same as `--output json`'
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and __fish_seen_subcommand_from status" -l no-input -d 'Never prompt and never open a browser [env: EPROSPERA_NO_INPUT, CI]'
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and __fish_seen_subcommand_from status" -s v -l verbose -d 'Show more on stderr (can be repeated) [env: EPROSPERA_LOG]'
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and __fish_seen_subcommand_from status" -s q -l quiet -d 'Show less on stderr'
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and __fish_seen_subcommand_from status" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and __fish_seen_subcommand_from token" -l type -d 'Choose the token' -r -f -a "access\t'The access token'
id\t'The ID token'"
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and __fish_seen_subcommand_from token" -l min-ttl -d 'Print a token that stays valid at least this long [default: 60s, or a third of its lifetime]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and __fish_seen_subcommand_from token" -l format -d 'Choose how to print it' -r -f -a "bare\t'The token and a newline'
header\t'`Authorization: Bearer …`'
json\t'A JSON object with its expiry'
env\t'`EPROSPERA_TOKEN=…`, for an environment file'"
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and __fish_seen_subcommand_from token" -l profile -d 'Use this profile [env: EPROSPERA_PROFILE] [default: default]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and __fish_seen_subcommand_from token" -l issuer -d 'Use this issuer: https, or http on this machine [env: EPROSPERA_ISSUER]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and __fish_seen_subcommand_from token" -l client-id -d 'Use the client ID that the provider gave you [env: EPROSPERA_CLIENT_ID]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and __fish_seen_subcommand_from token" -l redirect-uri -d 'Use this registered redirect URI (can be repeated) [env: EPROSPERA_REDIRECT_URI]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and __fish_seen_subcommand_from token" -l store -d 'Keep the session in this store [env: EPROSPERA_STORE]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and __fish_seen_subcommand_from token" -l output -d 'Choose the output format [env: EPROSPERA_OUTPUT]' -r -f -a "auto\t'A table on a terminal, JSON when piped'
table\t'Words and tables for people'
json\t'JSON for scripts'"
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and __fish_seen_subcommand_from token" -l jq -d 'Filter the JSON output with a jq expression' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and __fish_seen_subcommand_from token" -l fields -d 'Show only these fields, such as `name,address.city`' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and __fish_seen_subcommand_from token" -l ca-file -d 'Trust the certificates in this PEM file, too [env: EPROSPERA_CA_FILE]' -r -F
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and __fish_seen_subcommand_from token" -l request-timeout -d 'Limit the time for one request [env: EPROSPERA_REQUEST_TIMEOUT] [default: 30s]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and __fish_seen_subcommand_from token" -l retries -d 'Retry a read this often while the portal is busy or unreachable [env: EPROSPERA_RETRIES] [default: 3]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and __fish_seen_subcommand_from token" -l color -d 'Choose when to use colours [env: NO_COLOR]' -r -f -a "auto\t'Colours on a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and __fish_seen_subcommand_from token" -l json -d 'Print JSON; the same as `--output json`'
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and __fish_seen_subcommand_from token" -l no-input -d 'Never prompt and never open a browser [env: EPROSPERA_NO_INPUT, CI]'
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and __fish_seen_subcommand_from token" -s v -l verbose -d 'Show more on stderr (can be repeated) [env: EPROSPERA_LOG]'
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and __fish_seen_subcommand_from token" -s q -l quiet -d 'Show less on stderr'
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and __fish_seen_subcommand_from token" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and __fish_seen_subcommand_from refresh" -l scope -d 'Keep only these scopes, separated by spaces or commas' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and __fish_seen_subcommand_from refresh" -l profile -d 'Use this profile [env: EPROSPERA_PROFILE] [default: default]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and __fish_seen_subcommand_from refresh" -l issuer -d 'Use this issuer: https, or http on this machine [env: EPROSPERA_ISSUER]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and __fish_seen_subcommand_from refresh" -l client-id -d 'Use the client ID that the provider gave you [env: EPROSPERA_CLIENT_ID]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and __fish_seen_subcommand_from refresh" -l redirect-uri -d 'Use this registered redirect URI (can be repeated) [env: EPROSPERA_REDIRECT_URI]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and __fish_seen_subcommand_from refresh" -l store -d 'Keep the session in this store [env: EPROSPERA_STORE]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and __fish_seen_subcommand_from refresh" -l output -d 'Choose the output format [env: EPROSPERA_OUTPUT]' -r -f -a "auto\t'A table on a terminal, JSON when piped'
table\t'Words and tables for people'
json\t'JSON for scripts'"
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and __fish_seen_subcommand_from refresh" -l jq -d 'Filter the JSON output with a jq expression' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and __fish_seen_subcommand_from refresh" -l fields -d 'Show only these fields, such as `name,address.city`' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and __fish_seen_subcommand_from refresh" -l ca-file -d 'Trust the certificates in this PEM file, too [env: EPROSPERA_CA_FILE]' -r -F
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and __fish_seen_subcommand_from refresh" -l request-timeout -d 'Limit the time for one request [env: EPROSPERA_REQUEST_TIMEOUT] [default: 30s]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and __fish_seen_subcommand_from refresh" -l retries -d 'Retry a read this often while the portal is busy or unreachable [env: EPROSPERA_RETRIES] [default: 3]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and __fish_seen_subcommand_from refresh" -l color -d 'Choose when to use colours [env: NO_COLOR]' -r -f -a "auto\t'Colours on a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and __fish_seen_subcommand_from refresh" -l json -d 'Print JSON; the same as `--output json`'
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and __fish_seen_subcommand_from refresh" -l no-input -d 'Never prompt and never open a browser [env: EPROSPERA_NO_INPUT, CI]'
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and __fish_seen_subcommand_from refresh" -s v -l verbose -d 'Show more on stderr (can be repeated) [env: EPROSPERA_LOG]'
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and __fish_seen_subcommand_from refresh" -s q -l quiet -d 'Show less on stderr'
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and __fish_seen_subcommand_from refresh" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and __fish_seen_subcommand_from whoami" -l profile -d 'Use this profile [env: EPROSPERA_PROFILE] [default: default]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and __fish_seen_subcommand_from whoami" -l issuer -d 'Use this issuer: https, or http on this machine [env: EPROSPERA_ISSUER]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and __fish_seen_subcommand_from whoami" -l client-id -d 'Use the client ID that the provider gave you [env: EPROSPERA_CLIENT_ID]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and __fish_seen_subcommand_from whoami" -l redirect-uri -d 'Use this registered redirect URI (can be repeated) [env: EPROSPERA_REDIRECT_URI]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and __fish_seen_subcommand_from whoami" -l store -d 'Keep the session in this store [env: EPROSPERA_STORE]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and __fish_seen_subcommand_from whoami" -l output -d 'Choose the output format [env: EPROSPERA_OUTPUT]' -r -f -a "auto\t'A table on a terminal, JSON when piped'
table\t'Words and tables for people'
json\t'JSON for scripts'"
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and __fish_seen_subcommand_from whoami" -l jq -d 'Filter the JSON output with a jq expression' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and __fish_seen_subcommand_from whoami" -l fields -d 'Show only these fields, such as `name,address.city`' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and __fish_seen_subcommand_from whoami" -l ca-file -d 'Trust the certificates in this PEM file, too [env: EPROSPERA_CA_FILE]' -r -F
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and __fish_seen_subcommand_from whoami" -l request-timeout -d 'Limit the time for one request [env: EPROSPERA_REQUEST_TIMEOUT] [default: 30s]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and __fish_seen_subcommand_from whoami" -l retries -d 'Retry a read this often while the portal is busy or unreachable [env: EPROSPERA_RETRIES] [default: 3]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and __fish_seen_subcommand_from whoami" -l color -d 'Choose when to use colours [env: NO_COLOR]' -r -f -a "auto\t'Colours on a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and __fish_seen_subcommand_from whoami" -l json -d 'Print JSON; the same as `--output json`'
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and __fish_seen_subcommand_from whoami" -l no-input -d 'Never prompt and never open a browser [env: EPROSPERA_NO_INPUT, CI]'
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and __fish_seen_subcommand_from whoami" -s v -l verbose -d 'Show more on stderr (can be repeated) [env: EPROSPERA_LOG]'
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and __fish_seen_subcommand_from whoami" -s q -l quiet -d 'Show less on stderr'
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and __fish_seen_subcommand_from whoami" -s h -l help -d 'Print help (see more with \'--help\')'
