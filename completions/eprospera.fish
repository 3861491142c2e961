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

complete -c eprospera -n "__fish_eprospera_needs_command" -l profile -d 'Named profile [env: EPROSPERA_PROFILE] [default: default]' -r
complete -c eprospera -n "__fish_eprospera_needs_command" -l issuer -d 'Issuer; https, or http on a loopback host [env: EPROSPERA_ISSUER]' -r
complete -c eprospera -n "__fish_eprospera_needs_command" -l client-id -d 'Client id that the provider gave you [env: EPROSPERA_CLIENT_ID]' -r
complete -c eprospera -n "__fish_eprospera_needs_command" -l redirect-uri -d 'Registered redirect URI, in order of preference (can be repeated) [env: EPROSPERA_REDIRECT_URI]' -r
complete -c eprospera -n "__fish_eprospera_needs_command" -l store -d 'Credential store: keyring, encrypted-file, plain-file or command:PROGRAM [env: EPROSPERA_STORE]' -r
complete -c eprospera -n "__fish_eprospera_needs_command" -l output -d 'Output format [env: EPROSPERA_OUTPUT]' -r -f -a "auto\t'A table on a terminal, JSON when piped'
table\t'Words and tables for people'
json\t'JSON for scripts'"
complete -c eprospera -n "__fish_eprospera_needs_command" -l jq -d 'Filter the JSON answer with a jq expression; implies `--output json`' -r
complete -c eprospera -n "__fish_eprospera_needs_command" -l fields -d 'Show only these fields of the answer, such as `name,address.city`' -r
complete -c eprospera -n "__fish_eprospera_needs_command" -l ca-file -d 'PEM file with trust roots beside the machine\'s own [env: EPROSPERA_CA_FILE]' -r -F
complete -c eprospera -n "__fish_eprospera_needs_command" -l request-timeout -d 'Longest time for one request [env: EPROSPERA_REQUEST_TIMEOUT] [default: 30s]' -r
complete -c eprospera -n "__fish_eprospera_needs_command" -l retries -d 'How often a read is sent again while the portal is busy or out of reach [env: EPROSPERA_RETRIES] [default: 3]' -r
complete -c eprospera -n "__fish_eprospera_needs_command" -l color -d 'When to use colours [env: NO_COLOR]' -r -f -a "auto\t'Colours on a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c eprospera -n "__fish_eprospera_needs_command" -l json -d 'The same as `--output json`'
complete -c eprospera -n "__fish_eprospera_needs_command" -l no-input -d 'Never prompt, never open a browser by itself [env: EPROSPERA_NO_INPUT, CI]'
complete -c eprospera -n "__fish_eprospera_needs_command" -s v -l verbose -d 'Say more on stderr (can be repeated) [env: EPROSPERA_LOG]'
complete -c eprospera -n "__fish_eprospera_needs_command" -s q -l quiet -d 'Say less on stderr'
complete -c eprospera -n "__fish_eprospera_needs_command" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c eprospera -n "__fish_eprospera_needs_command" -s V -l version -d 'Print version'
complete -c eprospera -n "__fish_eprospera_needs_command" -f -a "login" -d 'Sign in through the browser and store the session'
complete -c eprospera -n "__fish_eprospera_needs_command" -f -a "logout" -d 'Revoke the tokens and delete the session'
complete -c eprospera -n "__fish_eprospera_needs_command" -f -a "status" -d 'Say which account, client and store are in use'
complete -c eprospera -n "__fish_eprospera_needs_command" -f -a "whoami" -d 'Show the signed-in user\'s profile (userinfo)'
complete -c eprospera -n "__fish_eprospera_needs_command" -f -a "token" -d 'Print a valid token'
complete -c eprospera -n "__fish_eprospera_needs_command" -f -a "refresh" -d 'Refresh the tokens now'
complete -c eprospera -n "__fish_eprospera_needs_command" -f -a "scopes" -d 'List the scopes: what each opens, and whether your session has it'
complete -c eprospera -n "__fish_eprospera_needs_command" -f -a "decode-id-token" -d 'Decode and verify an ID token'
complete -c eprospera -n "__fish_eprospera_needs_command" -f -a "me" -d 'Show your own data from the portal'
complete -c eprospera -n "__fish_eprospera_needs_command" -f -a "api" -d 'Ask any route of the portal with the session\'s token'
complete -c eprospera -n "__fish_eprospera_needs_command" -f -a "introspect" -d 'Ask the provider what it knows of a token'
complete -c eprospera -n "__fish_eprospera_needs_command" -f -a "exec" -d 'Run a command with a fresh access token in EPROSPERA_TOKEN'
complete -c eprospera -n "__fish_eprospera_needs_command" -f -a "session" -d 'Move the session between machines, or change the key of the encrypted store'
complete -c eprospera -n "__fish_eprospera_needs_command" -f -a "profile" -d 'Manage named profiles'
complete -c eprospera -n "__fish_eprospera_needs_command" -f -a "explain" -d 'Explain an error code: what it means, what causes it, and what to do'
complete -c eprospera -n "__fish_eprospera_needs_command" -f -a "completions" -d 'Print a shell completion script'
complete -c eprospera -n "__fish_eprospera_needs_command" -f -a "sandbox" -d 'Run the embedded local portal'
complete -c eprospera -n "__fish_eprospera_needs_command" -f -a "demo" -d 'Show the whole tool working, with nothing to set up'
complete -c eprospera -n "__fish_eprospera_needs_command" -f -a "auth" -d 'The official tool\'s names for login, logout and whoami'
complete -c eprospera -n "__fish_eprospera_needs_command" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c eprospera -n "__fish_eprospera_using_subcommand login" -l scope -d 'Scopes to ask for, separated by spaces or commas; `eprospera scopes` lists them' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand login" -l add-scope -d 'Ask for the scopes of the session and this one, such as `person.tax.read` (can be repeated)' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand login" -l browser -d 'Program that opens the URL, called with it as the only argument [env: BROWSER]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand login" -l response-mode -d 'How the answer comes back to this program' -r -f -a "query\t'In the query of the redirect'
fragment\t'In its fragment'
form_post\t'As a form that the browser posts'"
complete -c eprospera -n "__fish_eprospera_using_subcommand login" -l timeout -d 'How long to wait for the sign-in [default: 5m; with `--device` until the code expires]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand login" -l login-hint -d 'Account that the provider should offer first' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand login" -l prompt -d 'What the provider must ask again, such as `login` or `consent`' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand login" -l max-age -d 'Oldest sign-in at the provider that is accepted, in seconds' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand login" -l profile -d 'Named profile [env: EPROSPERA_PROFILE] [default: default]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand login" -l issuer -d 'Issuer; https, or http on a loopback host [env: EPROSPERA_ISSUER]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand login" -l client-id -d 'Client id that the provider gave you [env: EPROSPERA_CLIENT_ID]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand login" -l redirect-uri -d 'Registered redirect URI, in order of preference (can be repeated) [env: EPROSPERA_REDIRECT_URI]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand login" -l store -d 'Credential store: keyring, encrypted-file, plain-file or command:PROGRAM [env: EPROSPERA_STORE]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand login" -l output -d 'Output format [env: EPROSPERA_OUTPUT]' -r -f -a "auto\t'A table on a terminal, JSON when piped'
table\t'Words and tables for people'
json\t'JSON for scripts'"
complete -c eprospera -n "__fish_eprospera_using_subcommand login" -l jq -d 'Filter the JSON answer with a jq expression; implies `--output json`' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand login" -l fields -d 'Show only these fields of the answer, such as `name,address.city`' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand login" -l ca-file -d 'PEM file with trust roots beside the machine\'s own [env: EPROSPERA_CA_FILE]' -r -F
complete -c eprospera -n "__fish_eprospera_using_subcommand login" -l request-timeout -d 'Longest time for one request [env: EPROSPERA_REQUEST_TIMEOUT] [default: 30s]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand login" -l retries -d 'How often a read is sent again while the portal is busy or out of reach [env: EPROSPERA_RETRIES] [default: 3]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand login" -l color -d 'When to use colours [env: NO_COLOR]' -r -f -a "auto\t'Colours on a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c eprospera -n "__fish_eprospera_using_subcommand login" -l scopes-all -d 'Ask for every scope that the provider documents and offers'
complete -c eprospera -n "__fish_eprospera_using_subcommand login" -l device -d 'Sign in on any other device: shows an address and a code, and waits for the approval'
complete -c eprospera -n "__fish_eprospera_using_subcommand login" -l qr -d 'Draw the address of `--device` as a QR code'
complete -c eprospera -n "__fish_eprospera_using_subcommand login" -l paste -d 'Don\'t start a listener; paste the final browser address instead, or send it to stdin'
complete -c eprospera -n "__fish_eprospera_using_subcommand login" -l no-browser -d 'Print the URL only and open nothing'
complete -c eprospera -n "__fish_eprospera_using_subcommand login" -l replace -d 'Replace the session of another account without asking'
complete -c eprospera -n "__fish_eprospera_using_subcommand login" -l with-token -d 'Read a refresh token from stdin, use it at once, and open no browser'
complete -c eprospera -n "__fish_eprospera_using_subcommand login" -l json -d 'The same as `--output json`'
complete -c eprospera -n "__fish_eprospera_using_subcommand login" -l no-input -d 'Never prompt, never open a browser by itself [env: EPROSPERA_NO_INPUT, CI]'
complete -c eprospera -n "__fish_eprospera_using_subcommand login" -s v -l verbose -d 'Say more on stderr (can be repeated) [env: EPROSPERA_LOG]'
complete -c eprospera -n "__fish_eprospera_using_subcommand login" -s q -l quiet -d 'Say less on stderr'
complete -c eprospera -n "__fish_eprospera_using_subcommand login" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c eprospera -n "__fish_eprospera_using_subcommand logout" -l profile -d 'Named profile [env: EPROSPERA_PROFILE] [default: default]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand logout" -l issuer -d 'Issuer; https, or http on a loopback host [env: EPROSPERA_ISSUER]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand logout" -l client-id -d 'Client id that the provider gave you [env: EPROSPERA_CLIENT_ID]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand logout" -l redirect-uri -d 'Registered redirect URI, in order of preference (can be repeated) [env: EPROSPERA_REDIRECT_URI]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand logout" -l store -d 'Credential store: keyring, encrypted-file, plain-file or command:PROGRAM [env: EPROSPERA_STORE]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand logout" -l output -d 'Output format [env: EPROSPERA_OUTPUT]' -r -f -a "auto\t'A table on a terminal, JSON when piped'
table\t'Words and tables for people'
json\t'JSON for scripts'"
complete -c eprospera -n "__fish_eprospera_using_subcommand logout" -l jq -d 'Filter the JSON answer with a jq expression; implies `--output json`' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand logout" -l fields -d 'Show only these fields of the answer, such as `name,address.city`' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand logout" -l ca-file -d 'PEM file with trust roots beside the machine\'s own [env: EPROSPERA_CA_FILE]' -r -F
complete -c eprospera -n "__fish_eprospera_using_subcommand logout" -l request-timeout -d 'Longest time for one request [env: EPROSPERA_REQUEST_TIMEOUT] [default: 30s]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand logout" -l retries -d 'How often a read is sent again while the portal is busy or out of reach [env: EPROSPERA_RETRIES] [default: 3]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand logout" -l color -d 'When to use colours [env: NO_COLOR]' -r -f -a "auto\t'Colours on a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c eprospera -n "__fish_eprospera_using_subcommand logout" -l all -d 'Sign out of every profile'
complete -c eprospera -n "__fish_eprospera_using_subcommand logout" -l discard-unreadable -d 'Delete a session whose key is lost, too; its tokens stay valid at the provider'
complete -c eprospera -n "__fish_eprospera_using_subcommand logout" -l json -d 'The same as `--output json`'
complete -c eprospera -n "__fish_eprospera_using_subcommand logout" -l no-input -d 'Never prompt, never open a browser by itself [env: EPROSPERA_NO_INPUT, CI]'
complete -c eprospera -n "__fish_eprospera_using_subcommand logout" -s v -l verbose -d 'Say more on stderr (can be repeated) [env: EPROSPERA_LOG]'
complete -c eprospera -n "__fish_eprospera_using_subcommand logout" -s q -l quiet -d 'Say less on stderr'
complete -c eprospera -n "__fish_eprospera_using_subcommand logout" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c eprospera -n "__fish_eprospera_using_subcommand status" -l profile -d 'Named profile [env: EPROSPERA_PROFILE] [default: default]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand status" -l issuer -d 'Issuer; https, or http on a loopback host [env: EPROSPERA_ISSUER]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand status" -l client-id -d 'Client id that the provider gave you [env: EPROSPERA_CLIENT_ID]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand status" -l redirect-uri -d 'Registered redirect URI, in order of preference (can be repeated) [env: EPROSPERA_REDIRECT_URI]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand status" -l store -d 'Credential store: keyring, encrypted-file, plain-file or command:PROGRAM [env: EPROSPERA_STORE]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand status" -l output -d 'Output format [env: EPROSPERA_OUTPUT]' -r -f -a "auto\t'A table on a terminal, JSON when piped'
table\t'Words and tables for people'
json\t'JSON for scripts'"
complete -c eprospera -n "__fish_eprospera_using_subcommand status" -l jq -d 'Filter the JSON answer with a jq expression; implies `--output json`' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand status" -l fields -d 'Show only these fields of the answer, such as `name,address.city`' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand status" -l ca-file -d 'PEM file with trust roots beside the machine\'s own [env: EPROSPERA_CA_FILE]' -r -F
complete -c eprospera -n "__fish_eprospera_using_subcommand status" -l request-timeout -d 'Longest time for one request [env: EPROSPERA_REQUEST_TIMEOUT] [default: 30s]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand status" -l retries -d 'How often a read is sent again while the portal is busy or out of reach [env: EPROSPERA_RETRIES] [default: 3]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand status" -l color -d 'When to use colours [env: NO_COLOR]' -r -f -a "auto\t'Colours on a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c eprospera -n "__fish_eprospera_using_subcommand status" -l check -d 'Ask the provider whether the session still works'
complete -c eprospera -n "__fish_eprospera_using_subcommand status" -l json -d 'The same as `--output json`'
complete -c eprospera -n "__fish_eprospera_using_subcommand status" -l no-input -d 'Never prompt, never open a browser by itself [env: EPROSPERA_NO_INPUT, CI]'
complete -c eprospera -n "__fish_eprospera_using_subcommand status" -s v -l verbose -d 'Say more on stderr (can be repeated) [env: EPROSPERA_LOG]'
complete -c eprospera -n "__fish_eprospera_using_subcommand status" -s q -l quiet -d 'Say less on stderr'
complete -c eprospera -n "__fish_eprospera_using_subcommand status" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c eprospera -n "__fish_eprospera_using_subcommand whoami" -l profile -d 'Named profile [env: EPROSPERA_PROFILE] [default: default]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand whoami" -l issuer -d 'Issuer; https, or http on a loopback host [env: EPROSPERA_ISSUER]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand whoami" -l client-id -d 'Client id that the provider gave you [env: EPROSPERA_CLIENT_ID]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand whoami" -l redirect-uri -d 'Registered redirect URI, in order of preference (can be repeated) [env: EPROSPERA_REDIRECT_URI]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand whoami" -l store -d 'Credential store: keyring, encrypted-file, plain-file or command:PROGRAM [env: EPROSPERA_STORE]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand whoami" -l output -d 'Output format [env: EPROSPERA_OUTPUT]' -r -f -a "auto\t'A table on a terminal, JSON when piped'
table\t'Words and tables for people'
json\t'JSON for scripts'"
complete -c eprospera -n "__fish_eprospera_using_subcommand whoami" -l jq -d 'Filter the JSON answer with a jq expression; implies `--output json`' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand whoami" -l fields -d 'Show only these fields of the answer, such as `name,address.city`' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand whoami" -l ca-file -d 'PEM file with trust roots beside the machine\'s own [env: EPROSPERA_CA_FILE]' -r -F
complete -c eprospera -n "__fish_eprospera_using_subcommand whoami" -l request-timeout -d 'Longest time for one request [env: EPROSPERA_REQUEST_TIMEOUT] [default: 30s]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand whoami" -l retries -d 'How often a read is sent again while the portal is busy or out of reach [env: EPROSPERA_RETRIES] [default: 3]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand whoami" -l color -d 'When to use colours [env: NO_COLOR]' -r -f -a "auto\t'Colours on a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c eprospera -n "__fish_eprospera_using_subcommand whoami" -l json -d 'The same as `--output json`'
complete -c eprospera -n "__fish_eprospera_using_subcommand whoami" -l no-input -d 'Never prompt, never open a browser by itself [env: EPROSPERA_NO_INPUT, CI]'
complete -c eprospera -n "__fish_eprospera_using_subcommand whoami" -s v -l verbose -d 'Say more on stderr (can be repeated) [env: EPROSPERA_LOG]'
complete -c eprospera -n "__fish_eprospera_using_subcommand whoami" -s q -l quiet -d 'Say less on stderr'
complete -c eprospera -n "__fish_eprospera_using_subcommand whoami" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c eprospera -n "__fish_eprospera_using_subcommand token" -l type -d 'Which token' -r -f -a "access\t'The access token'
id\t'The ID token'"
complete -c eprospera -n "__fish_eprospera_using_subcommand token" -l min-ttl -d 'How long the token must stay valid [default: 60s, or a third of its lifetime]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand token" -l format -d 'How to print it' -r -f -a "bare\t'The token and a newline'
header\t'`Authorization: Bearer …`'
json\t'A JSON object with its expiry'
env\t'`EPROSPERA_TOKEN=…`, for an environment file'"
complete -c eprospera -n "__fish_eprospera_using_subcommand token" -l profile -d 'Named profile [env: EPROSPERA_PROFILE] [default: default]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand token" -l issuer -d 'Issuer; https, or http on a loopback host [env: EPROSPERA_ISSUER]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand token" -l client-id -d 'Client id that the provider gave you [env: EPROSPERA_CLIENT_ID]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand token" -l redirect-uri -d 'Registered redirect URI, in order of preference (can be repeated) [env: EPROSPERA_REDIRECT_URI]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand token" -l store -d 'Credential store: keyring, encrypted-file, plain-file or command:PROGRAM [env: EPROSPERA_STORE]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand token" -l output -d 'Output format [env: EPROSPERA_OUTPUT]' -r -f -a "auto\t'A table on a terminal, JSON when piped'
table\t'Words and tables for people'
json\t'JSON for scripts'"
complete -c eprospera -n "__fish_eprospera_using_subcommand token" -l jq -d 'Filter the JSON answer with a jq expression; implies `--output json`' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand token" -l fields -d 'Show only these fields of the answer, such as `name,address.city`' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand token" -l ca-file -d 'PEM file with trust roots beside the machine\'s own [env: EPROSPERA_CA_FILE]' -r -F
complete -c eprospera -n "__fish_eprospera_using_subcommand token" -l request-timeout -d 'Longest time for one request [env: EPROSPERA_REQUEST_TIMEOUT] [default: 30s]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand token" -l retries -d 'How often a read is sent again while the portal is busy or out of reach [env: EPROSPERA_RETRIES] [default: 3]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand token" -l color -d 'When to use colours [env: NO_COLOR]' -r -f -a "auto\t'Colours on a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c eprospera -n "__fish_eprospera_using_subcommand token" -l json -d 'The same as `--output json`'
complete -c eprospera -n "__fish_eprospera_using_subcommand token" -l no-input -d 'Never prompt, never open a browser by itself [env: EPROSPERA_NO_INPUT, CI]'
complete -c eprospera -n "__fish_eprospera_using_subcommand token" -s v -l verbose -d 'Say more on stderr (can be repeated) [env: EPROSPERA_LOG]'
complete -c eprospera -n "__fish_eprospera_using_subcommand token" -s q -l quiet -d 'Say less on stderr'
complete -c eprospera -n "__fish_eprospera_using_subcommand token" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c eprospera -n "__fish_eprospera_using_subcommand refresh" -l scope -d 'Keep only these scopes, separated by spaces or commas' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand refresh" -l profile -d 'Named profile [env: EPROSPERA_PROFILE] [default: default]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand refresh" -l issuer -d 'Issuer; https, or http on a loopback host [env: EPROSPERA_ISSUER]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand refresh" -l client-id -d 'Client id that the provider gave you [env: EPROSPERA_CLIENT_ID]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand refresh" -l redirect-uri -d 'Registered redirect URI, in order of preference (can be repeated) [env: EPROSPERA_REDIRECT_URI]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand refresh" -l store -d 'Credential store: keyring, encrypted-file, plain-file or command:PROGRAM [env: EPROSPERA_STORE]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand refresh" -l output -d 'Output format [env: EPROSPERA_OUTPUT]' -r -f -a "auto\t'A table on a terminal, JSON when piped'
table\t'Words and tables for people'
json\t'JSON for scripts'"
complete -c eprospera -n "__fish_eprospera_using_subcommand refresh" -l jq -d 'Filter the JSON answer with a jq expression; implies `--output json`' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand refresh" -l fields -d 'Show only these fields of the answer, such as `name,address.city`' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand refresh" -l ca-file -d 'PEM file with trust roots beside the machine\'s own [env: EPROSPERA_CA_FILE]' -r -F
complete -c eprospera -n "__fish_eprospera_using_subcommand refresh" -l request-timeout -d 'Longest time for one request [env: EPROSPERA_REQUEST_TIMEOUT] [default: 30s]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand refresh" -l retries -d 'How often a read is sent again while the portal is busy or out of reach [env: EPROSPERA_RETRIES] [default: 3]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand refresh" -l color -d 'When to use colours [env: NO_COLOR]' -r -f -a "auto\t'Colours on a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c eprospera -n "__fish_eprospera_using_subcommand refresh" -l json -d 'The same as `--output json`'
complete -c eprospera -n "__fish_eprospera_using_subcommand refresh" -l no-input -d 'Never prompt, never open a browser by itself [env: EPROSPERA_NO_INPUT, CI]'
complete -c eprospera -n "__fish_eprospera_using_subcommand refresh" -s v -l verbose -d 'Say more on stderr (can be repeated) [env: EPROSPERA_LOG]'
complete -c eprospera -n "__fish_eprospera_using_subcommand refresh" -s q -l quiet -d 'Say less on stderr'
complete -c eprospera -n "__fish_eprospera_using_subcommand refresh" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c eprospera -n "__fish_eprospera_using_subcommand scopes" -l profile -d 'Named profile [env: EPROSPERA_PROFILE] [default: default]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand scopes" -l issuer -d 'Issuer; https, or http on a loopback host [env: EPROSPERA_ISSUER]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand scopes" -l client-id -d 'Client id that the provider gave you [env: EPROSPERA_CLIENT_ID]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand scopes" -l redirect-uri -d 'Registered redirect URI, in order of preference (can be repeated) [env: EPROSPERA_REDIRECT_URI]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand scopes" -l store -d 'Credential store: keyring, encrypted-file, plain-file or command:PROGRAM [env: EPROSPERA_STORE]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand scopes" -l output -d 'Output format [env: EPROSPERA_OUTPUT]' -r -f -a "auto\t'A table on a terminal, JSON when piped'
table\t'Words and tables for people'
json\t'JSON for scripts'"
complete -c eprospera -n "__fish_eprospera_using_subcommand scopes" -l jq -d 'Filter the JSON answer with a jq expression; implies `--output json`' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand scopes" -l fields -d 'Show only these fields of the answer, such as `name,address.city`' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand scopes" -l ca-file -d 'PEM file with trust roots beside the machine\'s own [env: EPROSPERA_CA_FILE]' -r -F
complete -c eprospera -n "__fish_eprospera_using_subcommand scopes" -l request-timeout -d 'Longest time for one request [env: EPROSPERA_REQUEST_TIMEOUT] [default: 30s]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand scopes" -l retries -d 'How often a read is sent again while the portal is busy or out of reach [env: EPROSPERA_RETRIES] [default: 3]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand scopes" -l color -d 'When to use colours [env: NO_COLOR]' -r -f -a "auto\t'Colours on a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c eprospera -n "__fish_eprospera_using_subcommand scopes" -l json -d 'The same as `--output json`'
complete -c eprospera -n "__fish_eprospera_using_subcommand scopes" -l no-input -d 'Never prompt, never open a browser by itself [env: EPROSPERA_NO_INPUT, CI]'
complete -c eprospera -n "__fish_eprospera_using_subcommand scopes" -s v -l verbose -d 'Say more on stderr (can be repeated) [env: EPROSPERA_LOG]'
complete -c eprospera -n "__fish_eprospera_using_subcommand scopes" -s q -l quiet -d 'Say less on stderr'
complete -c eprospera -n "__fish_eprospera_using_subcommand scopes" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c eprospera -n "__fish_eprospera_using_subcommand decode-id-token" -l nonce -d 'The nonce that was sent' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand decode-id-token" -l audience -d 'The client that the token must be for' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand decode-id-token" -l profile -d 'Named profile [env: EPROSPERA_PROFILE] [default: default]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand decode-id-token" -l issuer -d 'Issuer; https, or http on a loopback host [env: EPROSPERA_ISSUER]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand decode-id-token" -l client-id -d 'Client id that the provider gave you [env: EPROSPERA_CLIENT_ID]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand decode-id-token" -l redirect-uri -d 'Registered redirect URI, in order of preference (can be repeated) [env: EPROSPERA_REDIRECT_URI]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand decode-id-token" -l store -d 'Credential store: keyring, encrypted-file, plain-file or command:PROGRAM [env: EPROSPERA_STORE]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand decode-id-token" -l output -d 'Output format [env: EPROSPERA_OUTPUT]' -r -f -a "auto\t'A table on a terminal, JSON when piped'
table\t'Words and tables for people'
json\t'JSON for scripts'"
complete -c eprospera -n "__fish_eprospera_using_subcommand decode-id-token" -l jq -d 'Filter the JSON answer with a jq expression; implies `--output json`' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand decode-id-token" -l fields -d 'Show only these fields of the answer, such as `name,address.city`' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand decode-id-token" -l ca-file -d 'PEM file with trust roots beside the machine\'s own [env: EPROSPERA_CA_FILE]' -r -F
complete -c eprospera -n "__fish_eprospera_using_subcommand decode-id-token" -l request-timeout -d 'Longest time for one request [env: EPROSPERA_REQUEST_TIMEOUT] [default: 30s]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand decode-id-token" -l retries -d 'How often a read is sent again while the portal is busy or out of reach [env: EPROSPERA_RETRIES] [default: 3]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand decode-id-token" -l color -d 'When to use colours [env: NO_COLOR]' -r -f -a "auto\t'Colours on a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c eprospera -n "__fish_eprospera_using_subcommand decode-id-token" -l no-verify -d 'Decode only'
complete -c eprospera -n "__fish_eprospera_using_subcommand decode-id-token" -l json -d 'The same as `--output json`'
complete -c eprospera -n "__fish_eprospera_using_subcommand decode-id-token" -l no-input -d 'Never prompt, never open a browser by itself [env: EPROSPERA_NO_INPUT, CI]'
complete -c eprospera -n "__fish_eprospera_using_subcommand decode-id-token" -s v -l verbose -d 'Say more on stderr (can be repeated) [env: EPROSPERA_LOG]'
complete -c eprospera -n "__fish_eprospera_using_subcommand decode-id-token" -s q -l quiet -d 'Say less on stderr'
complete -c eprospera -n "__fish_eprospera_using_subcommand decode-id-token" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and not __fish_seen_subcommand_from natural-person residency id-verification documents legal-entities tax help" -l profile -d 'Named profile [env: EPROSPERA_PROFILE] [default: default]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and not __fish_seen_subcommand_from natural-person residency id-verification documents legal-entities tax help" -l issuer -d 'Issuer; https, or http on a loopback host [env: EPROSPERA_ISSUER]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and not __fish_seen_subcommand_from natural-person residency id-verification documents legal-entities tax help" -l client-id -d 'Client id that the provider gave you [env: EPROSPERA_CLIENT_ID]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and not __fish_seen_subcommand_from natural-person residency id-verification documents legal-entities tax help" -l redirect-uri -d 'Registered redirect URI, in order of preference (can be repeated) [env: EPROSPERA_REDIRECT_URI]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and not __fish_seen_subcommand_from natural-person residency id-verification documents legal-entities tax help" -l store -d 'Credential store: keyring, encrypted-file, plain-file or command:PROGRAM [env: EPROSPERA_STORE]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and not __fish_seen_subcommand_from natural-person residency id-verification documents legal-entities tax help" -l output -d 'Output format [env: EPROSPERA_OUTPUT]' -r -f -a "auto\t'A table on a terminal, JSON when piped'
table\t'Words and tables for people'
json\t'JSON for scripts'"
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and not __fish_seen_subcommand_from natural-person residency id-verification documents legal-entities tax help" -l jq -d 'Filter the JSON answer with a jq expression; implies `--output json`' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and not __fish_seen_subcommand_from natural-person residency id-verification documents legal-entities tax help" -l fields -d 'Show only these fields of the answer, such as `name,address.city`' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and not __fish_seen_subcommand_from natural-person residency id-verification documents legal-entities tax help" -l ca-file -d 'PEM file with trust roots beside the machine\'s own [env: EPROSPERA_CA_FILE]' -r -F
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and not __fish_seen_subcommand_from natural-person residency id-verification documents legal-entities tax help" -l request-timeout -d 'Longest time for one request [env: EPROSPERA_REQUEST_TIMEOUT] [default: 30s]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and not __fish_seen_subcommand_from natural-person residency id-verification documents legal-entities tax help" -l retries -d 'How often a read is sent again while the portal is busy or out of reach [env: EPROSPERA_RETRIES] [default: 3]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and not __fish_seen_subcommand_from natural-person residency id-verification documents legal-entities tax help" -l color -d 'When to use colours [env: NO_COLOR]' -r -f -a "auto\t'Colours on a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and not __fish_seen_subcommand_from natural-person residency id-verification documents legal-entities tax help" -l json -d 'The same as `--output json`'
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and not __fish_seen_subcommand_from natural-person residency id-verification documents legal-entities tax help" -l no-input -d 'Never prompt, never open a browser by itself [env: EPROSPERA_NO_INPUT, CI]'
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and not __fish_seen_subcommand_from natural-person residency id-verification documents legal-entities tax help" -s v -l verbose -d 'Say more on stderr (can be repeated) [env: EPROSPERA_LOG]'
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and not __fish_seen_subcommand_from natural-person residency id-verification documents legal-entities tax help" -s q -l quiet -d 'Say less on stderr'
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and not __fish_seen_subcommand_from natural-person residency id-verification documents legal-entities tax help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and not __fish_seen_subcommand_from natural-person residency id-verification documents legal-entities tax help" -f -a "natural-person" -d 'Legal name, permit number, birth, citizenships, address'
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and not __fish_seen_subcommand_from natural-person residency id-verification documents legal-entities tax help" -f -a "residency" -d 'Whether you are a resident, of which kind, and since when'
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and not __fish_seen_subcommand_from natural-person residency id-verification documents legal-entities tax help" -f -a "id-verification" -d 'How your identity was verified, and with which document'
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and not __fish_seen_subcommand_from natural-person residency id-verification documents legal-entities tax help" -f -a "documents" -d 'Your documents, and the Agreement of Coexistence'
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and not __fish_seen_subcommand_from natural-person residency id-verification documents legal-entities tax help" -f -a "legal-entities" -d 'The legal entities that you shared at sign-in, or one of them'
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and not __fish_seen_subcommand_from natural-person residency id-verification documents legal-entities tax help" -f -a "tax" -d 'Tax obligations, elections and filings'
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and not __fish_seen_subcommand_from natural-person residency id-verification documents legal-entities tax help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from natural-person" -l profile -d 'Named profile [env: EPROSPERA_PROFILE] [default: default]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from natural-person" -l issuer -d 'Issuer; https, or http on a loopback host [env: EPROSPERA_ISSUER]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from natural-person" -l client-id -d 'Client id that the provider gave you [env: EPROSPERA_CLIENT_ID]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from natural-person" -l redirect-uri -d 'Registered redirect URI, in order of preference (can be repeated) [env: EPROSPERA_REDIRECT_URI]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from natural-person" -l store -d 'Credential store: keyring, encrypted-file, plain-file or command:PROGRAM [env: EPROSPERA_STORE]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from natural-person" -l output -d 'Output format [env: EPROSPERA_OUTPUT]' -r -f -a "auto\t'A table on a terminal, JSON when piped'
table\t'Words and tables for people'
json\t'JSON for scripts'"
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from natural-person" -l jq -d 'Filter the JSON answer with a jq expression; implies `--output json`' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from natural-person" -l fields -d 'Show only these fields of the answer, such as `name,address.city`' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from natural-person" -l ca-file -d 'PEM file with trust roots beside the machine\'s own [env: EPROSPERA_CA_FILE]' -r -F
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from natural-person" -l request-timeout -d 'Longest time for one request [env: EPROSPERA_REQUEST_TIMEOUT] [default: 30s]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from natural-person" -l retries -d 'How often a read is sent again while the portal is busy or out of reach [env: EPROSPERA_RETRIES] [default: 3]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from natural-person" -l color -d 'When to use colours [env: NO_COLOR]' -r -f -a "auto\t'Colours on a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from natural-person" -l json -d 'The same as `--output json`'
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from natural-person" -l no-input -d 'Never prompt, never open a browser by itself [env: EPROSPERA_NO_INPUT, CI]'
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from natural-person" -s v -l verbose -d 'Say more on stderr (can be repeated) [env: EPROSPERA_LOG]'
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from natural-person" -s q -l quiet -d 'Say less on stderr'
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from natural-person" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from residency" -l profile -d 'Named profile [env: EPROSPERA_PROFILE] [default: default]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from residency" -l issuer -d 'Issuer; https, or http on a loopback host [env: EPROSPERA_ISSUER]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from residency" -l client-id -d 'Client id that the provider gave you [env: EPROSPERA_CLIENT_ID]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from residency" -l redirect-uri -d 'Registered redirect URI, in order of preference (can be repeated) [env: EPROSPERA_REDIRECT_URI]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from residency" -l store -d 'Credential store: keyring, encrypted-file, plain-file or command:PROGRAM [env: EPROSPERA_STORE]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from residency" -l output -d 'Output format [env: EPROSPERA_OUTPUT]' -r -f -a "auto\t'A table on a terminal, JSON when piped'
table\t'Words and tables for people'
json\t'JSON for scripts'"
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from residency" -l jq -d 'Filter the JSON answer with a jq expression; implies `--output json`' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from residency" -l fields -d 'Show only these fields of the answer, such as `name,address.city`' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from residency" -l ca-file -d 'PEM file with trust roots beside the machine\'s own [env: EPROSPERA_CA_FILE]' -r -F
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from residency" -l request-timeout -d 'Longest time for one request [env: EPROSPERA_REQUEST_TIMEOUT] [default: 30s]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from residency" -l retries -d 'How often a read is sent again while the portal is busy or out of reach [env: EPROSPERA_RETRIES] [default: 3]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from residency" -l color -d 'When to use colours [env: NO_COLOR]' -r -f -a "auto\t'Colours on a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from residency" -l json -d 'The same as `--output json`'
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from residency" -l no-input -d 'Never prompt, never open a browser by itself [env: EPROSPERA_NO_INPUT, CI]'
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from residency" -s v -l verbose -d 'Say more on stderr (can be repeated) [env: EPROSPERA_LOG]'
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from residency" -s q -l quiet -d 'Say less on stderr'
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from residency" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from id-verification" -l download -d 'Download the files to this folder, and print the list of them' -r -F
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from id-verification" -l profile -d 'Named profile [env: EPROSPERA_PROFILE] [default: default]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from id-verification" -l issuer -d 'Issuer; https, or http on a loopback host [env: EPROSPERA_ISSUER]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from id-verification" -l client-id -d 'Client id that the provider gave you [env: EPROSPERA_CLIENT_ID]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from id-verification" -l redirect-uri -d 'Registered redirect URI, in order of preference (can be repeated) [env: EPROSPERA_REDIRECT_URI]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from id-verification" -l store -d 'Credential store: keyring, encrypted-file, plain-file or command:PROGRAM [env: EPROSPERA_STORE]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from id-verification" -l output -d 'Output format [env: EPROSPERA_OUTPUT]' -r -f -a "auto\t'A table on a terminal, JSON when piped'
table\t'Words and tables for people'
json\t'JSON for scripts'"
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from id-verification" -l jq -d 'Filter the JSON answer with a jq expression; implies `--output json`' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from id-verification" -l fields -d 'Show only these fields of the answer, such as `name,address.city`' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from id-verification" -l ca-file -d 'PEM file with trust roots beside the machine\'s own [env: EPROSPERA_CA_FILE]' -r -F
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from id-verification" -l request-timeout -d 'Longest time for one request [env: EPROSPERA_REQUEST_TIMEOUT] [default: 30s]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from id-verification" -l retries -d 'How often a read is sent again while the portal is busy or out of reach [env: EPROSPERA_RETRIES] [default: 3]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from id-verification" -l color -d 'When to use colours [env: NO_COLOR]' -r -f -a "auto\t'Colours on a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from id-verification" -l force -d 'Replace files that are there already'
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from id-verification" -l json -d 'The same as `--output json`'
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from id-verification" -l no-input -d 'Never prompt, never open a browser by itself [env: EPROSPERA_NO_INPUT, CI]'
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from id-verification" -s v -l verbose -d 'Say more on stderr (can be repeated) [env: EPROSPERA_LOG]'
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from id-verification" -s q -l quiet -d 'Say less on stderr'
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from id-verification" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from documents" -l download -d 'Download the files to this folder, and print the list of them' -r -F
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from documents" -l profile -d 'Named profile [env: EPROSPERA_PROFILE] [default: default]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from documents" -l issuer -d 'Issuer; https, or http on a loopback host [env: EPROSPERA_ISSUER]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from documents" -l client-id -d 'Client id that the provider gave you [env: EPROSPERA_CLIENT_ID]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from documents" -l redirect-uri -d 'Registered redirect URI, in order of preference (can be repeated) [env: EPROSPERA_REDIRECT_URI]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from documents" -l store -d 'Credential store: keyring, encrypted-file, plain-file or command:PROGRAM [env: EPROSPERA_STORE]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from documents" -l output -d 'Output format [env: EPROSPERA_OUTPUT]' -r -f -a "auto\t'A table on a terminal, JSON when piped'
table\t'Words and tables for people'
json\t'JSON for scripts'"
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from documents" -l jq -d 'Filter the JSON answer with a jq expression; implies `--output json`' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from documents" -l fields -d 'Show only these fields of the answer, such as `name,address.city`' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from documents" -l ca-file -d 'PEM file with trust roots beside the machine\'s own [env: EPROSPERA_CA_FILE]' -r -F
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from documents" -l request-timeout -d 'Longest time for one request [env: EPROSPERA_REQUEST_TIMEOUT] [default: 30s]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from documents" -l retries -d 'How often a read is sent again while the portal is busy or out of reach [env: EPROSPERA_RETRIES] [default: 3]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from documents" -l color -d 'When to use colours [env: NO_COLOR]' -r -f -a "auto\t'Colours on a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from documents" -l force -d 'Replace files that are there already'
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from documents" -l json -d 'The same as `--output json`'
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from documents" -l no-input -d 'Never prompt, never open a browser by itself [env: EPROSPERA_NO_INPUT, CI]'
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from documents" -s v -l verbose -d 'Say more on stderr (can be repeated) [env: EPROSPERA_LOG]'
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from documents" -s q -l quiet -d 'Say less on stderr'
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from documents" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from legal-entities" -l download -d 'Download the files to this folder, and print the list of them' -r -F
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from legal-entities" -l profile -d 'Named profile [env: EPROSPERA_PROFILE] [default: default]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from legal-entities" -l issuer -d 'Issuer; https, or http on a loopback host [env: EPROSPERA_ISSUER]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from legal-entities" -l client-id -d 'Client id that the provider gave you [env: EPROSPERA_CLIENT_ID]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from legal-entities" -l redirect-uri -d 'Registered redirect URI, in order of preference (can be repeated) [env: EPROSPERA_REDIRECT_URI]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from legal-entities" -l store -d 'Credential store: keyring, encrypted-file, plain-file or command:PROGRAM [env: EPROSPERA_STORE]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from legal-entities" -l output -d 'Output format [env: EPROSPERA_OUTPUT]' -r -f -a "auto\t'A table on a terminal, JSON when piped'
table\t'Words and tables for people'
json\t'JSON for scripts'"
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from legal-entities" -l jq -d 'Filter the JSON answer with a jq expression; implies `--output json`' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from legal-entities" -l fields -d 'Show only these fields of the answer, such as `name,address.city`' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from legal-entities" -l ca-file -d 'PEM file with trust roots beside the machine\'s own [env: EPROSPERA_CA_FILE]' -r -F
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from legal-entities" -l request-timeout -d 'Longest time for one request [env: EPROSPERA_REQUEST_TIMEOUT] [default: 30s]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from legal-entities" -l retries -d 'How often a read is sent again while the portal is busy or out of reach [env: EPROSPERA_RETRIES] [default: 3]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from legal-entities" -l color -d 'When to use colours [env: NO_COLOR]' -r -f -a "auto\t'Colours on a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from legal-entities" -l force -d 'Replace files that are there already'
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from legal-entities" -l json -d 'The same as `--output json`'
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from legal-entities" -l no-input -d 'Never prompt, never open a browser by itself [env: EPROSPERA_NO_INPUT, CI]'
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from legal-entities" -s v -l verbose -d 'Say more on stderr (can be repeated) [env: EPROSPERA_LOG]'
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from legal-entities" -s q -l quiet -d 'Say less on stderr'
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from legal-entities" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from tax" -l profile -d 'Named profile [env: EPROSPERA_PROFILE] [default: default]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from tax" -l issuer -d 'Issuer; https, or http on a loopback host [env: EPROSPERA_ISSUER]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from tax" -l client-id -d 'Client id that the provider gave you [env: EPROSPERA_CLIENT_ID]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from tax" -l redirect-uri -d 'Registered redirect URI, in order of preference (can be repeated) [env: EPROSPERA_REDIRECT_URI]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from tax" -l store -d 'Credential store: keyring, encrypted-file, plain-file or command:PROGRAM [env: EPROSPERA_STORE]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from tax" -l output -d 'Output format [env: EPROSPERA_OUTPUT]' -r -f -a "auto\t'A table on a terminal, JSON when piped'
table\t'Words and tables for people'
json\t'JSON for scripts'"
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from tax" -l jq -d 'Filter the JSON answer with a jq expression; implies `--output json`' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from tax" -l fields -d 'Show only these fields of the answer, such as `name,address.city`' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from tax" -l ca-file -d 'PEM file with trust roots beside the machine\'s own [env: EPROSPERA_CA_FILE]' -r -F
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from tax" -l request-timeout -d 'Longest time for one request [env: EPROSPERA_REQUEST_TIMEOUT] [default: 30s]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from tax" -l retries -d 'How often a read is sent again while the portal is busy or out of reach [env: EPROSPERA_RETRIES] [default: 3]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from tax" -l color -d 'When to use colours [env: NO_COLOR]' -r -f -a "auto\t'Colours on a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from tax" -l json -d 'The same as `--output json`'
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from tax" -l no-input -d 'Never prompt, never open a browser by itself [env: EPROSPERA_NO_INPUT, CI]'
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from tax" -s v -l verbose -d 'Say more on stderr (can be repeated) [env: EPROSPERA_LOG]'
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from tax" -s q -l quiet -d 'Say less on stderr'
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from tax" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from tax" -f -a "summary" -d 'What is due, and which lump-sum elections there are'
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from tax" -f -a "filings" -d 'The filings that were submitted'
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from tax" -f -a "filing" -d 'One filing with its amounts'
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from tax" -f -a "download" -d 'Download a filing\'s assessment or return as PDF'
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from tax" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from help" -f -a "natural-person" -d 'Legal name, permit number, birth, citizenships, address'
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from help" -f -a "residency" -d 'Whether you are a resident, of which kind, and since when'
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from help" -f -a "id-verification" -d 'How your identity was verified, and with which document'
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from help" -f -a "documents" -d 'Your documents, and the Agreement of Coexistence'
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from help" -f -a "legal-entities" -d 'The legal entities that you shared at sign-in, or one of them'
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from help" -f -a "tax" -d 'Tax obligations, elections and filings'
complete -c eprospera -n "__fish_eprospera_using_subcommand me; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c eprospera -n "__fish_eprospera_using_subcommand api" -s X -l method -d 'The method, as with curl' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand api" -s f -l raw-field -d 'Send a field as a text (can be repeated)' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand api" -s F -l field -d 'Send a field as what it looks like: number, true, false, null, `@FILE` (can be repeated)' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand api" -s H -l header -d 'Send a header (can be repeated)' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand api" -l input -d 'Send what a file holds, `-` for stdin; fields become the query then' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand api" -l profile -d 'Named profile [env: EPROSPERA_PROFILE] [default: default]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand api" -l issuer -d 'Issuer; https, or http on a loopback host [env: EPROSPERA_ISSUER]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand api" -l client-id -d 'Client id that the provider gave you [env: EPROSPERA_CLIENT_ID]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand api" -l redirect-uri -d 'Registered redirect URI, in order of preference (can be repeated) [env: EPROSPERA_REDIRECT_URI]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand api" -l store -d 'Credential store: keyring, encrypted-file, plain-file or command:PROGRAM [env: EPROSPERA_STORE]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand api" -l output -d 'Output format [env: EPROSPERA_OUTPUT]' -r -f -a "auto\t'A table on a terminal, JSON when piped'
table\t'Words and tables for people'
json\t'JSON for scripts'"
complete -c eprospera -n "__fish_eprospera_using_subcommand api" -l jq -d 'Filter the JSON answer with a jq expression; implies `--output json`' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand api" -l fields -d 'Show only these fields of the answer, such as `name,address.city`' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand api" -l ca-file -d 'PEM file with trust roots beside the machine\'s own [env: EPROSPERA_CA_FILE]' -r -F
complete -c eprospera -n "__fish_eprospera_using_subcommand api" -l request-timeout -d 'Longest time for one request [env: EPROSPERA_REQUEST_TIMEOUT] [default: 30s]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand api" -l retries -d 'How often a read is sent again while the portal is busy or out of reach [env: EPROSPERA_RETRIES] [default: 3]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand api" -l color -d 'When to use colours [env: NO_COLOR]' -r -f -a "auto\t'Colours on a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c eprospera -n "__fish_eprospera_using_subcommand api" -s i -l include -d 'Print the status line and the headers of the answer, too'
complete -c eprospera -n "__fish_eprospera_using_subcommand api" -l paginate -d 'Ask for every page, and print them as one'
complete -c eprospera -n "__fish_eprospera_using_subcommand api" -l slurp -d 'With `--paginate`, print the pages as a list'
complete -c eprospera -n "__fish_eprospera_using_subcommand api" -l dry-run -d 'Print what would be sent, and send nothing'
complete -c eprospera -n "__fish_eprospera_using_subcommand api" -l json -d 'The same as `--output json`'
complete -c eprospera -n "__fish_eprospera_using_subcommand api" -l no-input -d 'Never prompt, never open a browser by itself [env: EPROSPERA_NO_INPUT, CI]'
complete -c eprospera -n "__fish_eprospera_using_subcommand api" -s v -l verbose -d 'Say more on stderr (can be repeated) [env: EPROSPERA_LOG]'
complete -c eprospera -n "__fish_eprospera_using_subcommand api" -s q -l quiet -d 'Say less on stderr'
complete -c eprospera -n "__fish_eprospera_using_subcommand api" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c eprospera -n "__fish_eprospera_using_subcommand introspect" -l profile -d 'Named profile [env: EPROSPERA_PROFILE] [default: default]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand introspect" -l issuer -d 'Issuer; https, or http on a loopback host [env: EPROSPERA_ISSUER]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand introspect" -l client-id -d 'Client id that the provider gave you [env: EPROSPERA_CLIENT_ID]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand introspect" -l redirect-uri -d 'Registered redirect URI, in order of preference (can be repeated) [env: EPROSPERA_REDIRECT_URI]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand introspect" -l store -d 'Credential store: keyring, encrypted-file, plain-file or command:PROGRAM [env: EPROSPERA_STORE]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand introspect" -l output -d 'Output format [env: EPROSPERA_OUTPUT]' -r -f -a "auto\t'A table on a terminal, JSON when piped'
table\t'Words and tables for people'
json\t'JSON for scripts'"
complete -c eprospera -n "__fish_eprospera_using_subcommand introspect" -l jq -d 'Filter the JSON answer with a jq expression; implies `--output json`' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand introspect" -l fields -d 'Show only these fields of the answer, such as `name,address.city`' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand introspect" -l ca-file -d 'PEM file with trust roots beside the machine\'s own [env: EPROSPERA_CA_FILE]' -r -F
complete -c eprospera -n "__fish_eprospera_using_subcommand introspect" -l request-timeout -d 'Longest time for one request [env: EPROSPERA_REQUEST_TIMEOUT] [default: 30s]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand introspect" -l retries -d 'How often a read is sent again while the portal is busy or out of reach [env: EPROSPERA_RETRIES] [default: 3]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand introspect" -l color -d 'When to use colours [env: NO_COLOR]' -r -f -a "auto\t'Colours on a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c eprospera -n "__fish_eprospera_using_subcommand introspect" -l json -d 'The same as `--output json`'
complete -c eprospera -n "__fish_eprospera_using_subcommand introspect" -l no-input -d 'Never prompt, never open a browser by itself [env: EPROSPERA_NO_INPUT, CI]'
complete -c eprospera -n "__fish_eprospera_using_subcommand introspect" -s v -l verbose -d 'Say more on stderr (can be repeated) [env: EPROSPERA_LOG]'
complete -c eprospera -n "__fish_eprospera_using_subcommand introspect" -s q -l quiet -d 'Say less on stderr'
complete -c eprospera -n "__fish_eprospera_using_subcommand introspect" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c eprospera -n "__fish_eprospera_using_subcommand exec" -l min-ttl -d 'How long the token must stay valid' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand exec" -l profile -d 'Named profile [env: EPROSPERA_PROFILE] [default: default]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand exec" -l issuer -d 'Issuer; https, or http on a loopback host [env: EPROSPERA_ISSUER]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand exec" -l client-id -d 'Client id that the provider gave you [env: EPROSPERA_CLIENT_ID]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand exec" -l redirect-uri -d 'Registered redirect URI, in order of preference (can be repeated) [env: EPROSPERA_REDIRECT_URI]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand exec" -l store -d 'Credential store: keyring, encrypted-file, plain-file or command:PROGRAM [env: EPROSPERA_STORE]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand exec" -l output -d 'Output format [env: EPROSPERA_OUTPUT]' -r -f -a "auto\t'A table on a terminal, JSON when piped'
table\t'Words and tables for people'
json\t'JSON for scripts'"
complete -c eprospera -n "__fish_eprospera_using_subcommand exec" -l jq -d 'Filter the JSON answer with a jq expression; implies `--output json`' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand exec" -l fields -d 'Show only these fields of the answer, such as `name,address.city`' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand exec" -l ca-file -d 'PEM file with trust roots beside the machine\'s own [env: EPROSPERA_CA_FILE]' -r -F
complete -c eprospera -n "__fish_eprospera_using_subcommand exec" -l request-timeout -d 'Longest time for one request [env: EPROSPERA_REQUEST_TIMEOUT] [default: 30s]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand exec" -l retries -d 'How often a read is sent again while the portal is busy or out of reach [env: EPROSPERA_RETRIES] [default: 3]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand exec" -l color -d 'When to use colours [env: NO_COLOR]' -r -f -a "auto\t'Colours on a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c eprospera -n "__fish_eprospera_using_subcommand exec" -l json -d 'The same as `--output json`'
complete -c eprospera -n "__fish_eprospera_using_subcommand exec" -l no-input -d 'Never prompt, never open a browser by itself [env: EPROSPERA_NO_INPUT, CI]'
complete -c eprospera -n "__fish_eprospera_using_subcommand exec" -s v -l verbose -d 'Say more on stderr (can be repeated) [env: EPROSPERA_LOG]'
complete -c eprospera -n "__fish_eprospera_using_subcommand exec" -s q -l quiet -d 'Say less on stderr'
complete -c eprospera -n "__fish_eprospera_using_subcommand exec" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c eprospera -n "__fish_eprospera_using_subcommand session; and not __fish_seen_subcommand_from export import restore rekey help" -l profile -d 'Named profile [env: EPROSPERA_PROFILE] [default: default]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand session; and not __fish_seen_subcommand_from export import restore rekey help" -l issuer -d 'Issuer; https, or http on a loopback host [env: EPROSPERA_ISSUER]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand session; and not __fish_seen_subcommand_from export import restore rekey help" -l client-id -d 'Client id that the provider gave you [env: EPROSPERA_CLIENT_ID]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand session; and not __fish_seen_subcommand_from export import restore rekey help" -l redirect-uri -d 'Registered redirect URI, in order of preference (can be repeated) [env: EPROSPERA_REDIRECT_URI]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand session; and not __fish_seen_subcommand_from export import restore rekey help" -l store -d 'Credential store: keyring, encrypted-file, plain-file or command:PROGRAM [env: EPROSPERA_STORE]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand session; and not __fish_seen_subcommand_from export import restore rekey help" -l output -d 'Output format [env: EPROSPERA_OUTPUT]' -r -f -a "auto\t'A table on a terminal, JSON when piped'
table\t'Words and tables for people'
json\t'JSON for scripts'"
complete -c eprospera -n "__fish_eprospera_using_subcommand session; and not __fish_seen_subcommand_from export import restore rekey help" -l jq -d 'Filter the JSON answer with a jq expression; implies `--output json`' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand session; and not __fish_seen_subcommand_from export import restore rekey help" -l fields -d 'Show only these fields of the answer, such as `name,address.city`' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand session; and not __fish_seen_subcommand_from export import restore rekey help" -l ca-file -d 'PEM file with trust roots beside the machine\'s own [env: EPROSPERA_CA_FILE]' -r -F
complete -c eprospera -n "__fish_eprospera_using_subcommand session; and not __fish_seen_subcommand_from export import restore rekey help" -l request-timeout -d 'Longest time for one request [env: EPROSPERA_REQUEST_TIMEOUT] [default: 30s]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand session; and not __fish_seen_subcommand_from export import restore rekey help" -l retries -d 'How often a read is sent again while the portal is busy or out of reach [env: EPROSPERA_RETRIES] [default: 3]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand session; and not __fish_seen_subcommand_from export import restore rekey help" -l color -d 'When to use colours [env: NO_COLOR]' -r -f -a "auto\t'Colours on a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c eprospera -n "__fish_eprospera_using_subcommand session; and not __fish_seen_subcommand_from export import restore rekey help" -l json -d 'The same as `--output json`'
complete -c eprospera -n "__fish_eprospera_using_subcommand session; and not __fish_seen_subcommand_from export import restore rekey help" -l no-input -d 'Never prompt, never open a browser by itself [env: EPROSPERA_NO_INPUT, CI]'
complete -c eprospera -n "__fish_eprospera_using_subcommand session; and not __fish_seen_subcommand_from export import restore rekey help" -s v -l verbose -d 'Say more on stderr (can be repeated) [env: EPROSPERA_LOG]'
complete -c eprospera -n "__fish_eprospera_using_subcommand session; and not __fish_seen_subcommand_from export import restore rekey help" -s q -l quiet -d 'Say less on stderr'
complete -c eprospera -n "__fish_eprospera_using_subcommand session; and not __fish_seen_subcommand_from export import restore rekey help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c eprospera -n "__fish_eprospera_using_subcommand session; and not __fish_seen_subcommand_from export import restore rekey help" -f -a "export" -d 'Write the session, encrypted, to a file, and retire it here'
complete -c eprospera -n "__fish_eprospera_using_subcommand session; and not __fish_seen_subcommand_from export import restore rekey help" -f -a "import" -d 'Take over a session that was exported'
complete -c eprospera -n "__fish_eprospera_using_subcommand session; and not __fish_seen_subcommand_from export import restore rekey help" -f -a "restore" -d 'Bring back a session that an export retired and that did not arrive'
complete -c eprospera -n "__fish_eprospera_using_subcommand session; and not __fish_seen_subcommand_from export import restore rekey help" -f -a "rekey" -d 'Encrypt the records of the encrypted store with another key'
complete -c eprospera -n "__fish_eprospera_using_subcommand session; and not __fish_seen_subcommand_from export import restore rekey help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c eprospera -n "__fish_eprospera_using_subcommand session; and __fish_seen_subcommand_from export" -l profile -d 'Named profile [env: EPROSPERA_PROFILE] [default: default]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand session; and __fish_seen_subcommand_from export" -l issuer -d 'Issuer; https, or http on a loopback host [env: EPROSPERA_ISSUER]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand session; and __fish_seen_subcommand_from export" -l client-id -d 'Client id that the provider gave you [env: EPROSPERA_CLIENT_ID]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand session; and __fish_seen_subcommand_from export" -l redirect-uri -d 'Registered redirect URI, in order of preference (can be repeated) [env: EPROSPERA_REDIRECT_URI]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand session; and __fish_seen_subcommand_from export" -l store -d 'Credential store: keyring, encrypted-file, plain-file or command:PROGRAM [env: EPROSPERA_STORE]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand session; and __fish_seen_subcommand_from export" -l output -d 'Output format [env: EPROSPERA_OUTPUT]' -r -f -a "auto\t'A table on a terminal, JSON when piped'
table\t'Words and tables for people'
json\t'JSON for scripts'"
complete -c eprospera -n "__fish_eprospera_using_subcommand session; and __fish_seen_subcommand_from export" -l jq -d 'Filter the JSON answer with a jq expression; implies `--output json`' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand session; and __fish_seen_subcommand_from export" -l fields -d 'Show only these fields of the answer, such as `name,address.city`' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand session; and __fish_seen_subcommand_from export" -l ca-file -d 'PEM file with trust roots beside the machine\'s own [env: EPROSPERA_CA_FILE]' -r -F
complete -c eprospera -n "__fish_eprospera_using_subcommand session; and __fish_seen_subcommand_from export" -l request-timeout -d 'Longest time for one request [env: EPROSPERA_REQUEST_TIMEOUT] [default: 30s]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand session; and __fish_seen_subcommand_from export" -l retries -d 'How often a read is sent again while the portal is busy or out of reach [env: EPROSPERA_RETRIES] [default: 3]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand session; and __fish_seen_subcommand_from export" -l color -d 'When to use colours [env: NO_COLOR]' -r -f -a "auto\t'Colours on a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c eprospera -n "__fish_eprospera_using_subcommand session; and __fish_seen_subcommand_from export" -l copy -d 'Keep the session here as well; whichever refreshes second ends both'
complete -c eprospera -n "__fish_eprospera_using_subcommand session; and __fish_seen_subcommand_from export" -l json -d 'The same as `--output json`'
complete -c eprospera -n "__fish_eprospera_using_subcommand session; and __fish_seen_subcommand_from export" -l no-input -d 'Never prompt, never open a browser by itself [env: EPROSPERA_NO_INPUT, CI]'
complete -c eprospera -n "__fish_eprospera_using_subcommand session; and __fish_seen_subcommand_from export" -s v -l verbose -d 'Say more on stderr (can be repeated) [env: EPROSPERA_LOG]'
complete -c eprospera -n "__fish_eprospera_using_subcommand session; and __fish_seen_subcommand_from export" -s q -l quiet -d 'Say less on stderr'
complete -c eprospera -n "__fish_eprospera_using_subcommand session; and __fish_seen_subcommand_from export" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c eprospera -n "__fish_eprospera_using_subcommand session; and __fish_seen_subcommand_from import" -l profile -d 'Named profile [env: EPROSPERA_PROFILE] [default: default]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand session; and __fish_seen_subcommand_from import" -l issuer -d 'Issuer; https, or http on a loopback host [env: EPROSPERA_ISSUER]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand session; and __fish_seen_subcommand_from import" -l client-id -d 'Client id that the provider gave you [env: EPROSPERA_CLIENT_ID]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand session; and __fish_seen_subcommand_from import" -l redirect-uri -d 'Registered redirect URI, in order of preference (can be repeated) [env: EPROSPERA_REDIRECT_URI]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand session; and __fish_seen_subcommand_from import" -l store -d 'Credential store: keyring, encrypted-file, plain-file or command:PROGRAM [env: EPROSPERA_STORE]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand session; and __fish_seen_subcommand_from import" -l output -d 'Output format [env: EPROSPERA_OUTPUT]' -r -f -a "auto\t'A table on a terminal, JSON when piped'
table\t'Words and tables for people'
json\t'JSON for scripts'"
complete -c eprospera -n "__fish_eprospera_using_subcommand session; and __fish_seen_subcommand_from import" -l jq -d 'Filter the JSON answer with a jq expression; implies `--output json`' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand session; and __fish_seen_subcommand_from import" -l fields -d 'Show only these fields of the answer, such as `name,address.city`' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand session; and __fish_seen_subcommand_from import" -l ca-file -d 'PEM file with trust roots beside the machine\'s own [env: EPROSPERA_CA_FILE]' -r -F
complete -c eprospera -n "__fish_eprospera_using_subcommand session; and __fish_seen_subcommand_from import" -l request-timeout -d 'Longest time for one request [env: EPROSPERA_REQUEST_TIMEOUT] [default: 30s]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand session; and __fish_seen_subcommand_from import" -l retries -d 'How often a read is sent again while the portal is busy or out of reach [env: EPROSPERA_RETRIES] [default: 3]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand session; and __fish_seen_subcommand_from import" -l color -d 'When to use colours [env: NO_COLOR]' -r -f -a "auto\t'Colours on a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c eprospera -n "__fish_eprospera_using_subcommand session; and __fish_seen_subcommand_from import" -l replace -d 'Replace the session of another account, or of another login'
complete -c eprospera -n "__fish_eprospera_using_subcommand session; and __fish_seen_subcommand_from import" -l json -d 'The same as `--output json`'
complete -c eprospera -n "__fish_eprospera_using_subcommand session; and __fish_seen_subcommand_from import" -l no-input -d 'Never prompt, never open a browser by itself [env: EPROSPERA_NO_INPUT, CI]'
complete -c eprospera -n "__fish_eprospera_using_subcommand session; and __fish_seen_subcommand_from import" -s v -l verbose -d 'Say more on stderr (can be repeated) [env: EPROSPERA_LOG]'
complete -c eprospera -n "__fish_eprospera_using_subcommand session; and __fish_seen_subcommand_from import" -s q -l quiet -d 'Say less on stderr'
complete -c eprospera -n "__fish_eprospera_using_subcommand session; and __fish_seen_subcommand_from import" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c eprospera -n "__fish_eprospera_using_subcommand session; and __fish_seen_subcommand_from restore" -l profile -d 'Named profile [env: EPROSPERA_PROFILE] [default: default]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand session; and __fish_seen_subcommand_from restore" -l issuer -d 'Issuer; https, or http on a loopback host [env: EPROSPERA_ISSUER]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand session; and __fish_seen_subcommand_from restore" -l client-id -d 'Client id that the provider gave you [env: EPROSPERA_CLIENT_ID]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand session; and __fish_seen_subcommand_from restore" -l redirect-uri -d 'Registered redirect URI, in order of preference (can be repeated) [env: EPROSPERA_REDIRECT_URI]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand session; and __fish_seen_subcommand_from restore" -l store -d 'Credential store: keyring, encrypted-file, plain-file or command:PROGRAM [env: EPROSPERA_STORE]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand session; and __fish_seen_subcommand_from restore" -l output -d 'Output format [env: EPROSPERA_OUTPUT]' -r -f -a "auto\t'A table on a terminal, JSON when piped'
table\t'Words and tables for people'
json\t'JSON for scripts'"
complete -c eprospera -n "__fish_eprospera_using_subcommand session; and __fish_seen_subcommand_from restore" -l jq -d 'Filter the JSON answer with a jq expression; implies `--output json`' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand session; and __fish_seen_subcommand_from restore" -l fields -d 'Show only these fields of the answer, such as `name,address.city`' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand session; and __fish_seen_subcommand_from restore" -l ca-file -d 'PEM file with trust roots beside the machine\'s own [env: EPROSPERA_CA_FILE]' -r -F
complete -c eprospera -n "__fish_eprospera_using_subcommand session; and __fish_seen_subcommand_from restore" -l request-timeout -d 'Longest time for one request [env: EPROSPERA_REQUEST_TIMEOUT] [default: 30s]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand session; and __fish_seen_subcommand_from restore" -l retries -d 'How often a read is sent again while the portal is busy or out of reach [env: EPROSPERA_RETRIES] [default: 3]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand session; and __fish_seen_subcommand_from restore" -l color -d 'When to use colours [env: NO_COLOR]' -r -f -a "auto\t'Colours on a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c eprospera -n "__fish_eprospera_using_subcommand session; and __fish_seen_subcommand_from restore" -l json -d 'The same as `--output json`'
complete -c eprospera -n "__fish_eprospera_using_subcommand session; and __fish_seen_subcommand_from restore" -l no-input -d 'Never prompt, never open a browser by itself [env: EPROSPERA_NO_INPUT, CI]'
complete -c eprospera -n "__fish_eprospera_using_subcommand session; and __fish_seen_subcommand_from restore" -s v -l verbose -d 'Say more on stderr (can be repeated) [env: EPROSPERA_LOG]'
complete -c eprospera -n "__fish_eprospera_using_subcommand session; and __fish_seen_subcommand_from restore" -s q -l quiet -d 'Say less on stderr'
complete -c eprospera -n "__fish_eprospera_using_subcommand session; and __fish_seen_subcommand_from restore" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c eprospera -n "__fish_eprospera_using_subcommand session; and __fish_seen_subcommand_from rekey" -l generate -d 'Make a random key and write it to this new file' -r -F
complete -c eprospera -n "__fish_eprospera_using_subcommand session; and __fish_seen_subcommand_from rekey" -l profile -d 'Named profile [env: EPROSPERA_PROFILE] [default: default]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand session; and __fish_seen_subcommand_from rekey" -l issuer -d 'Issuer; https, or http on a loopback host [env: EPROSPERA_ISSUER]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand session; and __fish_seen_subcommand_from rekey" -l client-id -d 'Client id that the provider gave you [env: EPROSPERA_CLIENT_ID]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand session; and __fish_seen_subcommand_from rekey" -l redirect-uri -d 'Registered redirect URI, in order of preference (can be repeated) [env: EPROSPERA_REDIRECT_URI]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand session; and __fish_seen_subcommand_from rekey" -l store -d 'Credential store: keyring, encrypted-file, plain-file or command:PROGRAM [env: EPROSPERA_STORE]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand session; and __fish_seen_subcommand_from rekey" -l output -d 'Output format [env: EPROSPERA_OUTPUT]' -r -f -a "auto\t'A table on a terminal, JSON when piped'
table\t'Words and tables for people'
json\t'JSON for scripts'"
complete -c eprospera -n "__fish_eprospera_using_subcommand session; and __fish_seen_subcommand_from rekey" -l jq -d 'Filter the JSON answer with a jq expression; implies `--output json`' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand session; and __fish_seen_subcommand_from rekey" -l fields -d 'Show only these fields of the answer, such as `name,address.city`' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand session; and __fish_seen_subcommand_from rekey" -l ca-file -d 'PEM file with trust roots beside the machine\'s own [env: EPROSPERA_CA_FILE]' -r -F
complete -c eprospera -n "__fish_eprospera_using_subcommand session; and __fish_seen_subcommand_from rekey" -l request-timeout -d 'Longest time for one request [env: EPROSPERA_REQUEST_TIMEOUT] [default: 30s]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand session; and __fish_seen_subcommand_from rekey" -l retries -d 'How often a read is sent again while the portal is busy or out of reach [env: EPROSPERA_RETRIES] [default: 3]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand session; and __fish_seen_subcommand_from rekey" -l color -d 'When to use colours [env: NO_COLOR]' -r -f -a "auto\t'Colours on a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c eprospera -n "__fish_eprospera_using_subcommand session; and __fish_seen_subcommand_from rekey" -l json -d 'The same as `--output json`'
complete -c eprospera -n "__fish_eprospera_using_subcommand session; and __fish_seen_subcommand_from rekey" -l no-input -d 'Never prompt, never open a browser by itself [env: EPROSPERA_NO_INPUT, CI]'
complete -c eprospera -n "__fish_eprospera_using_subcommand session; and __fish_seen_subcommand_from rekey" -s v -l verbose -d 'Say more on stderr (can be repeated) [env: EPROSPERA_LOG]'
complete -c eprospera -n "__fish_eprospera_using_subcommand session; and __fish_seen_subcommand_from rekey" -s q -l quiet -d 'Say less on stderr'
complete -c eprospera -n "__fish_eprospera_using_subcommand session; and __fish_seen_subcommand_from rekey" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c eprospera -n "__fish_eprospera_using_subcommand session; and __fish_seen_subcommand_from help" -f -a "export" -d 'Write the session, encrypted, to a file, and retire it here'
complete -c eprospera -n "__fish_eprospera_using_subcommand session; and __fish_seen_subcommand_from help" -f -a "import" -d 'Take over a session that was exported'
complete -c eprospera -n "__fish_eprospera_using_subcommand session; and __fish_seen_subcommand_from help" -f -a "restore" -d 'Bring back a session that an export retired and that did not arrive'
complete -c eprospera -n "__fish_eprospera_using_subcommand session; and __fish_seen_subcommand_from help" -f -a "rekey" -d 'Encrypt the records of the encrypted store with another key'
complete -c eprospera -n "__fish_eprospera_using_subcommand session; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and not __fish_seen_subcommand_from list show set unset use remove help" -l profile -d 'Named profile [env: EPROSPERA_PROFILE] [default: default]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and not __fish_seen_subcommand_from list show set unset use remove help" -l issuer -d 'Issuer; https, or http on a loopback host [env: EPROSPERA_ISSUER]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and not __fish_seen_subcommand_from list show set unset use remove help" -l client-id -d 'Client id that the provider gave you [env: EPROSPERA_CLIENT_ID]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and not __fish_seen_subcommand_from list show set unset use remove help" -l redirect-uri -d 'Registered redirect URI, in order of preference (can be repeated) [env: EPROSPERA_REDIRECT_URI]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and not __fish_seen_subcommand_from list show set unset use remove help" -l store -d 'Credential store: keyring, encrypted-file, plain-file or command:PROGRAM [env: EPROSPERA_STORE]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and not __fish_seen_subcommand_from list show set unset use remove help" -l output -d 'Output format [env: EPROSPERA_OUTPUT]' -r -f -a "auto\t'A table on a terminal, JSON when piped'
table\t'Words and tables for people'
json\t'JSON for scripts'"
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and not __fish_seen_subcommand_from list show set unset use remove help" -l jq -d 'Filter the JSON answer with a jq expression; implies `--output json`' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and not __fish_seen_subcommand_from list show set unset use remove help" -l fields -d 'Show only these fields of the answer, such as `name,address.city`' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and not __fish_seen_subcommand_from list show set unset use remove help" -l ca-file -d 'PEM file with trust roots beside the machine\'s own [env: EPROSPERA_CA_FILE]' -r -F
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and not __fish_seen_subcommand_from list show set unset use remove help" -l request-timeout -d 'Longest time for one request [env: EPROSPERA_REQUEST_TIMEOUT] [default: 30s]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and not __fish_seen_subcommand_from list show set unset use remove help" -l retries -d 'How often a read is sent again while the portal is busy or out of reach [env: EPROSPERA_RETRIES] [default: 3]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and not __fish_seen_subcommand_from list show set unset use remove help" -l color -d 'When to use colours [env: NO_COLOR]' -r -f -a "auto\t'Colours on a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and not __fish_seen_subcommand_from list show set unset use remove help" -l json -d 'The same as `--output json`'
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and not __fish_seen_subcommand_from list show set unset use remove help" -l no-input -d 'Never prompt, never open a browser by itself [env: EPROSPERA_NO_INPUT, CI]'
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and not __fish_seen_subcommand_from list show set unset use remove help" -s v -l verbose -d 'Say more on stderr (can be repeated) [env: EPROSPERA_LOG]'
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and not __fish_seen_subcommand_from list show set unset use remove help" -s q -l quiet -d 'Say less on stderr'
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and not __fish_seen_subcommand_from list show set unset use remove help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and not __fish_seen_subcommand_from list show set unset use remove help" -f -a "list" -d 'List the profiles'
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and not __fish_seen_subcommand_from list show set unset use remove help" -f -a "show" -d 'Show one profile'
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and not __fish_seen_subcommand_from list show set unset use remove help" -f -a "set" -d 'Set a key of the profile in use; `client-secret` is read from a prompt or stdin'
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and not __fish_seen_subcommand_from list show set unset use remove help" -f -a "unset" -d 'Take a key out of the profile in use'
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and not __fish_seen_subcommand_from list show set unset use remove help" -f -a "use" -d 'Make a profile the default'
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and not __fish_seen_subcommand_from list show set unset use remove help" -f -a "remove" -d 'Remove a profile from the configuration'
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and not __fish_seen_subcommand_from list show set unset use remove help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and __fish_seen_subcommand_from list" -l profile -d 'Named profile [env: EPROSPERA_PROFILE] [default: default]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and __fish_seen_subcommand_from list" -l issuer -d 'Issuer; https, or http on a loopback host [env: EPROSPERA_ISSUER]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and __fish_seen_subcommand_from list" -l client-id -d 'Client id that the provider gave you [env: EPROSPERA_CLIENT_ID]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and __fish_seen_subcommand_from list" -l redirect-uri -d 'Registered redirect URI, in order of preference (can be repeated) [env: EPROSPERA_REDIRECT_URI]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and __fish_seen_subcommand_from list" -l store -d 'Credential store: keyring, encrypted-file, plain-file or command:PROGRAM [env: EPROSPERA_STORE]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and __fish_seen_subcommand_from list" -l output -d 'Output format [env: EPROSPERA_OUTPUT]' -r -f -a "auto\t'A table on a terminal, JSON when piped'
table\t'Words and tables for people'
json\t'JSON for scripts'"
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and __fish_seen_subcommand_from list" -l jq -d 'Filter the JSON answer with a jq expression; implies `--output json`' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and __fish_seen_subcommand_from list" -l fields -d 'Show only these fields of the answer, such as `name,address.city`' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and __fish_seen_subcommand_from list" -l ca-file -d 'PEM file with trust roots beside the machine\'s own [env: EPROSPERA_CA_FILE]' -r -F
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and __fish_seen_subcommand_from list" -l request-timeout -d 'Longest time for one request [env: EPROSPERA_REQUEST_TIMEOUT] [default: 30s]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and __fish_seen_subcommand_from list" -l retries -d 'How often a read is sent again while the portal is busy or out of reach [env: EPROSPERA_RETRIES] [default: 3]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and __fish_seen_subcommand_from list" -l color -d 'When to use colours [env: NO_COLOR]' -r -f -a "auto\t'Colours on a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and __fish_seen_subcommand_from list" -l json -d 'The same as `--output json`'
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and __fish_seen_subcommand_from list" -l no-input -d 'Never prompt, never open a browser by itself [env: EPROSPERA_NO_INPUT, CI]'
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Say more on stderr (can be repeated) [env: EPROSPERA_LOG]'
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Say less on stderr'
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and __fish_seen_subcommand_from show" -l profile -d 'Named profile [env: EPROSPERA_PROFILE] [default: default]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and __fish_seen_subcommand_from show" -l issuer -d 'Issuer; https, or http on a loopback host [env: EPROSPERA_ISSUER]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and __fish_seen_subcommand_from show" -l client-id -d 'Client id that the provider gave you [env: EPROSPERA_CLIENT_ID]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and __fish_seen_subcommand_from show" -l redirect-uri -d 'Registered redirect URI, in order of preference (can be repeated) [env: EPROSPERA_REDIRECT_URI]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and __fish_seen_subcommand_from show" -l store -d 'Credential store: keyring, encrypted-file, plain-file or command:PROGRAM [env: EPROSPERA_STORE]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and __fish_seen_subcommand_from show" -l output -d 'Output format [env: EPROSPERA_OUTPUT]' -r -f -a "auto\t'A table on a terminal, JSON when piped'
table\t'Words and tables for people'
json\t'JSON for scripts'"
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and __fish_seen_subcommand_from show" -l jq -d 'Filter the JSON answer with a jq expression; implies `--output json`' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and __fish_seen_subcommand_from show" -l fields -d 'Show only these fields of the answer, such as `name,address.city`' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and __fish_seen_subcommand_from show" -l ca-file -d 'PEM file with trust roots beside the machine\'s own [env: EPROSPERA_CA_FILE]' -r -F
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and __fish_seen_subcommand_from show" -l request-timeout -d 'Longest time for one request [env: EPROSPERA_REQUEST_TIMEOUT] [default: 30s]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and __fish_seen_subcommand_from show" -l retries -d 'How often a read is sent again while the portal is busy or out of reach [env: EPROSPERA_RETRIES] [default: 3]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and __fish_seen_subcommand_from show" -l color -d 'When to use colours [env: NO_COLOR]' -r -f -a "auto\t'Colours on a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and __fish_seen_subcommand_from show" -l json -d 'The same as `--output json`'
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and __fish_seen_subcommand_from show" -l no-input -d 'Never prompt, never open a browser by itself [env: EPROSPERA_NO_INPUT, CI]'
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and __fish_seen_subcommand_from show" -s v -l verbose -d 'Say more on stderr (can be repeated) [env: EPROSPERA_LOG]'
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Say less on stderr'
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and __fish_seen_subcommand_from set" -l profile -d 'Named profile [env: EPROSPERA_PROFILE] [default: default]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and __fish_seen_subcommand_from set" -l issuer -d 'Issuer; https, or http on a loopback host [env: EPROSPERA_ISSUER]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and __fish_seen_subcommand_from set" -l client-id -d 'Client id that the provider gave you [env: EPROSPERA_CLIENT_ID]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and __fish_seen_subcommand_from set" -l redirect-uri -d 'Registered redirect URI, in order of preference (can be repeated) [env: EPROSPERA_REDIRECT_URI]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and __fish_seen_subcommand_from set" -l store -d 'Credential store: keyring, encrypted-file, plain-file or command:PROGRAM [env: EPROSPERA_STORE]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and __fish_seen_subcommand_from set" -l output -d 'Output format [env: EPROSPERA_OUTPUT]' -r -f -a "auto\t'A table on a terminal, JSON when piped'
table\t'Words and tables for people'
json\t'JSON for scripts'"
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and __fish_seen_subcommand_from set" -l jq -d 'Filter the JSON answer with a jq expression; implies `--output json`' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and __fish_seen_subcommand_from set" -l fields -d 'Show only these fields of the answer, such as `name,address.city`' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and __fish_seen_subcommand_from set" -l ca-file -d 'PEM file with trust roots beside the machine\'s own [env: EPROSPERA_CA_FILE]' -r -F
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and __fish_seen_subcommand_from set" -l request-timeout -d 'Longest time for one request [env: EPROSPERA_REQUEST_TIMEOUT] [default: 30s]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and __fish_seen_subcommand_from set" -l retries -d 'How often a read is sent again while the portal is busy or out of reach [env: EPROSPERA_RETRIES] [default: 3]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and __fish_seen_subcommand_from set" -l color -d 'When to use colours [env: NO_COLOR]' -r -f -a "auto\t'Colours on a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and __fish_seen_subcommand_from set" -l json -d 'The same as `--output json`'
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and __fish_seen_subcommand_from set" -l no-input -d 'Never prompt, never open a browser by itself [env: EPROSPERA_NO_INPUT, CI]'
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and __fish_seen_subcommand_from set" -s v -l verbose -d 'Say more on stderr (can be repeated) [env: EPROSPERA_LOG]'
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and __fish_seen_subcommand_from set" -s q -l quiet -d 'Say less on stderr'
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and __fish_seen_subcommand_from set" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and __fish_seen_subcommand_from unset" -l profile -d 'Named profile [env: EPROSPERA_PROFILE] [default: default]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and __fish_seen_subcommand_from unset" -l issuer -d 'Issuer; https, or http on a loopback host [env: EPROSPERA_ISSUER]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and __fish_seen_subcommand_from unset" -l client-id -d 'Client id that the provider gave you [env: EPROSPERA_CLIENT_ID]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and __fish_seen_subcommand_from unset" -l redirect-uri -d 'Registered redirect URI, in order of preference (can be repeated) [env: EPROSPERA_REDIRECT_URI]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and __fish_seen_subcommand_from unset" -l store -d 'Credential store: keyring, encrypted-file, plain-file or command:PROGRAM [env: EPROSPERA_STORE]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and __fish_seen_subcommand_from unset" -l output -d 'Output format [env: EPROSPERA_OUTPUT]' -r -f -a "auto\t'A table on a terminal, JSON when piped'
table\t'Words and tables for people'
json\t'JSON for scripts'"
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and __fish_seen_subcommand_from unset" -l jq -d 'Filter the JSON answer with a jq expression; implies `--output json`' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and __fish_seen_subcommand_from unset" -l fields -d 'Show only these fields of the answer, such as `name,address.city`' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and __fish_seen_subcommand_from unset" -l ca-file -d 'PEM file with trust roots beside the machine\'s own [env: EPROSPERA_CA_FILE]' -r -F
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and __fish_seen_subcommand_from unset" -l request-timeout -d 'Longest time for one request [env: EPROSPERA_REQUEST_TIMEOUT] [default: 30s]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and __fish_seen_subcommand_from unset" -l retries -d 'How often a read is sent again while the portal is busy or out of reach [env: EPROSPERA_RETRIES] [default: 3]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and __fish_seen_subcommand_from unset" -l color -d 'When to use colours [env: NO_COLOR]' -r -f -a "auto\t'Colours on a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and __fish_seen_subcommand_from unset" -l json -d 'The same as `--output json`'
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and __fish_seen_subcommand_from unset" -l no-input -d 'Never prompt, never open a browser by itself [env: EPROSPERA_NO_INPUT, CI]'
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and __fish_seen_subcommand_from unset" -s v -l verbose -d 'Say more on stderr (can be repeated) [env: EPROSPERA_LOG]'
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and __fish_seen_subcommand_from unset" -s q -l quiet -d 'Say less on stderr'
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and __fish_seen_subcommand_from unset" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and __fish_seen_subcommand_from use" -l profile -d 'Named profile [env: EPROSPERA_PROFILE] [default: default]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and __fish_seen_subcommand_from use" -l issuer -d 'Issuer; https, or http on a loopback host [env: EPROSPERA_ISSUER]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and __fish_seen_subcommand_from use" -l client-id -d 'Client id that the provider gave you [env: EPROSPERA_CLIENT_ID]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and __fish_seen_subcommand_from use" -l redirect-uri -d 'Registered redirect URI, in order of preference (can be repeated) [env: EPROSPERA_REDIRECT_URI]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and __fish_seen_subcommand_from use" -l store -d 'Credential store: keyring, encrypted-file, plain-file or command:PROGRAM [env: EPROSPERA_STORE]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and __fish_seen_subcommand_from use" -l output -d 'Output format [env: EPROSPERA_OUTPUT]' -r -f -a "auto\t'A table on a terminal, JSON when piped'
table\t'Words and tables for people'
json\t'JSON for scripts'"
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and __fish_seen_subcommand_from use" -l jq -d 'Filter the JSON answer with a jq expression; implies `--output json`' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and __fish_seen_subcommand_from use" -l fields -d 'Show only these fields of the answer, such as `name,address.city`' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and __fish_seen_subcommand_from use" -l ca-file -d 'PEM file with trust roots beside the machine\'s own [env: EPROSPERA_CA_FILE]' -r -F
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and __fish_seen_subcommand_from use" -l request-timeout -d 'Longest time for one request [env: EPROSPERA_REQUEST_TIMEOUT] [default: 30s]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and __fish_seen_subcommand_from use" -l retries -d 'How often a read is sent again while the portal is busy or out of reach [env: EPROSPERA_RETRIES] [default: 3]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and __fish_seen_subcommand_from use" -l color -d 'When to use colours [env: NO_COLOR]' -r -f -a "auto\t'Colours on a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and __fish_seen_subcommand_from use" -l json -d 'The same as `--output json`'
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and __fish_seen_subcommand_from use" -l no-input -d 'Never prompt, never open a browser by itself [env: EPROSPERA_NO_INPUT, CI]'
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and __fish_seen_subcommand_from use" -s v -l verbose -d 'Say more on stderr (can be repeated) [env: EPROSPERA_LOG]'
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and __fish_seen_subcommand_from use" -s q -l quiet -d 'Say less on stderr'
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and __fish_seen_subcommand_from use" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and __fish_seen_subcommand_from remove" -l profile -d 'Named profile [env: EPROSPERA_PROFILE] [default: default]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and __fish_seen_subcommand_from remove" -l issuer -d 'Issuer; https, or http on a loopback host [env: EPROSPERA_ISSUER]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and __fish_seen_subcommand_from remove" -l client-id -d 'Client id that the provider gave you [env: EPROSPERA_CLIENT_ID]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and __fish_seen_subcommand_from remove" -l redirect-uri -d 'Registered redirect URI, in order of preference (can be repeated) [env: EPROSPERA_REDIRECT_URI]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and __fish_seen_subcommand_from remove" -l store -d 'Credential store: keyring, encrypted-file, plain-file or command:PROGRAM [env: EPROSPERA_STORE]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and __fish_seen_subcommand_from remove" -l output -d 'Output format [env: EPROSPERA_OUTPUT]' -r -f -a "auto\t'A table on a terminal, JSON when piped'
table\t'Words and tables for people'
json\t'JSON for scripts'"
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and __fish_seen_subcommand_from remove" -l jq -d 'Filter the JSON answer with a jq expression; implies `--output json`' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and __fish_seen_subcommand_from remove" -l fields -d 'Show only these fields of the answer, such as `name,address.city`' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and __fish_seen_subcommand_from remove" -l ca-file -d 'PEM file with trust roots beside the machine\'s own [env: EPROSPERA_CA_FILE]' -r -F
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and __fish_seen_subcommand_from remove" -l request-timeout -d 'Longest time for one request [env: EPROSPERA_REQUEST_TIMEOUT] [default: 30s]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and __fish_seen_subcommand_from remove" -l retries -d 'How often a read is sent again while the portal is busy or out of reach [env: EPROSPERA_RETRIES] [default: 3]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and __fish_seen_subcommand_from remove" -l color -d 'When to use colours [env: NO_COLOR]' -r -f -a "auto\t'Colours on a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and __fish_seen_subcommand_from remove" -l json -d 'The same as `--output json`'
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and __fish_seen_subcommand_from remove" -l no-input -d 'Never prompt, never open a browser by itself [env: EPROSPERA_NO_INPUT, CI]'
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and __fish_seen_subcommand_from remove" -s v -l verbose -d 'Say more on stderr (can be repeated) [env: EPROSPERA_LOG]'
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and __fish_seen_subcommand_from remove" -s q -l quiet -d 'Say less on stderr'
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and __fish_seen_subcommand_from remove" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and __fish_seen_subcommand_from help" -f -a "list" -d 'List the profiles'
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and __fish_seen_subcommand_from help" -f -a "show" -d 'Show one profile'
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and __fish_seen_subcommand_from help" -f -a "set" -d 'Set a key of the profile in use; `client-secret` is read from a prompt or stdin'
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and __fish_seen_subcommand_from help" -f -a "unset" -d 'Take a key out of the profile in use'
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and __fish_seen_subcommand_from help" -f -a "use" -d 'Make a profile the default'
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and __fish_seen_subcommand_from help" -f -a "remove" -d 'Remove a profile from the configuration'
complete -c eprospera -n "__fish_eprospera_using_subcommand profile; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c eprospera -n "__fish_eprospera_using_subcommand explain" -l profile -d 'Named profile [env: EPROSPERA_PROFILE] [default: default]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand explain" -l issuer -d 'Issuer; https, or http on a loopback host [env: EPROSPERA_ISSUER]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand explain" -l client-id -d 'Client id that the provider gave you [env: EPROSPERA_CLIENT_ID]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand explain" -l redirect-uri -d 'Registered redirect URI, in order of preference (can be repeated) [env: EPROSPERA_REDIRECT_URI]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand explain" -l store -d 'Credential store: keyring, encrypted-file, plain-file or command:PROGRAM [env: EPROSPERA_STORE]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand explain" -l output -d 'Output format [env: EPROSPERA_OUTPUT]' -r -f -a "auto\t'A table on a terminal, JSON when piped'
table\t'Words and tables for people'
json\t'JSON for scripts'"
complete -c eprospera -n "__fish_eprospera_using_subcommand explain" -l jq -d 'Filter the JSON answer with a jq expression; implies `--output json`' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand explain" -l fields -d 'Show only these fields of the answer, such as `name,address.city`' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand explain" -l ca-file -d 'PEM file with trust roots beside the machine\'s own [env: EPROSPERA_CA_FILE]' -r -F
complete -c eprospera -n "__fish_eprospera_using_subcommand explain" -l request-timeout -d 'Longest time for one request [env: EPROSPERA_REQUEST_TIMEOUT] [default: 30s]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand explain" -l retries -d 'How often a read is sent again while the portal is busy or out of reach [env: EPROSPERA_RETRIES] [default: 3]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand explain" -l color -d 'When to use colours [env: NO_COLOR]' -r -f -a "auto\t'Colours on a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c eprospera -n "__fish_eprospera_using_subcommand explain" -l json -d 'The same as `--output json`'
complete -c eprospera -n "__fish_eprospera_using_subcommand explain" -l no-input -d 'Never prompt, never open a browser by itself [env: EPROSPERA_NO_INPUT, CI]'
complete -c eprospera -n "__fish_eprospera_using_subcommand explain" -s v -l verbose -d 'Say more on stderr (can be repeated) [env: EPROSPERA_LOG]'
complete -c eprospera -n "__fish_eprospera_using_subcommand explain" -s q -l quiet -d 'Say less on stderr'
complete -c eprospera -n "__fish_eprospera_using_subcommand explain" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c eprospera -n "__fish_eprospera_using_subcommand completions" -l profile -d 'Named profile [env: EPROSPERA_PROFILE] [default: default]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand completions" -l issuer -d 'Issuer; https, or http on a loopback host [env: EPROSPERA_ISSUER]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand completions" -l client-id -d 'Client id that the provider gave you [env: EPROSPERA_CLIENT_ID]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand completions" -l redirect-uri -d 'Registered redirect URI, in order of preference (can be repeated) [env: EPROSPERA_REDIRECT_URI]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand completions" -l store -d 'Credential store: keyring, encrypted-file, plain-file or command:PROGRAM [env: EPROSPERA_STORE]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand completions" -l output -d 'Output format [env: EPROSPERA_OUTPUT]' -r -f -a "auto\t'A table on a terminal, JSON when piped'
table\t'Words and tables for people'
json\t'JSON for scripts'"
complete -c eprospera -n "__fish_eprospera_using_subcommand completions" -l jq -d 'Filter the JSON answer with a jq expression; implies `--output json`' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand completions" -l fields -d 'Show only these fields of the answer, such as `name,address.city`' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand completions" -l ca-file -d 'PEM file with trust roots beside the machine\'s own [env: EPROSPERA_CA_FILE]' -r -F
complete -c eprospera -n "__fish_eprospera_using_subcommand completions" -l request-timeout -d 'Longest time for one request [env: EPROSPERA_REQUEST_TIMEOUT] [default: 30s]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand completions" -l retries -d 'How often a read is sent again while the portal is busy or out of reach [env: EPROSPERA_RETRIES] [default: 3]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand completions" -l color -d 'When to use colours [env: NO_COLOR]' -r -f -a "auto\t'Colours on a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c eprospera -n "__fish_eprospera_using_subcommand completions" -l json -d 'The same as `--output json`'
complete -c eprospera -n "__fish_eprospera_using_subcommand completions" -l no-input -d 'Never prompt, never open a browser by itself [env: EPROSPERA_NO_INPUT, CI]'
complete -c eprospera -n "__fish_eprospera_using_subcommand completions" -s v -l verbose -d 'Say more on stderr (can be repeated) [env: EPROSPERA_LOG]'
complete -c eprospera -n "__fish_eprospera_using_subcommand completions" -s q -l quiet -d 'Say less on stderr'
complete -c eprospera -n "__fish_eprospera_using_subcommand completions" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c eprospera -n "__fish_eprospera_using_subcommand sandbox; and not __fish_seen_subcommand_from exec help" -l port -d 'Port to listen on' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand sandbox; and not __fish_seen_subcommand_from exec help" -l auto-approve -d 'Sign in and consent without pages, as this persona' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand sandbox; and not __fish_seen_subcommand_from exec help" -l data -d 'People who can sign in, in JSON or TOML; they come before the built-in ones' -r -F
complete -c eprospera -n "__fish_eprospera_using_subcommand sandbox; and not __fish_seen_subcommand_from exec help" -l access-ttl -d 'Lifetime of access tokens' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand sandbox; and not __fish_seen_subcommand_from exec help" -l refresh-ttl -d 'Lifetime of refresh tokens' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand sandbox; and not __fish_seen_subcommand_from exec help" -l code-ttl -d 'Lifetime of authorization codes' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand sandbox; and not __fish_seen_subcommand_from exec help" -l device-ttl -d 'Lifetime of device codes' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand sandbox; and not __fish_seen_subcommand_from exec help" -l device-interval -d 'Pause between two polls of a device' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand sandbox; and not __fish_seen_subcommand_from exec help" -l id-token-ttl -d 'Lifetime of ID tokens' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand sandbox; and not __fish_seen_subcommand_from exec help" -l client -d 'Further client: ID[:SECRET]=REDIRECT_URI,… (can be repeated)' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand sandbox; and not __fish_seen_subcommand_from exec help" -l fault -d 'Fault to make on purpose (can be repeated)' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand sandbox; and not __fish_seen_subcommand_from exec help" -l latency -d 'Pause before every answer' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand sandbox; and not __fish_seen_subcommand_from exec help" -l signing -d 'Algorithm that signs ID tokens' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand sandbox; and not __fish_seen_subcommand_from exec help" -l discovery -d 'Discovery document to serve' -r -f -a "full\t'With everything that newer portals announce'
short\t'Without device grant, revocation, introspection and public clients, as older portals have it'"
complete -c eprospera -n "__fish_eprospera_using_subcommand sandbox; and not __fish_seen_subcommand_from exec help" -l missing-scope-status -d 'Status of a missing scope on resource routes' -r -f -a "403\t'As the portal is specified'
401\t'As older pages of the portal have it'"
complete -c eprospera -n "__fish_eprospera_using_subcommand sandbox; and not __fish_seen_subcommand_from exec help" -l log -d 'Shape of the request log on stderr' -r -f -a "text\t'A line of words for each request'
json\t'A JSON object for each request'
none\t'No log'"
complete -c eprospera -n "__fish_eprospera_using_subcommand sandbox; and not __fish_seen_subcommand_from exec help" -l profile -d 'Named profile [env: EPROSPERA_PROFILE] [default: default]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand sandbox; and not __fish_seen_subcommand_from exec help" -l issuer -d 'Issuer; https, or http on a loopback host [env: EPROSPERA_ISSUER]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand sandbox; and not __fish_seen_subcommand_from exec help" -l client-id -d 'Client id that the provider gave you [env: EPROSPERA_CLIENT_ID]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand sandbox; and not __fish_seen_subcommand_from exec help" -l redirect-uri -d 'Registered redirect URI, in order of preference (can be repeated) [env: EPROSPERA_REDIRECT_URI]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand sandbox; and not __fish_seen_subcommand_from exec help" -l store -d 'Credential store: keyring, encrypted-file, plain-file or command:PROGRAM [env: EPROSPERA_STORE]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand sandbox; and not __fish_seen_subcommand_from exec help" -l output -d 'Output format [env: EPROSPERA_OUTPUT]' -r -f -a "auto\t'A table on a terminal, JSON when piped'
table\t'Words and tables for people'
json\t'JSON for scripts'"
complete -c eprospera -n "__fish_eprospera_using_subcommand sandbox; and not __fish_seen_subcommand_from exec help" -l jq -d 'Filter the JSON answer with a jq expression; implies `--output json`' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand sandbox; and not __fish_seen_subcommand_from exec help" -l fields -d 'Show only these fields of the answer, such as `name,address.city`' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand sandbox; and not __fish_seen_subcommand_from exec help" -l ca-file -d 'PEM file with trust roots beside the machine\'s own [env: EPROSPERA_CA_FILE]' -r -F
complete -c eprospera -n "__fish_eprospera_using_subcommand sandbox; and not __fish_seen_subcommand_from exec help" -l request-timeout -d 'Longest time for one request [env: EPROSPERA_REQUEST_TIMEOUT] [default: 30s]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand sandbox; and not __fish_seen_subcommand_from exec help" -l retries -d 'How often a read is sent again while the portal is busy or out of reach [env: EPROSPERA_RETRIES] [default: 3]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand sandbox; and not __fish_seen_subcommand_from exec help" -l color -d 'When to use colours [env: NO_COLOR]' -r -f -a "auto\t'Colours on a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c eprospera -n "__fish_eprospera_using_subcommand sandbox; and not __fish_seen_subcommand_from exec help" -l iss -d 'Send `iss` back with each code or error, and announce it in discovery (RFC 9207)'
complete -c eprospera -n "__fish_eprospera_using_subcommand sandbox; and not __fish_seen_subcommand_from exec help" -l json -d 'The same as `--output json`'
complete -c eprospera -n "__fish_eprospera_using_subcommand sandbox; and not __fish_seen_subcommand_from exec help" -l no-input -d 'Never prompt, never open a browser by itself [env: EPROSPERA_NO_INPUT, CI]'
complete -c eprospera -n "__fish_eprospera_using_subcommand sandbox; and not __fish_seen_subcommand_from exec help" -s v -l verbose -d 'Say more on stderr (can be repeated) [env: EPROSPERA_LOG]'
complete -c eprospera -n "__fish_eprospera_using_subcommand sandbox; and not __fish_seen_subcommand_from exec help" -s q -l quiet -d 'Say less on stderr'
complete -c eprospera -n "__fish_eprospera_using_subcommand sandbox; and not __fish_seen_subcommand_from exec help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c eprospera -n "__fish_eprospera_using_subcommand sandbox; and not __fish_seen_subcommand_from exec help" -f -a "exec" -d 'Run the sandbox on a free port for the time of one command'
complete -c eprospera -n "__fish_eprospera_using_subcommand sandbox; and not __fish_seen_subcommand_from exec help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c eprospera -n "__fish_eprospera_using_subcommand sandbox; and __fish_seen_subcommand_from exec" -l auto-approve -d 'Sign in and consent without pages, as this persona' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand sandbox; and __fish_seen_subcommand_from exec" -l data -d 'People who can sign in, in JSON or TOML; they come before the built-in ones' -r -F
complete -c eprospera -n "__fish_eprospera_using_subcommand sandbox; and __fish_seen_subcommand_from exec" -l access-ttl -d 'Lifetime of access tokens' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand sandbox; and __fish_seen_subcommand_from exec" -l refresh-ttl -d 'Lifetime of refresh tokens' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand sandbox; and __fish_seen_subcommand_from exec" -l code-ttl -d 'Lifetime of authorization codes' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand sandbox; and __fish_seen_subcommand_from exec" -l device-ttl -d 'Lifetime of device codes' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand sandbox; and __fish_seen_subcommand_from exec" -l device-interval -d 'Pause between two polls of a device' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand sandbox; and __fish_seen_subcommand_from exec" -l id-token-ttl -d 'Lifetime of ID tokens' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand sandbox; and __fish_seen_subcommand_from exec" -l client -d 'Further client: ID[:SECRET]=REDIRECT_URI,… (can be repeated)' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand sandbox; and __fish_seen_subcommand_from exec" -l fault -d 'Fault to make on purpose (can be repeated)' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand sandbox; and __fish_seen_subcommand_from exec" -l latency -d 'Pause before every answer' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand sandbox; and __fish_seen_subcommand_from exec" -l signing -d 'Algorithm that signs ID tokens' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand sandbox; and __fish_seen_subcommand_from exec" -l discovery -d 'Discovery document to serve' -r -f -a "full\t'With everything that newer portals announce'
short\t'Without device grant, revocation, introspection and public clients, as older portals have it'"
complete -c eprospera -n "__fish_eprospera_using_subcommand sandbox; and __fish_seen_subcommand_from exec" -l missing-scope-status -d 'Status of a missing scope on resource routes' -r -f -a "403\t'As the portal is specified'
401\t'As older pages of the portal have it'"
complete -c eprospera -n "__fish_eprospera_using_subcommand sandbox; and __fish_seen_subcommand_from exec" -l log -d 'Shape of the request log on stderr' -r -f -a "text\t'A line of words for each request'
json\t'A JSON object for each request'
none\t'No log'"
complete -c eprospera -n "__fish_eprospera_using_subcommand sandbox; and __fish_seen_subcommand_from exec" -l profile -d 'Named profile [env: EPROSPERA_PROFILE] [default: default]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand sandbox; and __fish_seen_subcommand_from exec" -l issuer -d 'Issuer; https, or http on a loopback host [env: EPROSPERA_ISSUER]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand sandbox; and __fish_seen_subcommand_from exec" -l client-id -d 'Client id that the provider gave you [env: EPROSPERA_CLIENT_ID]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand sandbox; and __fish_seen_subcommand_from exec" -l redirect-uri -d 'Registered redirect URI, in order of preference (can be repeated) [env: EPROSPERA_REDIRECT_URI]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand sandbox; and __fish_seen_subcommand_from exec" -l store -d 'Credential store: keyring, encrypted-file, plain-file or command:PROGRAM [env: EPROSPERA_STORE]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand sandbox; and __fish_seen_subcommand_from exec" -l output -d 'Output format [env: EPROSPERA_OUTPUT]' -r -f -a "auto\t'A table on a terminal, JSON when piped'
table\t'Words and tables for people'
json\t'JSON for scripts'"
complete -c eprospera -n "__fish_eprospera_using_subcommand sandbox; and __fish_seen_subcommand_from exec" -l jq -d 'Filter the JSON answer with a jq expression; implies `--output json`' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand sandbox; and __fish_seen_subcommand_from exec" -l fields -d 'Show only these fields of the answer, such as `name,address.city`' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand sandbox; and __fish_seen_subcommand_from exec" -l ca-file -d 'PEM file with trust roots beside the machine\'s own [env: EPROSPERA_CA_FILE]' -r -F
complete -c eprospera -n "__fish_eprospera_using_subcommand sandbox; and __fish_seen_subcommand_from exec" -l request-timeout -d 'Longest time for one request [env: EPROSPERA_REQUEST_TIMEOUT] [default: 30s]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand sandbox; and __fish_seen_subcommand_from exec" -l retries -d 'How often a read is sent again while the portal is busy or out of reach [env: EPROSPERA_RETRIES] [default: 3]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand sandbox; and __fish_seen_subcommand_from exec" -l color -d 'When to use colours [env: NO_COLOR]' -r -f -a "auto\t'Colours on a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c eprospera -n "__fish_eprospera_using_subcommand sandbox; and __fish_seen_subcommand_from exec" -l iss -d 'Send `iss` back with each code or error, and announce it in discovery (RFC 9207)'
complete -c eprospera -n "__fish_eprospera_using_subcommand sandbox; and __fish_seen_subcommand_from exec" -l json -d 'The same as `--output json`'
complete -c eprospera -n "__fish_eprospera_using_subcommand sandbox; and __fish_seen_subcommand_from exec" -l no-input -d 'Never prompt, never open a browser by itself [env: EPROSPERA_NO_INPUT, CI]'
complete -c eprospera -n "__fish_eprospera_using_subcommand sandbox; and __fish_seen_subcommand_from exec" -s v -l verbose -d 'Say more on stderr (can be repeated) [env: EPROSPERA_LOG]'
complete -c eprospera -n "__fish_eprospera_using_subcommand sandbox; and __fish_seen_subcommand_from exec" -s q -l quiet -d 'Say less on stderr'
complete -c eprospera -n "__fish_eprospera_using_subcommand sandbox; and __fish_seen_subcommand_from exec" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c eprospera -n "__fish_eprospera_using_subcommand sandbox; and __fish_seen_subcommand_from help" -f -a "exec" -d 'Run the sandbox on a free port for the time of one command'
complete -c eprospera -n "__fish_eprospera_using_subcommand sandbox; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c eprospera -n "__fish_eprospera_using_subcommand demo" -l profile -d 'Named profile [env: EPROSPERA_PROFILE] [default: default]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand demo" -l issuer -d 'Issuer; https, or http on a loopback host [env: EPROSPERA_ISSUER]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand demo" -l client-id -d 'Client id that the provider gave you [env: EPROSPERA_CLIENT_ID]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand demo" -l redirect-uri -d 'Registered redirect URI, in order of preference (can be repeated) [env: EPROSPERA_REDIRECT_URI]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand demo" -l store -d 'Credential store: keyring, encrypted-file, plain-file or command:PROGRAM [env: EPROSPERA_STORE]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand demo" -l output -d 'Output format [env: EPROSPERA_OUTPUT]' -r -f -a "auto\t'A table on a terminal, JSON when piped'
table\t'Words and tables for people'
json\t'JSON for scripts'"
complete -c eprospera -n "__fish_eprospera_using_subcommand demo" -l jq -d 'Filter the JSON answer with a jq expression; implies `--output json`' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand demo" -l fields -d 'Show only these fields of the answer, such as `name,address.city`' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand demo" -l ca-file -d 'PEM file with trust roots beside the machine\'s own [env: EPROSPERA_CA_FILE]' -r -F
complete -c eprospera -n "__fish_eprospera_using_subcommand demo" -l request-timeout -d 'Longest time for one request [env: EPROSPERA_REQUEST_TIMEOUT] [default: 30s]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand demo" -l retries -d 'How often a read is sent again while the portal is busy or out of reach [env: EPROSPERA_RETRIES] [default: 3]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand demo" -l color -d 'When to use colours [env: NO_COLOR]' -r -f -a "auto\t'Colours on a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c eprospera -n "__fish_eprospera_using_subcommand demo" -l json -d 'The same as `--output json`'
complete -c eprospera -n "__fish_eprospera_using_subcommand demo" -l no-input -d 'Never prompt, never open a browser by itself [env: EPROSPERA_NO_INPUT, CI]'
complete -c eprospera -n "__fish_eprospera_using_subcommand demo" -s v -l verbose -d 'Say more on stderr (can be repeated) [env: EPROSPERA_LOG]'
complete -c eprospera -n "__fish_eprospera_using_subcommand demo" -s q -l quiet -d 'Say less on stderr'
complete -c eprospera -n "__fish_eprospera_using_subcommand demo" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and not __fish_seen_subcommand_from login logout whoami help" -l profile -d 'Named profile [env: EPROSPERA_PROFILE] [default: default]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and not __fish_seen_subcommand_from login logout whoami help" -l issuer -d 'Issuer; https, or http on a loopback host [env: EPROSPERA_ISSUER]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and not __fish_seen_subcommand_from login logout whoami help" -l client-id -d 'Client id that the provider gave you [env: EPROSPERA_CLIENT_ID]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and not __fish_seen_subcommand_from login logout whoami help" -l redirect-uri -d 'Registered redirect URI, in order of preference (can be repeated) [env: EPROSPERA_REDIRECT_URI]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and not __fish_seen_subcommand_from login logout whoami help" -l store -d 'Credential store: keyring, encrypted-file, plain-file or command:PROGRAM [env: EPROSPERA_STORE]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and not __fish_seen_subcommand_from login logout whoami help" -l output -d 'Output format [env: EPROSPERA_OUTPUT]' -r -f -a "auto\t'A table on a terminal, JSON when piped'
table\t'Words and tables for people'
json\t'JSON for scripts'"
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and not __fish_seen_subcommand_from login logout whoami help" -l jq -d 'Filter the JSON answer with a jq expression; implies `--output json`' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and not __fish_seen_subcommand_from login logout whoami help" -l fields -d 'Show only these fields of the answer, such as `name,address.city`' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and not __fish_seen_subcommand_from login logout whoami help" -l ca-file -d 'PEM file with trust roots beside the machine\'s own [env: EPROSPERA_CA_FILE]' -r -F
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and not __fish_seen_subcommand_from login logout whoami help" -l request-timeout -d 'Longest time for one request [env: EPROSPERA_REQUEST_TIMEOUT] [default: 30s]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and not __fish_seen_subcommand_from login logout whoami help" -l retries -d 'How often a read is sent again while the portal is busy or out of reach [env: EPROSPERA_RETRIES] [default: 3]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and not __fish_seen_subcommand_from login logout whoami help" -l color -d 'When to use colours [env: NO_COLOR]' -r -f -a "auto\t'Colours on a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and not __fish_seen_subcommand_from login logout whoami help" -l json -d 'The same as `--output json`'
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and not __fish_seen_subcommand_from login logout whoami help" -l no-input -d 'Never prompt, never open a browser by itself [env: EPROSPERA_NO_INPUT, CI]'
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and not __fish_seen_subcommand_from login logout whoami help" -s v -l verbose -d 'Say more on stderr (can be repeated) [env: EPROSPERA_LOG]'
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and not __fish_seen_subcommand_from login logout whoami help" -s q -l quiet -d 'Say less on stderr'
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and not __fish_seen_subcommand_from login logout whoami help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and not __fish_seen_subcommand_from login logout whoami help" -f -a "login" -d 'The same as `eprospera login`'
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and not __fish_seen_subcommand_from login logout whoami help" -f -a "logout" -d 'The same as `eprospera logout`'
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and not __fish_seen_subcommand_from login logout whoami help" -f -a "whoami" -d 'The same as `eprospera whoami`'
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and not __fish_seen_subcommand_from login logout whoami help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and __fish_seen_subcommand_from login" -l scope -d 'Scopes to ask for, separated by spaces or commas; `eprospera scopes` lists them' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and __fish_seen_subcommand_from login" -l add-scope -d 'Ask for the scopes of the session and this one, such as `person.tax.read` (can be repeated)' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and __fish_seen_subcommand_from login" -l browser -d 'Program that opens the URL, called with it as the only argument [env: BROWSER]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and __fish_seen_subcommand_from login" -l response-mode -d 'How the answer comes back to this program' -r -f -a "query\t'In the query of the redirect'
fragment\t'In its fragment'
form_post\t'As a form that the browser posts'"
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and __fish_seen_subcommand_from login" -l timeout -d 'How long to wait for the sign-in [default: 5m; with `--device` until the code expires]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and __fish_seen_subcommand_from login" -l login-hint -d 'Account that the provider should offer first' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and __fish_seen_subcommand_from login" -l prompt -d 'What the provider must ask again, such as `login` or `consent`' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and __fish_seen_subcommand_from login" -l max-age -d 'Oldest sign-in at the provider that is accepted, in seconds' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and __fish_seen_subcommand_from login" -l profile -d 'Named profile [env: EPROSPERA_PROFILE] [default: default]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and __fish_seen_subcommand_from login" -l issuer -d 'Issuer; https, or http on a loopback host [env: EPROSPERA_ISSUER]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and __fish_seen_subcommand_from login" -l client-id -d 'Client id that the provider gave you [env: EPROSPERA_CLIENT_ID]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and __fish_seen_subcommand_from login" -l redirect-uri -d 'Registered redirect URI, in order of preference (can be repeated) [env: EPROSPERA_REDIRECT_URI]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and __fish_seen_subcommand_from login" -l store -d 'Credential store: keyring, encrypted-file, plain-file or command:PROGRAM [env: EPROSPERA_STORE]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and __fish_seen_subcommand_from login" -l output -d 'Output format [env: EPROSPERA_OUTPUT]' -r -f -a "auto\t'A table on a terminal, JSON when piped'
table\t'Words and tables for people'
json\t'JSON for scripts'"
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and __fish_seen_subcommand_from login" -l jq -d 'Filter the JSON answer with a jq expression; implies `--output json`' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and __fish_seen_subcommand_from login" -l fields -d 'Show only these fields of the answer, such as `name,address.city`' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and __fish_seen_subcommand_from login" -l ca-file -d 'PEM file with trust roots beside the machine\'s own [env: EPROSPERA_CA_FILE]' -r -F
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and __fish_seen_subcommand_from login" -l request-timeout -d 'Longest time for one request [env: EPROSPERA_REQUEST_TIMEOUT] [default: 30s]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and __fish_seen_subcommand_from login" -l retries -d 'How often a read is sent again while the portal is busy or out of reach [env: EPROSPERA_RETRIES] [default: 3]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and __fish_seen_subcommand_from login" -l color -d 'When to use colours [env: NO_COLOR]' -r -f -a "auto\t'Colours on a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and __fish_seen_subcommand_from login" -l scopes-all -d 'Ask for every scope that the provider documents and offers'
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and __fish_seen_subcommand_from login" -l device -d 'Sign in on any other device: shows an address and a code, and waits for the approval'
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and __fish_seen_subcommand_from login" -l qr -d 'Draw the address of `--device` as a QR code'
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and __fish_seen_subcommand_from login" -l paste -d 'Don\'t start a listener; paste the final browser address instead, or send it to stdin'
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and __fish_seen_subcommand_from login" -l no-browser -d 'Print the URL only and open nothing'
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and __fish_seen_subcommand_from login" -l replace -d 'Replace the session of another account without asking'
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and __fish_seen_subcommand_from login" -l with-token -d 'Read a refresh token from stdin, use it at once, and open no browser'
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and __fish_seen_subcommand_from login" -l json -d 'The same as `--output json`'
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and __fish_seen_subcommand_from login" -l no-input -d 'Never prompt, never open a browser by itself [env: EPROSPERA_NO_INPUT, CI]'
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and __fish_seen_subcommand_from login" -s v -l verbose -d 'Say more on stderr (can be repeated) [env: EPROSPERA_LOG]'
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and __fish_seen_subcommand_from login" -s q -l quiet -d 'Say less on stderr'
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and __fish_seen_subcommand_from login" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and __fish_seen_subcommand_from logout" -l profile -d 'Named profile [env: EPROSPERA_PROFILE] [default: default]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and __fish_seen_subcommand_from logout" -l issuer -d 'Issuer; https, or http on a loopback host [env: EPROSPERA_ISSUER]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and __fish_seen_subcommand_from logout" -l client-id -d 'Client id that the provider gave you [env: EPROSPERA_CLIENT_ID]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and __fish_seen_subcommand_from logout" -l redirect-uri -d 'Registered redirect URI, in order of preference (can be repeated) [env: EPROSPERA_REDIRECT_URI]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and __fish_seen_subcommand_from logout" -l store -d 'Credential store: keyring, encrypted-file, plain-file or command:PROGRAM [env: EPROSPERA_STORE]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and __fish_seen_subcommand_from logout" -l output -d 'Output format [env: EPROSPERA_OUTPUT]' -r -f -a "auto\t'A table on a terminal, JSON when piped'
table\t'Words and tables for people'
json\t'JSON for scripts'"
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and __fish_seen_subcommand_from logout" -l jq -d 'Filter the JSON answer with a jq expression; implies `--output json`' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and __fish_seen_subcommand_from logout" -l fields -d 'Show only these fields of the answer, such as `name,address.city`' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and __fish_seen_subcommand_from logout" -l ca-file -d 'PEM file with trust roots beside the machine\'s own [env: EPROSPERA_CA_FILE]' -r -F
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and __fish_seen_subcommand_from logout" -l request-timeout -d 'Longest time for one request [env: EPROSPERA_REQUEST_TIMEOUT] [default: 30s]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and __fish_seen_subcommand_from logout" -l retries -d 'How often a read is sent again while the portal is busy or out of reach [env: EPROSPERA_RETRIES] [default: 3]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and __fish_seen_subcommand_from logout" -l color -d 'When to use colours [env: NO_COLOR]' -r -f -a "auto\t'Colours on a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and __fish_seen_subcommand_from logout" -l all -d 'Sign out of every profile'
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and __fish_seen_subcommand_from logout" -l discard-unreadable -d 'Delete a session whose key is lost, too; its tokens stay valid at the provider'
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and __fish_seen_subcommand_from logout" -l json -d 'The same as `--output json`'
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and __fish_seen_subcommand_from logout" -l no-input -d 'Never prompt, never open a browser by itself [env: EPROSPERA_NO_INPUT, CI]'
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and __fish_seen_subcommand_from logout" -s v -l verbose -d 'Say more on stderr (can be repeated) [env: EPROSPERA_LOG]'
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and __fish_seen_subcommand_from logout" -s q -l quiet -d 'Say less on stderr'
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and __fish_seen_subcommand_from logout" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and __fish_seen_subcommand_from whoami" -l profile -d 'Named profile [env: EPROSPERA_PROFILE] [default: default]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and __fish_seen_subcommand_from whoami" -l issuer -d 'Issuer; https, or http on a loopback host [env: EPROSPERA_ISSUER]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and __fish_seen_subcommand_from whoami" -l client-id -d 'Client id that the provider gave you [env: EPROSPERA_CLIENT_ID]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and __fish_seen_subcommand_from whoami" -l redirect-uri -d 'Registered redirect URI, in order of preference (can be repeated) [env: EPROSPERA_REDIRECT_URI]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and __fish_seen_subcommand_from whoami" -l store -d 'Credential store: keyring, encrypted-file, plain-file or command:PROGRAM [env: EPROSPERA_STORE]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and __fish_seen_subcommand_from whoami" -l output -d 'Output format [env: EPROSPERA_OUTPUT]' -r -f -a "auto\t'A table on a terminal, JSON when piped'
table\t'Words and tables for people'
json\t'JSON for scripts'"
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and __fish_seen_subcommand_from whoami" -l jq -d 'Filter the JSON answer with a jq expression; implies `--output json`' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and __fish_seen_subcommand_from whoami" -l fields -d 'Show only these fields of the answer, such as `name,address.city`' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and __fish_seen_subcommand_from whoami" -l ca-file -d 'PEM file with trust roots beside the machine\'s own [env: EPROSPERA_CA_FILE]' -r -F
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and __fish_seen_subcommand_from whoami" -l request-timeout -d 'Longest time for one request [env: EPROSPERA_REQUEST_TIMEOUT] [default: 30s]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and __fish_seen_subcommand_from whoami" -l retries -d 'How often a read is sent again while the portal is busy or out of reach [env: EPROSPERA_RETRIES] [default: 3]' -r
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and __fish_seen_subcommand_from whoami" -l color -d 'When to use colours [env: NO_COLOR]' -r -f -a "auto\t'Colours on a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and __fish_seen_subcommand_from whoami" -l json -d 'The same as `--output json`'
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and __fish_seen_subcommand_from whoami" -l no-input -d 'Never prompt, never open a browser by itself [env: EPROSPERA_NO_INPUT, CI]'
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and __fish_seen_subcommand_from whoami" -s v -l verbose -d 'Say more on stderr (can be repeated) [env: EPROSPERA_LOG]'
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and __fish_seen_subcommand_from whoami" -s q -l quiet -d 'Say less on stderr'
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and __fish_seen_subcommand_from whoami" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and __fish_seen_subcommand_from help" -f -a "login" -d 'The same as `eprospera login`'
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and __fish_seen_subcommand_from help" -f -a "logout" -d 'The same as `eprospera logout`'
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and __fish_seen_subcommand_from help" -f -a "whoami" -d 'The same as `eprospera whoami`'
complete -c eprospera -n "__fish_eprospera_using_subcommand auth; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c eprospera -n "__fish_eprospera_using_subcommand help; and not __fish_seen_subcommand_from login logout status whoami token refresh scopes decode-id-token me api introspect exec session profile explain completions sandbox demo auth help" -f -a "login" -d 'Sign in through the browser and store the session'
complete -c eprospera -n "__fish_eprospera_using_subcommand help; and not __fish_seen_subcommand_from login logout status whoami token refresh scopes decode-id-token me api introspect exec session profile explain completions sandbox demo auth help" -f -a "logout" -d 'Revoke the tokens and delete the session'
complete -c eprospera -n "__fish_eprospera_using_subcommand help; and not __fish_seen_subcommand_from login logout status whoami token refresh scopes decode-id-token me api introspect exec session profile explain completions sandbox demo auth help" -f -a "status" -d 'Say which account, client and store are in use'
complete -c eprospera -n "__fish_eprospera_using_subcommand help; and not __fish_seen_subcommand_from login logout status whoami token refresh scopes decode-id-token me api introspect exec session profile explain completions sandbox demo auth help" -f -a "whoami" -d 'Show the signed-in user\'s profile (userinfo)'
complete -c eprospera -n "__fish_eprospera_using_subcommand help; and not __fish_seen_subcommand_from login logout status whoami token refresh scopes decode-id-token me api introspect exec session profile explain completions sandbox demo auth help" -f -a "token" -d 'Print a valid token'
complete -c eprospera -n "__fish_eprospera_using_subcommand help; and not __fish_seen_subcommand_from login logout status whoami token refresh scopes decode-id-token me api introspect exec session profile explain completions sandbox demo auth help" -f -a "refresh" -d 'Refresh the tokens now'
complete -c eprospera -n "__fish_eprospera_using_subcommand help; and not __fish_seen_subcommand_from login logout status whoami token refresh scopes decode-id-token me api introspect exec session profile explain completions sandbox demo auth help" -f -a "scopes" -d 'List the scopes: what each opens, and whether your session has it'
complete -c eprospera -n "__fish_eprospera_using_subcommand help; and not __fish_seen_subcommand_from login logout status whoami token refresh scopes decode-id-token me api introspect exec session profile explain completions sandbox demo auth help" -f -a "decode-id-token" -d 'Decode and verify an ID token'
complete -c eprospera -n "__fish_eprospera_using_subcommand help; and not __fish_seen_subcommand_from login logout status whoami token refresh scopes decode-id-token me api introspect exec session profile explain completions sandbox demo auth help" -f -a "me" -d 'Show your own data from the portal'
complete -c eprospera -n "__fish_eprospera_using_subcommand help; and not __fish_seen_subcommand_from login logout status whoami token refresh scopes decode-id-token me api introspect exec session profile explain completions sandbox demo auth help" -f -a "api" -d 'Ask any route of the portal with the session\'s token'
complete -c eprospera -n "__fish_eprospera_using_subcommand help; and not __fish_seen_subcommand_from login logout status whoami token refresh scopes decode-id-token me api introspect exec session profile explain completions sandbox demo auth help" -f -a "introspect" -d 'Ask the provider what it knows of a token'
complete -c eprospera -n "__fish_eprospera_using_subcommand help; and not __fish_seen_subcommand_from login logout status whoami token refresh scopes decode-id-token me api introspect exec session profile explain completions sandbox demo auth help" -f -a "exec" -d 'Run a command with a fresh access token in EPROSPERA_TOKEN'
complete -c eprospera -n "__fish_eprospera_using_subcommand help; and not __fish_seen_subcommand_from login logout status whoami token refresh scopes decode-id-token me api introspect exec session profile explain completions sandbox demo auth help" -f -a "session" -d 'Move the session between machines, or change the key of the encrypted store'
complete -c eprospera -n "__fish_eprospera_using_subcommand help; and not __fish_seen_subcommand_from login logout status whoami token refresh scopes decode-id-token me api introspect exec session profile explain completions sandbox demo auth help" -f -a "profile" -d 'Manage named profiles'
complete -c eprospera -n "__fish_eprospera_using_subcommand help; and not __fish_seen_subcommand_from login logout status whoami token refresh scopes decode-id-token me api introspect exec session profile explain completions sandbox demo auth help" -f -a "explain" -d 'Explain an error code: what it means, what causes it, and what to do'
complete -c eprospera -n "__fish_eprospera_using_subcommand help; and not __fish_seen_subcommand_from login logout status whoami token refresh scopes decode-id-token me api introspect exec session profile explain completions sandbox demo auth help" -f -a "completions" -d 'Print a shell completion script'
complete -c eprospera -n "__fish_eprospera_using_subcommand help; and not __fish_seen_subcommand_from login logout status whoami token refresh scopes decode-id-token me api introspect exec session profile explain completions sandbox demo auth help" -f -a "sandbox" -d 'Run the embedded local portal'
complete -c eprospera -n "__fish_eprospera_using_subcommand help; and not __fish_seen_subcommand_from login logout status whoami token refresh scopes decode-id-token me api introspect exec session profile explain completions sandbox demo auth help" -f -a "demo" -d 'Show the whole tool working, with nothing to set up'
complete -c eprospera -n "__fish_eprospera_using_subcommand help; and not __fish_seen_subcommand_from login logout status whoami token refresh scopes decode-id-token me api introspect exec session profile explain completions sandbox demo auth help" -f -a "auth" -d 'The official tool\'s names for login, logout and whoami'
complete -c eprospera -n "__fish_eprospera_using_subcommand help; and not __fish_seen_subcommand_from login logout status whoami token refresh scopes decode-id-token me api introspect exec session profile explain completions sandbox demo auth help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c eprospera -n "__fish_eprospera_using_subcommand help; and __fish_seen_subcommand_from me" -f -a "natural-person" -d 'Legal name, permit number, birth, citizenships, address'
complete -c eprospera -n "__fish_eprospera_using_subcommand help; and __fish_seen_subcommand_from me" -f -a "residency" -d 'Whether you are a resident, of which kind, and since when'
complete -c eprospera -n "__fish_eprospera_using_subcommand help; and __fish_seen_subcommand_from me" -f -a "id-verification" -d 'How your identity was verified, and with which document'
complete -c eprospera -n "__fish_eprospera_using_subcommand help; and __fish_seen_subcommand_from me" -f -a "documents" -d 'Your documents, and the Agreement of Coexistence'
complete -c eprospera -n "__fish_eprospera_using_subcommand help; and __fish_seen_subcommand_from me" -f -a "legal-entities" -d 'The legal entities that you shared at sign-in, or one of them'
complete -c eprospera -n "__fish_eprospera_using_subcommand help; and __fish_seen_subcommand_from me" -f -a "tax" -d 'Tax obligations, elections and filings'
complete -c eprospera -n "__fish_eprospera_using_subcommand help; and __fish_seen_subcommand_from session" -f -a "export" -d 'Write the session, encrypted, to a file, and retire it here'
complete -c eprospera -n "__fish_eprospera_using_subcommand help; and __fish_seen_subcommand_from session" -f -a "import" -d 'Take over a session that was exported'
complete -c eprospera -n "__fish_eprospera_using_subcommand help; and __fish_seen_subcommand_from session" -f -a "restore" -d 'Bring back a session that an export retired and that did not arrive'
complete -c eprospera -n "__fish_eprospera_using_subcommand help; and __fish_seen_subcommand_from session" -f -a "rekey" -d 'Encrypt the records of the encrypted store with another key'
complete -c eprospera -n "__fish_eprospera_using_subcommand help; and __fish_seen_subcommand_from profile" -f -a "list" -d 'List the profiles'
complete -c eprospera -n "__fish_eprospera_using_subcommand help; and __fish_seen_subcommand_from profile" -f -a "show" -d 'Show one profile'
complete -c eprospera -n "__fish_eprospera_using_subcommand help; and __fish_seen_subcommand_from profile" -f -a "set" -d 'Set a key of the profile in use; `client-secret` is read from a prompt or stdin'
complete -c eprospera -n "__fish_eprospera_using_subcommand help; and __fish_seen_subcommand_from profile" -f -a "unset" -d 'Take a key out of the profile in use'
complete -c eprospera -n "__fish_eprospera_using_subcommand help; and __fish_seen_subcommand_from profile" -f -a "use" -d 'Make a profile the default'
complete -c eprospera -n "__fish_eprospera_using_subcommand help; and __fish_seen_subcommand_from profile" -f -a "remove" -d 'Remove a profile from the configuration'
complete -c eprospera -n "__fish_eprospera_using_subcommand help; and __fish_seen_subcommand_from sandbox" -f -a "exec" -d 'Run the sandbox on a free port for the time of one command'
complete -c eprospera -n "__fish_eprospera_using_subcommand help; and __fish_seen_subcommand_from auth" -f -a "login" -d 'The same as `eprospera login`'
complete -c eprospera -n "__fish_eprospera_using_subcommand help; and __fish_seen_subcommand_from auth" -f -a "logout" -d 'The same as `eprospera logout`'
complete -c eprospera -n "__fish_eprospera_using_subcommand help; and __fish_seen_subcommand_from auth" -f -a "whoami" -d 'The same as `eprospera whoami`'
