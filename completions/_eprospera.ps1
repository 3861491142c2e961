
using namespace System.Management.Automation
using namespace System.Management.Automation.Language

Register-ArgumentCompleter -Native -CommandName 'eprospera' -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)

    $commandElements = $commandAst.CommandElements
    $command = @(
        'eprospera'
        for ($i = 1; $i -lt $commandElements.Count; $i++) {
            $element = $commandElements[$i]
            if ($element -isnot [StringConstantExpressionAst] -or
                $element.StringConstantType -ne [StringConstantType]::BareWord -or
                $element.Value.StartsWith('-') -or
                $element.Value -eq $wordToComplete) {
                break
        }
        $element.Value
    }) -join ';'

    $completions = @(switch ($command) {
        'eprospera' {
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Named profile [env: EPROSPERA_PROFILE] [default: default]')
            [CompletionResult]::new('--issuer', '--issuer', [CompletionResultType]::ParameterName, 'Issuer; https, or http on a loopback host [env: EPROSPERA_ISSUER]')
            [CompletionResult]::new('--client-id', '--client-id', [CompletionResultType]::ParameterName, 'Client id that the provider gave you [env: EPROSPERA_CLIENT_ID]')
            [CompletionResult]::new('--redirect-uri', '--redirect-uri', [CompletionResultType]::ParameterName, 'Registered redirect URI, in order of preference (can be repeated) [env: EPROSPERA_REDIRECT_URI]')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Credential store: keyring, encrypted-file, plain-file or command:PROGRAM [env: EPROSPERA_STORE]')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format [env: EPROSPERA_OUTPUT]')
            [CompletionResult]::new('--jq', '--jq', [CompletionResultType]::ParameterName, 'Filter the JSON answer with a jq expression; implies `--output json`')
            [CompletionResult]::new('--fields', '--fields', [CompletionResultType]::ParameterName, 'Show only these fields of the answer, such as `name,address.city`')
            [CompletionResult]::new('--ca-file', '--ca-file', [CompletionResultType]::ParameterName, 'PEM file with trust roots beside the machine''s own [env: EPROSPERA_CA_FILE]')
            [CompletionResult]::new('--request-timeout', '--request-timeout', [CompletionResultType]::ParameterName, 'Longest time for one request [env: EPROSPERA_REQUEST_TIMEOUT] [default: 30s]')
            [CompletionResult]::new('--retries', '--retries', [CompletionResultType]::ParameterName, 'How often a read is sent again while the portal is busy or out of reach [env: EPROSPERA_RETRIES] [default: 3]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours [env: NO_COLOR]')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'The same as `--output json`')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never prompt, never open a browser by itself [env: EPROSPERA_NO_INPUT, CI]')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more on stderr (can be repeated) [env: EPROSPERA_LOG]')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more on stderr (can be repeated) [env: EPROSPERA_LOG]')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less on stderr')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less on stderr')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('login', 'login', [CompletionResultType]::ParameterValue, 'Sign in through the browser and store the session')
            [CompletionResult]::new('logout', 'logout', [CompletionResultType]::ParameterValue, 'Revoke the tokens and delete the session')
            [CompletionResult]::new('status', 'status', [CompletionResultType]::ParameterValue, 'Say which account, client and store are in use')
            [CompletionResult]::new('whoami', 'whoami', [CompletionResultType]::ParameterValue, 'Show the signed-in user''s profile (userinfo)')
            [CompletionResult]::new('token', 'token', [CompletionResultType]::ParameterValue, 'Print a valid token')
            [CompletionResult]::new('refresh', 'refresh', [CompletionResultType]::ParameterValue, 'Refresh the tokens now')
            [CompletionResult]::new('scopes', 'scopes', [CompletionResultType]::ParameterValue, 'List the scopes: what each opens, and whether your session has it')
            [CompletionResult]::new('decode-id-token', 'decode-id-token', [CompletionResultType]::ParameterValue, 'Decode and verify an ID token')
            [CompletionResult]::new('me', 'me', [CompletionResultType]::ParameterValue, 'Show your own data from the portal')
            [CompletionResult]::new('api', 'api', [CompletionResultType]::ParameterValue, 'Ask any route of the portal with the session''s token')
            [CompletionResult]::new('introspect', 'introspect', [CompletionResultType]::ParameterValue, 'Ask the provider what it knows of a token')
            [CompletionResult]::new('exec', 'exec', [CompletionResultType]::ParameterValue, 'Run a command with a fresh access token in EPROSPERA_TOKEN')
            [CompletionResult]::new('session', 'session', [CompletionResultType]::ParameterValue, 'Move the session between machines, or change the key of the encrypted store')
            [CompletionResult]::new('profile', 'profile', [CompletionResultType]::ParameterValue, 'Manage named profiles')
            [CompletionResult]::new('explain', 'explain', [CompletionResultType]::ParameterValue, 'Explain an error code: what it means, what causes it, and what to do')
            [CompletionResult]::new('completions', 'completions', [CompletionResultType]::ParameterValue, 'Print a shell completion script')
            [CompletionResult]::new('sandbox', 'sandbox', [CompletionResultType]::ParameterValue, 'Run the embedded local portal')
            [CompletionResult]::new('demo', 'demo', [CompletionResultType]::ParameterValue, 'Show the whole tool working, with nothing to set up')
            [CompletionResult]::new('auth', 'auth', [CompletionResultType]::ParameterValue, 'The official tool''s names for login, logout and whoami')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'eprospera;login' {
            [CompletionResult]::new('--scope', '--scope', [CompletionResultType]::ParameterName, 'Scopes to ask for, separated by spaces or commas; `eprospera scopes` lists them')
            [CompletionResult]::new('--add-scope', '--add-scope', [CompletionResultType]::ParameterName, 'Ask for the scopes of the session and this one, such as `person.tax.read` (can be repeated)')
            [CompletionResult]::new('--browser', '--browser', [CompletionResultType]::ParameterName, 'Program that opens the URL, called with it as the only argument [env: BROWSER]')
            [CompletionResult]::new('--response-mode', '--response-mode', [CompletionResultType]::ParameterName, 'How the answer comes back to this program')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'How long to wait for the sign-in [default: 5m; with `--device` until the code expires]')
            [CompletionResult]::new('--login-hint', '--login-hint', [CompletionResultType]::ParameterName, 'Account that the provider should offer first')
            [CompletionResult]::new('--prompt', '--prompt', [CompletionResultType]::ParameterName, 'What the provider must ask again, such as `login` or `consent`')
            [CompletionResult]::new('--max-age', '--max-age', [CompletionResultType]::ParameterName, 'Oldest sign-in at the provider that is accepted, in seconds')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Named profile [env: EPROSPERA_PROFILE] [default: default]')
            [CompletionResult]::new('--issuer', '--issuer', [CompletionResultType]::ParameterName, 'Issuer; https, or http on a loopback host [env: EPROSPERA_ISSUER]')
            [CompletionResult]::new('--client-id', '--client-id', [CompletionResultType]::ParameterName, 'Client id that the provider gave you [env: EPROSPERA_CLIENT_ID]')
            [CompletionResult]::new('--redirect-uri', '--redirect-uri', [CompletionResultType]::ParameterName, 'Registered redirect URI, in order of preference (can be repeated) [env: EPROSPERA_REDIRECT_URI]')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Credential store: keyring, encrypted-file, plain-file or command:PROGRAM [env: EPROSPERA_STORE]')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format [env: EPROSPERA_OUTPUT]')
            [CompletionResult]::new('--jq', '--jq', [CompletionResultType]::ParameterName, 'Filter the JSON answer with a jq expression; implies `--output json`')
            [CompletionResult]::new('--fields', '--fields', [CompletionResultType]::ParameterName, 'Show only these fields of the answer, such as `name,address.city`')
            [CompletionResult]::new('--ca-file', '--ca-file', [CompletionResultType]::ParameterName, 'PEM file with trust roots beside the machine''s own [env: EPROSPERA_CA_FILE]')
            [CompletionResult]::new('--request-timeout', '--request-timeout', [CompletionResultType]::ParameterName, 'Longest time for one request [env: EPROSPERA_REQUEST_TIMEOUT] [default: 30s]')
            [CompletionResult]::new('--retries', '--retries', [CompletionResultType]::ParameterName, 'How often a read is sent again while the portal is busy or out of reach [env: EPROSPERA_RETRIES] [default: 3]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours [env: NO_COLOR]')
            [CompletionResult]::new('--scopes-all', '--scopes-all', [CompletionResultType]::ParameterName, 'Ask for every scope that the provider documents and offers')
            [CompletionResult]::new('--device', '--device', [CompletionResultType]::ParameterName, 'Sign in on any other device: shows an address and a code, and waits for the approval')
            [CompletionResult]::new('--qr', '--qr', [CompletionResultType]::ParameterName, 'Draw the address of `--device` as a QR code')
            [CompletionResult]::new('--paste', '--paste', [CompletionResultType]::ParameterName, 'Don''t start a listener; paste the final browser address instead, or send it to stdin')
            [CompletionResult]::new('--no-browser', '--no-browser', [CompletionResultType]::ParameterName, 'Print the URL only and open nothing')
            [CompletionResult]::new('--replace', '--replace', [CompletionResultType]::ParameterName, 'Replace the session of another account without asking')
            [CompletionResult]::new('--with-token', '--with-token', [CompletionResultType]::ParameterName, 'Read a refresh token from stdin, use it at once, and open no browser')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'The same as `--output json`')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never prompt, never open a browser by itself [env: EPROSPERA_NO_INPUT, CI]')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more on stderr (can be repeated) [env: EPROSPERA_LOG]')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more on stderr (can be repeated) [env: EPROSPERA_LOG]')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less on stderr')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less on stderr')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'eprospera;logout' {
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Named profile [env: EPROSPERA_PROFILE] [default: default]')
            [CompletionResult]::new('--issuer', '--issuer', [CompletionResultType]::ParameterName, 'Issuer; https, or http on a loopback host [env: EPROSPERA_ISSUER]')
            [CompletionResult]::new('--client-id', '--client-id', [CompletionResultType]::ParameterName, 'Client id that the provider gave you [env: EPROSPERA_CLIENT_ID]')
            [CompletionResult]::new('--redirect-uri', '--redirect-uri', [CompletionResultType]::ParameterName, 'Registered redirect URI, in order of preference (can be repeated) [env: EPROSPERA_REDIRECT_URI]')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Credential store: keyring, encrypted-file, plain-file or command:PROGRAM [env: EPROSPERA_STORE]')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format [env: EPROSPERA_OUTPUT]')
            [CompletionResult]::new('--jq', '--jq', [CompletionResultType]::ParameterName, 'Filter the JSON answer with a jq expression; implies `--output json`')
            [CompletionResult]::new('--fields', '--fields', [CompletionResultType]::ParameterName, 'Show only these fields of the answer, such as `name,address.city`')
            [CompletionResult]::new('--ca-file', '--ca-file', [CompletionResultType]::ParameterName, 'PEM file with trust roots beside the machine''s own [env: EPROSPERA_CA_FILE]')
            [CompletionResult]::new('--request-timeout', '--request-timeout', [CompletionResultType]::ParameterName, 'Longest time for one request [env: EPROSPERA_REQUEST_TIMEOUT] [default: 30s]')
            [CompletionResult]::new('--retries', '--retries', [CompletionResultType]::ParameterName, 'How often a read is sent again while the portal is busy or out of reach [env: EPROSPERA_RETRIES] [default: 3]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours [env: NO_COLOR]')
            [CompletionResult]::new('--all', '--all', [CompletionResultType]::ParameterName, 'Sign out of every profile')
            [CompletionResult]::new('--discard-unreadable', '--discard-unreadable', [CompletionResultType]::ParameterName, 'Delete a session whose key is lost, too; its tokens stay valid at the provider')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'The same as `--output json`')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never prompt, never open a browser by itself [env: EPROSPERA_NO_INPUT, CI]')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more on stderr (can be repeated) [env: EPROSPERA_LOG]')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more on stderr (can be repeated) [env: EPROSPERA_LOG]')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less on stderr')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less on stderr')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'eprospera;status' {
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Named profile [env: EPROSPERA_PROFILE] [default: default]')
            [CompletionResult]::new('--issuer', '--issuer', [CompletionResultType]::ParameterName, 'Issuer; https, or http on a loopback host [env: EPROSPERA_ISSUER]')
            [CompletionResult]::new('--client-id', '--client-id', [CompletionResultType]::ParameterName, 'Client id that the provider gave you [env: EPROSPERA_CLIENT_ID]')
            [CompletionResult]::new('--redirect-uri', '--redirect-uri', [CompletionResultType]::ParameterName, 'Registered redirect URI, in order of preference (can be repeated) [env: EPROSPERA_REDIRECT_URI]')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Credential store: keyring, encrypted-file, plain-file or command:PROGRAM [env: EPROSPERA_STORE]')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format [env: EPROSPERA_OUTPUT]')
            [CompletionResult]::new('--jq', '--jq', [CompletionResultType]::ParameterName, 'Filter the JSON answer with a jq expression; implies `--output json`')
            [CompletionResult]::new('--fields', '--fields', [CompletionResultType]::ParameterName, 'Show only these fields of the answer, such as `name,address.city`')
            [CompletionResult]::new('--ca-file', '--ca-file', [CompletionResultType]::ParameterName, 'PEM file with trust roots beside the machine''s own [env: EPROSPERA_CA_FILE]')
            [CompletionResult]::new('--request-timeout', '--request-timeout', [CompletionResultType]::ParameterName, 'Longest time for one request [env: EPROSPERA_REQUEST_TIMEOUT] [default: 30s]')
            [CompletionResult]::new('--retries', '--retries', [CompletionResultType]::ParameterName, 'How often a read is sent again while the portal is busy or out of reach [env: EPROSPERA_RETRIES] [default: 3]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours [env: NO_COLOR]')
            [CompletionResult]::new('--check', '--check', [CompletionResultType]::ParameterName, 'Ask the provider whether the session still works')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'The same as `--output json`')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never prompt, never open a browser by itself [env: EPROSPERA_NO_INPUT, CI]')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more on stderr (can be repeated) [env: EPROSPERA_LOG]')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more on stderr (can be repeated) [env: EPROSPERA_LOG]')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less on stderr')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less on stderr')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'eprospera;whoami' {
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Named profile [env: EPROSPERA_PROFILE] [default: default]')
            [CompletionResult]::new('--issuer', '--issuer', [CompletionResultType]::ParameterName, 'Issuer; https, or http on a loopback host [env: EPROSPERA_ISSUER]')
            [CompletionResult]::new('--client-id', '--client-id', [CompletionResultType]::ParameterName, 'Client id that the provider gave you [env: EPROSPERA_CLIENT_ID]')
            [CompletionResult]::new('--redirect-uri', '--redirect-uri', [CompletionResultType]::ParameterName, 'Registered redirect URI, in order of preference (can be repeated) [env: EPROSPERA_REDIRECT_URI]')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Credential store: keyring, encrypted-file, plain-file or command:PROGRAM [env: EPROSPERA_STORE]')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format [env: EPROSPERA_OUTPUT]')
            [CompletionResult]::new('--jq', '--jq', [CompletionResultType]::ParameterName, 'Filter the JSON answer with a jq expression; implies `--output json`')
            [CompletionResult]::new('--fields', '--fields', [CompletionResultType]::ParameterName, 'Show only these fields of the answer, such as `name,address.city`')
            [CompletionResult]::new('--ca-file', '--ca-file', [CompletionResultType]::ParameterName, 'PEM file with trust roots beside the machine''s own [env: EPROSPERA_CA_FILE]')
            [CompletionResult]::new('--request-timeout', '--request-timeout', [CompletionResultType]::ParameterName, 'Longest time for one request [env: EPROSPERA_REQUEST_TIMEOUT] [default: 30s]')
            [CompletionResult]::new('--retries', '--retries', [CompletionResultType]::ParameterName, 'How often a read is sent again while the portal is busy or out of reach [env: EPROSPERA_RETRIES] [default: 3]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours [env: NO_COLOR]')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'The same as `--output json`')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never prompt, never open a browser by itself [env: EPROSPERA_NO_INPUT, CI]')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more on stderr (can be repeated) [env: EPROSPERA_LOG]')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more on stderr (can be repeated) [env: EPROSPERA_LOG]')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less on stderr')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less on stderr')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'eprospera;token' {
            [CompletionResult]::new('--type', '--type', [CompletionResultType]::ParameterName, 'Which token')
            [CompletionResult]::new('--min-ttl', '--min-ttl', [CompletionResultType]::ParameterName, 'How long the token must stay valid [default: 60s, or a third of its lifetime]')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How to print it')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Named profile [env: EPROSPERA_PROFILE] [default: default]')
            [CompletionResult]::new('--issuer', '--issuer', [CompletionResultType]::ParameterName, 'Issuer; https, or http on a loopback host [env: EPROSPERA_ISSUER]')
            [CompletionResult]::new('--client-id', '--client-id', [CompletionResultType]::ParameterName, 'Client id that the provider gave you [env: EPROSPERA_CLIENT_ID]')
            [CompletionResult]::new('--redirect-uri', '--redirect-uri', [CompletionResultType]::ParameterName, 'Registered redirect URI, in order of preference (can be repeated) [env: EPROSPERA_REDIRECT_URI]')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Credential store: keyring, encrypted-file, plain-file or command:PROGRAM [env: EPROSPERA_STORE]')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format [env: EPROSPERA_OUTPUT]')
            [CompletionResult]::new('--jq', '--jq', [CompletionResultType]::ParameterName, 'Filter the JSON answer with a jq expression; implies `--output json`')
            [CompletionResult]::new('--fields', '--fields', [CompletionResultType]::ParameterName, 'Show only these fields of the answer, such as `name,address.city`')
            [CompletionResult]::new('--ca-file', '--ca-file', [CompletionResultType]::ParameterName, 'PEM file with trust roots beside the machine''s own [env: EPROSPERA_CA_FILE]')
            [CompletionResult]::new('--request-timeout', '--request-timeout', [CompletionResultType]::ParameterName, 'Longest time for one request [env: EPROSPERA_REQUEST_TIMEOUT] [default: 30s]')
            [CompletionResult]::new('--retries', '--retries', [CompletionResultType]::ParameterName, 'How often a read is sent again while the portal is busy or out of reach [env: EPROSPERA_RETRIES] [default: 3]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours [env: NO_COLOR]')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'The same as `--output json`')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never prompt, never open a browser by itself [env: EPROSPERA_NO_INPUT, CI]')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more on stderr (can be repeated) [env: EPROSPERA_LOG]')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more on stderr (can be repeated) [env: EPROSPERA_LOG]')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less on stderr')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less on stderr')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'eprospera;refresh' {
            [CompletionResult]::new('--scope', '--scope', [CompletionResultType]::ParameterName, 'Keep only these scopes, separated by spaces or commas')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Named profile [env: EPROSPERA_PROFILE] [default: default]')
            [CompletionResult]::new('--issuer', '--issuer', [CompletionResultType]::ParameterName, 'Issuer; https, or http on a loopback host [env: EPROSPERA_ISSUER]')
            [CompletionResult]::new('--client-id', '--client-id', [CompletionResultType]::ParameterName, 'Client id that the provider gave you [env: EPROSPERA_CLIENT_ID]')
            [CompletionResult]::new('--redirect-uri', '--redirect-uri', [CompletionResultType]::ParameterName, 'Registered redirect URI, in order of preference (can be repeated) [env: EPROSPERA_REDIRECT_URI]')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Credential store: keyring, encrypted-file, plain-file or command:PROGRAM [env: EPROSPERA_STORE]')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format [env: EPROSPERA_OUTPUT]')
            [CompletionResult]::new('--jq', '--jq', [CompletionResultType]::ParameterName, 'Filter the JSON answer with a jq expression; implies `--output json`')
            [CompletionResult]::new('--fields', '--fields', [CompletionResultType]::ParameterName, 'Show only these fields of the answer, such as `name,address.city`')
            [CompletionResult]::new('--ca-file', '--ca-file', [CompletionResultType]::ParameterName, 'PEM file with trust roots beside the machine''s own [env: EPROSPERA_CA_FILE]')
            [CompletionResult]::new('--request-timeout', '--request-timeout', [CompletionResultType]::ParameterName, 'Longest time for one request [env: EPROSPERA_REQUEST_TIMEOUT] [default: 30s]')
            [CompletionResult]::new('--retries', '--retries', [CompletionResultType]::ParameterName, 'How often a read is sent again while the portal is busy or out of reach [env: EPROSPERA_RETRIES] [default: 3]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours [env: NO_COLOR]')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'The same as `--output json`')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never prompt, never open a browser by itself [env: EPROSPERA_NO_INPUT, CI]')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more on stderr (can be repeated) [env: EPROSPERA_LOG]')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more on stderr (can be repeated) [env: EPROSPERA_LOG]')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less on stderr')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less on stderr')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'eprospera;scopes' {
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Named profile [env: EPROSPERA_PROFILE] [default: default]')
            [CompletionResult]::new('--issuer', '--issuer', [CompletionResultType]::ParameterName, 'Issuer; https, or http on a loopback host [env: EPROSPERA_ISSUER]')
            [CompletionResult]::new('--client-id', '--client-id', [CompletionResultType]::ParameterName, 'Client id that the provider gave you [env: EPROSPERA_CLIENT_ID]')
            [CompletionResult]::new('--redirect-uri', '--redirect-uri', [CompletionResultType]::ParameterName, 'Registered redirect URI, in order of preference (can be repeated) [env: EPROSPERA_REDIRECT_URI]')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Credential store: keyring, encrypted-file, plain-file or command:PROGRAM [env: EPROSPERA_STORE]')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format [env: EPROSPERA_OUTPUT]')
            [CompletionResult]::new('--jq', '--jq', [CompletionResultType]::ParameterName, 'Filter the JSON answer with a jq expression; implies `--output json`')
            [CompletionResult]::new('--fields', '--fields', [CompletionResultType]::ParameterName, 'Show only these fields of the answer, such as `name,address.city`')
            [CompletionResult]::new('--ca-file', '--ca-file', [CompletionResultType]::ParameterName, 'PEM file with trust roots beside the machine''s own [env: EPROSPERA_CA_FILE]')
            [CompletionResult]::new('--request-timeout', '--request-timeout', [CompletionResultType]::ParameterName, 'Longest time for one request [env: EPROSPERA_REQUEST_TIMEOUT] [default: 30s]')
            [CompletionResult]::new('--retries', '--retries', [CompletionResultType]::ParameterName, 'How often a read is sent again while the portal is busy or out of reach [env: EPROSPERA_RETRIES] [default: 3]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours [env: NO_COLOR]')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'The same as `--output json`')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never prompt, never open a browser by itself [env: EPROSPERA_NO_INPUT, CI]')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more on stderr (can be repeated) [env: EPROSPERA_LOG]')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more on stderr (can be repeated) [env: EPROSPERA_LOG]')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less on stderr')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less on stderr')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'eprospera;decode-id-token' {
            [CompletionResult]::new('--nonce', '--nonce', [CompletionResultType]::ParameterName, 'The nonce that was sent')
            [CompletionResult]::new('--audience', '--audience', [CompletionResultType]::ParameterName, 'The client that the token must be for')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Named profile [env: EPROSPERA_PROFILE] [default: default]')
            [CompletionResult]::new('--issuer', '--issuer', [CompletionResultType]::ParameterName, 'Issuer; https, or http on a loopback host [env: EPROSPERA_ISSUER]')
            [CompletionResult]::new('--client-id', '--client-id', [CompletionResultType]::ParameterName, 'Client id that the provider gave you [env: EPROSPERA_CLIENT_ID]')
            [CompletionResult]::new('--redirect-uri', '--redirect-uri', [CompletionResultType]::ParameterName, 'Registered redirect URI, in order of preference (can be repeated) [env: EPROSPERA_REDIRECT_URI]')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Credential store: keyring, encrypted-file, plain-file or command:PROGRAM [env: EPROSPERA_STORE]')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format [env: EPROSPERA_OUTPUT]')
            [CompletionResult]::new('--jq', '--jq', [CompletionResultType]::ParameterName, 'Filter the JSON answer with a jq expression; implies `--output json`')
            [CompletionResult]::new('--fields', '--fields', [CompletionResultType]::ParameterName, 'Show only these fields of the answer, such as `name,address.city`')
            [CompletionResult]::new('--ca-file', '--ca-file', [CompletionResultType]::ParameterName, 'PEM file with trust roots beside the machine''s own [env: EPROSPERA_CA_FILE]')
            [CompletionResult]::new('--request-timeout', '--request-timeout', [CompletionResultType]::ParameterName, 'Longest time for one request [env: EPROSPERA_REQUEST_TIMEOUT] [default: 30s]')
            [CompletionResult]::new('--retries', '--retries', [CompletionResultType]::ParameterName, 'How often a read is sent again while the portal is busy or out of reach [env: EPROSPERA_RETRIES] [default: 3]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours [env: NO_COLOR]')
            [CompletionResult]::new('--no-verify', '--no-verify', [CompletionResultType]::ParameterName, 'Decode only')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'The same as `--output json`')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never prompt, never open a browser by itself [env: EPROSPERA_NO_INPUT, CI]')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more on stderr (can be repeated) [env: EPROSPERA_LOG]')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more on stderr (can be repeated) [env: EPROSPERA_LOG]')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less on stderr')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less on stderr')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'eprospera;me' {
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Named profile [env: EPROSPERA_PROFILE] [default: default]')
            [CompletionResult]::new('--issuer', '--issuer', [CompletionResultType]::ParameterName, 'Issuer; https, or http on a loopback host [env: EPROSPERA_ISSUER]')
            [CompletionResult]::new('--client-id', '--client-id', [CompletionResultType]::ParameterName, 'Client id that the provider gave you [env: EPROSPERA_CLIENT_ID]')
            [CompletionResult]::new('--redirect-uri', '--redirect-uri', [CompletionResultType]::ParameterName, 'Registered redirect URI, in order of preference (can be repeated) [env: EPROSPERA_REDIRECT_URI]')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Credential store: keyring, encrypted-file, plain-file or command:PROGRAM [env: EPROSPERA_STORE]')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format [env: EPROSPERA_OUTPUT]')
            [CompletionResult]::new('--jq', '--jq', [CompletionResultType]::ParameterName, 'Filter the JSON answer with a jq expression; implies `--output json`')
            [CompletionResult]::new('--fields', '--fields', [CompletionResultType]::ParameterName, 'Show only these fields of the answer, such as `name,address.city`')
            [CompletionResult]::new('--ca-file', '--ca-file', [CompletionResultType]::ParameterName, 'PEM file with trust roots beside the machine''s own [env: EPROSPERA_CA_FILE]')
            [CompletionResult]::new('--request-timeout', '--request-timeout', [CompletionResultType]::ParameterName, 'Longest time for one request [env: EPROSPERA_REQUEST_TIMEOUT] [default: 30s]')
            [CompletionResult]::new('--retries', '--retries', [CompletionResultType]::ParameterName, 'How often a read is sent again while the portal is busy or out of reach [env: EPROSPERA_RETRIES] [default: 3]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours [env: NO_COLOR]')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'The same as `--output json`')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never prompt, never open a browser by itself [env: EPROSPERA_NO_INPUT, CI]')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more on stderr (can be repeated) [env: EPROSPERA_LOG]')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more on stderr (can be repeated) [env: EPROSPERA_LOG]')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less on stderr')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less on stderr')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('natural-person', 'natural-person', [CompletionResultType]::ParameterValue, 'Legal name, permit number, birth, citizenships, address')
            [CompletionResult]::new('residency', 'residency', [CompletionResultType]::ParameterValue, 'Whether you are a resident, of which kind, and since when')
            [CompletionResult]::new('id-verification', 'id-verification', [CompletionResultType]::ParameterValue, 'How your identity was verified, and with which document')
            [CompletionResult]::new('documents', 'documents', [CompletionResultType]::ParameterValue, 'Your documents, and the Agreement of Coexistence')
            [CompletionResult]::new('legal-entities', 'legal-entities', [CompletionResultType]::ParameterValue, 'The legal entities that you shared at sign-in, or one of them')
            [CompletionResult]::new('tax', 'tax', [CompletionResultType]::ParameterValue, 'Tax obligations, elections and filings')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'eprospera;me;natural-person' {
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Named profile [env: EPROSPERA_PROFILE] [default: default]')
            [CompletionResult]::new('--issuer', '--issuer', [CompletionResultType]::ParameterName, 'Issuer; https, or http on a loopback host [env: EPROSPERA_ISSUER]')
            [CompletionResult]::new('--client-id', '--client-id', [CompletionResultType]::ParameterName, 'Client id that the provider gave you [env: EPROSPERA_CLIENT_ID]')
            [CompletionResult]::new('--redirect-uri', '--redirect-uri', [CompletionResultType]::ParameterName, 'Registered redirect URI, in order of preference (can be repeated) [env: EPROSPERA_REDIRECT_URI]')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Credential store: keyring, encrypted-file, plain-file or command:PROGRAM [env: EPROSPERA_STORE]')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format [env: EPROSPERA_OUTPUT]')
            [CompletionResult]::new('--jq', '--jq', [CompletionResultType]::ParameterName, 'Filter the JSON answer with a jq expression; implies `--output json`')
            [CompletionResult]::new('--fields', '--fields', [CompletionResultType]::ParameterName, 'Show only these fields of the answer, such as `name,address.city`')
            [CompletionResult]::new('--ca-file', '--ca-file', [CompletionResultType]::ParameterName, 'PEM file with trust roots beside the machine''s own [env: EPROSPERA_CA_FILE]')
            [CompletionResult]::new('--request-timeout', '--request-timeout', [CompletionResultType]::ParameterName, 'Longest time for one request [env: EPROSPERA_REQUEST_TIMEOUT] [default: 30s]')
            [CompletionResult]::new('--retries', '--retries', [CompletionResultType]::ParameterName, 'How often a read is sent again while the portal is busy or out of reach [env: EPROSPERA_RETRIES] [default: 3]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours [env: NO_COLOR]')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'The same as `--output json`')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never prompt, never open a browser by itself [env: EPROSPERA_NO_INPUT, CI]')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more on stderr (can be repeated) [env: EPROSPERA_LOG]')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more on stderr (can be repeated) [env: EPROSPERA_LOG]')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less on stderr')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less on stderr')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'eprospera;me;residency' {
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Named profile [env: EPROSPERA_PROFILE] [default: default]')
            [CompletionResult]::new('--issuer', '--issuer', [CompletionResultType]::ParameterName, 'Issuer; https, or http on a loopback host [env: EPROSPERA_ISSUER]')
            [CompletionResult]::new('--client-id', '--client-id', [CompletionResultType]::ParameterName, 'Client id that the provider gave you [env: EPROSPERA_CLIENT_ID]')
            [CompletionResult]::new('--redirect-uri', '--redirect-uri', [CompletionResultType]::ParameterName, 'Registered redirect URI, in order of preference (can be repeated) [env: EPROSPERA_REDIRECT_URI]')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Credential store: keyring, encrypted-file, plain-file or command:PROGRAM [env: EPROSPERA_STORE]')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format [env: EPROSPERA_OUTPUT]')
            [CompletionResult]::new('--jq', '--jq', [CompletionResultType]::ParameterName, 'Filter the JSON answer with a jq expression; implies `--output json`')
            [CompletionResult]::new('--fields', '--fields', [CompletionResultType]::ParameterName, 'Show only these fields of the answer, such as `name,address.city`')
            [CompletionResult]::new('--ca-file', '--ca-file', [CompletionResultType]::ParameterName, 'PEM file with trust roots beside the machine''s own [env: EPROSPERA_CA_FILE]')
            [CompletionResult]::new('--request-timeout', '--request-timeout', [CompletionResultType]::ParameterName, 'Longest time for one request [env: EPROSPERA_REQUEST_TIMEOUT] [default: 30s]')
            [CompletionResult]::new('--retries', '--retries', [CompletionResultType]::ParameterName, 'How often a read is sent again while the portal is busy or out of reach [env: EPROSPERA_RETRIES] [default: 3]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours [env: NO_COLOR]')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'The same as `--output json`')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never prompt, never open a browser by itself [env: EPROSPERA_NO_INPUT, CI]')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more on stderr (can be repeated) [env: EPROSPERA_LOG]')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more on stderr (can be repeated) [env: EPROSPERA_LOG]')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less on stderr')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less on stderr')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'eprospera;me;id-verification' {
            [CompletionResult]::new('--download', '--download', [CompletionResultType]::ParameterName, 'Download the files to this folder, and print the list of them')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Named profile [env: EPROSPERA_PROFILE] [default: default]')
            [CompletionResult]::new('--issuer', '--issuer', [CompletionResultType]::ParameterName, 'Issuer; https, or http on a loopback host [env: EPROSPERA_ISSUER]')
            [CompletionResult]::new('--client-id', '--client-id', [CompletionResultType]::ParameterName, 'Client id that the provider gave you [env: EPROSPERA_CLIENT_ID]')
            [CompletionResult]::new('--redirect-uri', '--redirect-uri', [CompletionResultType]::ParameterName, 'Registered redirect URI, in order of preference (can be repeated) [env: EPROSPERA_REDIRECT_URI]')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Credential store: keyring, encrypted-file, plain-file or command:PROGRAM [env: EPROSPERA_STORE]')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format [env: EPROSPERA_OUTPUT]')
            [CompletionResult]::new('--jq', '--jq', [CompletionResultType]::ParameterName, 'Filter the JSON answer with a jq expression; implies `--output json`')
            [CompletionResult]::new('--fields', '--fields', [CompletionResultType]::ParameterName, 'Show only these fields of the answer, such as `name,address.city`')
            [CompletionResult]::new('--ca-file', '--ca-file', [CompletionResultType]::ParameterName, 'PEM file with trust roots beside the machine''s own [env: EPROSPERA_CA_FILE]')
            [CompletionResult]::new('--request-timeout', '--request-timeout', [CompletionResultType]::ParameterName, 'Longest time for one request [env: EPROSPERA_REQUEST_TIMEOUT] [default: 30s]')
            [CompletionResult]::new('--retries', '--retries', [CompletionResultType]::ParameterName, 'How often a read is sent again while the portal is busy or out of reach [env: EPROSPERA_RETRIES] [default: 3]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours [env: NO_COLOR]')
            [CompletionResult]::new('--force', '--force', [CompletionResultType]::ParameterName, 'Replace files that are there already')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'The same as `--output json`')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never prompt, never open a browser by itself [env: EPROSPERA_NO_INPUT, CI]')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more on stderr (can be repeated) [env: EPROSPERA_LOG]')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more on stderr (can be repeated) [env: EPROSPERA_LOG]')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less on stderr')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less on stderr')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'eprospera;me;documents' {
            [CompletionResult]::new('--download', '--download', [CompletionResultType]::ParameterName, 'Download the files to this folder, and print the list of them')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Named profile [env: EPROSPERA_PROFILE] [default: default]')
            [CompletionResult]::new('--issuer', '--issuer', [CompletionResultType]::ParameterName, 'Issuer; https, or http on a loopback host [env: EPROSPERA_ISSUER]')
            [CompletionResult]::new('--client-id', '--client-id', [CompletionResultType]::ParameterName, 'Client id that the provider gave you [env: EPROSPERA_CLIENT_ID]')
            [CompletionResult]::new('--redirect-uri', '--redirect-uri', [CompletionResultType]::ParameterName, 'Registered redirect URI, in order of preference (can be repeated) [env: EPROSPERA_REDIRECT_URI]')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Credential store: keyring, encrypted-file, plain-file or command:PROGRAM [env: EPROSPERA_STORE]')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format [env: EPROSPERA_OUTPUT]')
            [CompletionResult]::new('--jq', '--jq', [CompletionResultType]::ParameterName, 'Filter the JSON answer with a jq expression; implies `--output json`')
            [CompletionResult]::new('--fields', '--fields', [CompletionResultType]::ParameterName, 'Show only these fields of the answer, such as `name,address.city`')
            [CompletionResult]::new('--ca-file', '--ca-file', [CompletionResultType]::ParameterName, 'PEM file with trust roots beside the machine''s own [env: EPROSPERA_CA_FILE]')
            [CompletionResult]::new('--request-timeout', '--request-timeout', [CompletionResultType]::ParameterName, 'Longest time for one request [env: EPROSPERA_REQUEST_TIMEOUT] [default: 30s]')
            [CompletionResult]::new('--retries', '--retries', [CompletionResultType]::ParameterName, 'How often a read is sent again while the portal is busy or out of reach [env: EPROSPERA_RETRIES] [default: 3]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours [env: NO_COLOR]')
            [CompletionResult]::new('--force', '--force', [CompletionResultType]::ParameterName, 'Replace files that are there already')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'The same as `--output json`')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never prompt, never open a browser by itself [env: EPROSPERA_NO_INPUT, CI]')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more on stderr (can be repeated) [env: EPROSPERA_LOG]')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more on stderr (can be repeated) [env: EPROSPERA_LOG]')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less on stderr')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less on stderr')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'eprospera;me;legal-entities' {
            [CompletionResult]::new('--download', '--download', [CompletionResultType]::ParameterName, 'Download the files to this folder, and print the list of them')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Named profile [env: EPROSPERA_PROFILE] [default: default]')
            [CompletionResult]::new('--issuer', '--issuer', [CompletionResultType]::ParameterName, 'Issuer; https, or http on a loopback host [env: EPROSPERA_ISSUER]')
            [CompletionResult]::new('--client-id', '--client-id', [CompletionResultType]::ParameterName, 'Client id that the provider gave you [env: EPROSPERA_CLIENT_ID]')
            [CompletionResult]::new('--redirect-uri', '--redirect-uri', [CompletionResultType]::ParameterName, 'Registered redirect URI, in order of preference (can be repeated) [env: EPROSPERA_REDIRECT_URI]')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Credential store: keyring, encrypted-file, plain-file or command:PROGRAM [env: EPROSPERA_STORE]')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format [env: EPROSPERA_OUTPUT]')
            [CompletionResult]::new('--jq', '--jq', [CompletionResultType]::ParameterName, 'Filter the JSON answer with a jq expression; implies `--output json`')
            [CompletionResult]::new('--fields', '--fields', [CompletionResultType]::ParameterName, 'Show only these fields of the answer, such as `name,address.city`')
            [CompletionResult]::new('--ca-file', '--ca-file', [CompletionResultType]::ParameterName, 'PEM file with trust roots beside the machine''s own [env: EPROSPERA_CA_FILE]')
            [CompletionResult]::new('--request-timeout', '--request-timeout', [CompletionResultType]::ParameterName, 'Longest time for one request [env: EPROSPERA_REQUEST_TIMEOUT] [default: 30s]')
            [CompletionResult]::new('--retries', '--retries', [CompletionResultType]::ParameterName, 'How often a read is sent again while the portal is busy or out of reach [env: EPROSPERA_RETRIES] [default: 3]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours [env: NO_COLOR]')
            [CompletionResult]::new('--force', '--force', [CompletionResultType]::ParameterName, 'Replace files that are there already')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'The same as `--output json`')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never prompt, never open a browser by itself [env: EPROSPERA_NO_INPUT, CI]')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more on stderr (can be repeated) [env: EPROSPERA_LOG]')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more on stderr (can be repeated) [env: EPROSPERA_LOG]')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less on stderr')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less on stderr')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'eprospera;me;tax' {
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Named profile [env: EPROSPERA_PROFILE] [default: default]')
            [CompletionResult]::new('--issuer', '--issuer', [CompletionResultType]::ParameterName, 'Issuer; https, or http on a loopback host [env: EPROSPERA_ISSUER]')
            [CompletionResult]::new('--client-id', '--client-id', [CompletionResultType]::ParameterName, 'Client id that the provider gave you [env: EPROSPERA_CLIENT_ID]')
            [CompletionResult]::new('--redirect-uri', '--redirect-uri', [CompletionResultType]::ParameterName, 'Registered redirect URI, in order of preference (can be repeated) [env: EPROSPERA_REDIRECT_URI]')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Credential store: keyring, encrypted-file, plain-file or command:PROGRAM [env: EPROSPERA_STORE]')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format [env: EPROSPERA_OUTPUT]')
            [CompletionResult]::new('--jq', '--jq', [CompletionResultType]::ParameterName, 'Filter the JSON answer with a jq expression; implies `--output json`')
            [CompletionResult]::new('--fields', '--fields', [CompletionResultType]::ParameterName, 'Show only these fields of the answer, such as `name,address.city`')
            [CompletionResult]::new('--ca-file', '--ca-file', [CompletionResultType]::ParameterName, 'PEM file with trust roots beside the machine''s own [env: EPROSPERA_CA_FILE]')
            [CompletionResult]::new('--request-timeout', '--request-timeout', [CompletionResultType]::ParameterName, 'Longest time for one request [env: EPROSPERA_REQUEST_TIMEOUT] [default: 30s]')
            [CompletionResult]::new('--retries', '--retries', [CompletionResultType]::ParameterName, 'How often a read is sent again while the portal is busy or out of reach [env: EPROSPERA_RETRIES] [default: 3]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours [env: NO_COLOR]')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'The same as `--output json`')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never prompt, never open a browser by itself [env: EPROSPERA_NO_INPUT, CI]')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more on stderr (can be repeated) [env: EPROSPERA_LOG]')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more on stderr (can be repeated) [env: EPROSPERA_LOG]')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less on stderr')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less on stderr')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('summary', 'summary', [CompletionResultType]::ParameterValue, 'What is due, and which lump-sum elections there are')
            [CompletionResult]::new('filings', 'filings', [CompletionResultType]::ParameterValue, 'The filings that were submitted')
            [CompletionResult]::new('filing', 'filing', [CompletionResultType]::ParameterValue, 'One filing with its amounts')
            [CompletionResult]::new('download', 'download', [CompletionResultType]::ParameterValue, 'Download a filing''s assessment or return as PDF')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'eprospera;me;tax;summary' {
            [CompletionResult]::new('--subject', '--subject', [CompletionResultType]::ParameterName, '`personal`, or the id of a legal entity')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Named profile [env: EPROSPERA_PROFILE] [default: default]')
            [CompletionResult]::new('--issuer', '--issuer', [CompletionResultType]::ParameterName, 'Issuer; https, or http on a loopback host [env: EPROSPERA_ISSUER]')
            [CompletionResult]::new('--client-id', '--client-id', [CompletionResultType]::ParameterName, 'Client id that the provider gave you [env: EPROSPERA_CLIENT_ID]')
            [CompletionResult]::new('--redirect-uri', '--redirect-uri', [CompletionResultType]::ParameterName, 'Registered redirect URI, in order of preference (can be repeated) [env: EPROSPERA_REDIRECT_URI]')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Credential store: keyring, encrypted-file, plain-file or command:PROGRAM [env: EPROSPERA_STORE]')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format [env: EPROSPERA_OUTPUT]')
            [CompletionResult]::new('--jq', '--jq', [CompletionResultType]::ParameterName, 'Filter the JSON answer with a jq expression; implies `--output json`')
            [CompletionResult]::new('--fields', '--fields', [CompletionResultType]::ParameterName, 'Show only these fields of the answer, such as `name,address.city`')
            [CompletionResult]::new('--ca-file', '--ca-file', [CompletionResultType]::ParameterName, 'PEM file with trust roots beside the machine''s own [env: EPROSPERA_CA_FILE]')
            [CompletionResult]::new('--request-timeout', '--request-timeout', [CompletionResultType]::ParameterName, 'Longest time for one request [env: EPROSPERA_REQUEST_TIMEOUT] [default: 30s]')
            [CompletionResult]::new('--retries', '--retries', [CompletionResultType]::ParameterName, 'How often a read is sent again while the portal is busy or out of reach [env: EPROSPERA_RETRIES] [default: 3]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours [env: NO_COLOR]')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'The same as `--output json`')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never prompt, never open a browser by itself [env: EPROSPERA_NO_INPUT, CI]')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more on stderr (can be repeated) [env: EPROSPERA_LOG]')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more on stderr (can be repeated) [env: EPROSPERA_LOG]')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less on stderr')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less on stderr')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'eprospera;me;tax;filings' {
            [CompletionResult]::new('--subject', '--subject', [CompletionResultType]::ParameterName, '`personal`, or the id of a legal entity')
            [CompletionResult]::new('--type', '--type', [CompletionResultType]::ParameterName, 'Which tax')
            [CompletionResult]::new('--year', '--year', [CompletionResultType]::ParameterName, 'Year that the filing is about, from 2020')
            [CompletionResult]::new('--limit', '--limit', [CompletionResultType]::ParameterName, 'Most filings on a page, 1 to 100')
            [CompletionResult]::new('--cursor', '--cursor', [CompletionResultType]::ParameterName, 'Page to start with, as `nextCursor` of the page before says')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Named profile [env: EPROSPERA_PROFILE] [default: default]')
            [CompletionResult]::new('--issuer', '--issuer', [CompletionResultType]::ParameterName, 'Issuer; https, or http on a loopback host [env: EPROSPERA_ISSUER]')
            [CompletionResult]::new('--client-id', '--client-id', [CompletionResultType]::ParameterName, 'Client id that the provider gave you [env: EPROSPERA_CLIENT_ID]')
            [CompletionResult]::new('--redirect-uri', '--redirect-uri', [CompletionResultType]::ParameterName, 'Registered redirect URI, in order of preference (can be repeated) [env: EPROSPERA_REDIRECT_URI]')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Credential store: keyring, encrypted-file, plain-file or command:PROGRAM [env: EPROSPERA_STORE]')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format [env: EPROSPERA_OUTPUT]')
            [CompletionResult]::new('--jq', '--jq', [CompletionResultType]::ParameterName, 'Filter the JSON answer with a jq expression; implies `--output json`')
            [CompletionResult]::new('--fields', '--fields', [CompletionResultType]::ParameterName, 'Show only these fields of the answer, such as `name,address.city`')
            [CompletionResult]::new('--ca-file', '--ca-file', [CompletionResultType]::ParameterName, 'PEM file with trust roots beside the machine''s own [env: EPROSPERA_CA_FILE]')
            [CompletionResult]::new('--request-timeout', '--request-timeout', [CompletionResultType]::ParameterName, 'Longest time for one request [env: EPROSPERA_REQUEST_TIMEOUT] [default: 30s]')
            [CompletionResult]::new('--retries', '--retries', [CompletionResultType]::ParameterName, 'How often a read is sent again while the portal is busy or out of reach [env: EPROSPERA_RETRIES] [default: 3]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours [env: NO_COLOR]')
            [CompletionResult]::new('--paginate', '--paginate', [CompletionResultType]::ParameterName, 'Follow the pages to the end')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'The same as `--output json`')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never prompt, never open a browser by itself [env: EPROSPERA_NO_INPUT, CI]')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more on stderr (can be repeated) [env: EPROSPERA_LOG]')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more on stderr (can be repeated) [env: EPROSPERA_LOG]')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less on stderr')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less on stderr')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'eprospera;me;tax;filing' {
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Named profile [env: EPROSPERA_PROFILE] [default: default]')
            [CompletionResult]::new('--issuer', '--issuer', [CompletionResultType]::ParameterName, 'Issuer; https, or http on a loopback host [env: EPROSPERA_ISSUER]')
            [CompletionResult]::new('--client-id', '--client-id', [CompletionResultType]::ParameterName, 'Client id that the provider gave you [env: EPROSPERA_CLIENT_ID]')
            [CompletionResult]::new('--redirect-uri', '--redirect-uri', [CompletionResultType]::ParameterName, 'Registered redirect URI, in order of preference (can be repeated) [env: EPROSPERA_REDIRECT_URI]')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Credential store: keyring, encrypted-file, plain-file or command:PROGRAM [env: EPROSPERA_STORE]')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format [env: EPROSPERA_OUTPUT]')
            [CompletionResult]::new('--jq', '--jq', [CompletionResultType]::ParameterName, 'Filter the JSON answer with a jq expression; implies `--output json`')
            [CompletionResult]::new('--fields', '--fields', [CompletionResultType]::ParameterName, 'Show only these fields of the answer, such as `name,address.city`')
            [CompletionResult]::new('--ca-file', '--ca-file', [CompletionResultType]::ParameterName, 'PEM file with trust roots beside the machine''s own [env: EPROSPERA_CA_FILE]')
            [CompletionResult]::new('--request-timeout', '--request-timeout', [CompletionResultType]::ParameterName, 'Longest time for one request [env: EPROSPERA_REQUEST_TIMEOUT] [default: 30s]')
            [CompletionResult]::new('--retries', '--retries', [CompletionResultType]::ParameterName, 'How often a read is sent again while the portal is busy or out of reach [env: EPROSPERA_RETRIES] [default: 3]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours [env: NO_COLOR]')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'The same as `--output json`')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never prompt, never open a browser by itself [env: EPROSPERA_NO_INPUT, CI]')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more on stderr (can be repeated) [env: EPROSPERA_LOG]')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more on stderr (can be repeated) [env: EPROSPERA_LOG]')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less on stderr')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less on stderr')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'eprospera;me;tax;download' {
            [CompletionResult]::new('--document', '--document', [CompletionResultType]::ParameterName, 'Which document')
            [CompletionResult]::new('--history-years', '--history-years', [CompletionResultType]::ParameterName, 'Years of history in an assessment, 1 to 5')
            [CompletionResult]::new('--download', '--download', [CompletionResultType]::ParameterName, 'Folder that the file goes to')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Named profile [env: EPROSPERA_PROFILE] [default: default]')
            [CompletionResult]::new('--issuer', '--issuer', [CompletionResultType]::ParameterName, 'Issuer; https, or http on a loopback host [env: EPROSPERA_ISSUER]')
            [CompletionResult]::new('--client-id', '--client-id', [CompletionResultType]::ParameterName, 'Client id that the provider gave you [env: EPROSPERA_CLIENT_ID]')
            [CompletionResult]::new('--redirect-uri', '--redirect-uri', [CompletionResultType]::ParameterName, 'Registered redirect URI, in order of preference (can be repeated) [env: EPROSPERA_REDIRECT_URI]')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Credential store: keyring, encrypted-file, plain-file or command:PROGRAM [env: EPROSPERA_STORE]')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format [env: EPROSPERA_OUTPUT]')
            [CompletionResult]::new('--jq', '--jq', [CompletionResultType]::ParameterName, 'Filter the JSON answer with a jq expression; implies `--output json`')
            [CompletionResult]::new('--fields', '--fields', [CompletionResultType]::ParameterName, 'Show only these fields of the answer, such as `name,address.city`')
            [CompletionResult]::new('--ca-file', '--ca-file', [CompletionResultType]::ParameterName, 'PEM file with trust roots beside the machine''s own [env: EPROSPERA_CA_FILE]')
            [CompletionResult]::new('--request-timeout', '--request-timeout', [CompletionResultType]::ParameterName, 'Longest time for one request [env: EPROSPERA_REQUEST_TIMEOUT] [default: 30s]')
            [CompletionResult]::new('--retries', '--retries', [CompletionResultType]::ParameterName, 'How often a read is sent again while the portal is busy or out of reach [env: EPROSPERA_RETRIES] [default: 3]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours [env: NO_COLOR]')
            [CompletionResult]::new('--force', '--force', [CompletionResultType]::ParameterName, 'Replace a file that is there already')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'The same as `--output json`')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never prompt, never open a browser by itself [env: EPROSPERA_NO_INPUT, CI]')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more on stderr (can be repeated) [env: EPROSPERA_LOG]')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more on stderr (can be repeated) [env: EPROSPERA_LOG]')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less on stderr')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less on stderr')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'eprospera;me;tax;help' {
            [CompletionResult]::new('summary', 'summary', [CompletionResultType]::ParameterValue, 'What is due, and which lump-sum elections there are')
            [CompletionResult]::new('filings', 'filings', [CompletionResultType]::ParameterValue, 'The filings that were submitted')
            [CompletionResult]::new('filing', 'filing', [CompletionResultType]::ParameterValue, 'One filing with its amounts')
            [CompletionResult]::new('download', 'download', [CompletionResultType]::ParameterValue, 'Download a filing''s assessment or return as PDF')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'eprospera;me;tax;help;summary' {
            break
        }
        'eprospera;me;tax;help;filings' {
            break
        }
        'eprospera;me;tax;help;filing' {
            break
        }
        'eprospera;me;tax;help;download' {
            break
        }
        'eprospera;me;tax;help;help' {
            break
        }
        'eprospera;me;help' {
            [CompletionResult]::new('natural-person', 'natural-person', [CompletionResultType]::ParameterValue, 'Legal name, permit number, birth, citizenships, address')
            [CompletionResult]::new('residency', 'residency', [CompletionResultType]::ParameterValue, 'Whether you are a resident, of which kind, and since when')
            [CompletionResult]::new('id-verification', 'id-verification', [CompletionResultType]::ParameterValue, 'How your identity was verified, and with which document')
            [CompletionResult]::new('documents', 'documents', [CompletionResultType]::ParameterValue, 'Your documents, and the Agreement of Coexistence')
            [CompletionResult]::new('legal-entities', 'legal-entities', [CompletionResultType]::ParameterValue, 'The legal entities that you shared at sign-in, or one of them')
            [CompletionResult]::new('tax', 'tax', [CompletionResultType]::ParameterValue, 'Tax obligations, elections and filings')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'eprospera;me;help;natural-person' {
            break
        }
        'eprospera;me;help;residency' {
            break
        }
        'eprospera;me;help;id-verification' {
            break
        }
        'eprospera;me;help;documents' {
            break
        }
        'eprospera;me;help;legal-entities' {
            break
        }
        'eprospera;me;help;tax' {
            [CompletionResult]::new('summary', 'summary', [CompletionResultType]::ParameterValue, 'What is due, and which lump-sum elections there are')
            [CompletionResult]::new('filings', 'filings', [CompletionResultType]::ParameterValue, 'The filings that were submitted')
            [CompletionResult]::new('filing', 'filing', [CompletionResultType]::ParameterValue, 'One filing with its amounts')
            [CompletionResult]::new('download', 'download', [CompletionResultType]::ParameterValue, 'Download a filing''s assessment or return as PDF')
            break
        }
        'eprospera;me;help;tax;summary' {
            break
        }
        'eprospera;me;help;tax;filings' {
            break
        }
        'eprospera;me;help;tax;filing' {
            break
        }
        'eprospera;me;help;tax;download' {
            break
        }
        'eprospera;me;help;help' {
            break
        }
        'eprospera;api' {
            [CompletionResult]::new('-X', '-X ', [CompletionResultType]::ParameterName, 'The method, as with curl')
            [CompletionResult]::new('--method', '--method', [CompletionResultType]::ParameterName, 'The method, as with curl')
            [CompletionResult]::new('-f', '-f', [CompletionResultType]::ParameterName, 'Send a field as a text (can be repeated)')
            [CompletionResult]::new('--raw-field', '--raw-field', [CompletionResultType]::ParameterName, 'Send a field as a text (can be repeated)')
            [CompletionResult]::new('-F', '-F ', [CompletionResultType]::ParameterName, 'Send a field as what it looks like: number, true, false, null, `@FILE` (can be repeated)')
            [CompletionResult]::new('--field', '--field', [CompletionResultType]::ParameterName, 'Send a field as what it looks like: number, true, false, null, `@FILE` (can be repeated)')
            [CompletionResult]::new('-H', '-H ', [CompletionResultType]::ParameterName, 'Send a header (can be repeated)')
            [CompletionResult]::new('--header', '--header', [CompletionResultType]::ParameterName, 'Send a header (can be repeated)')
            [CompletionResult]::new('--input', '--input', [CompletionResultType]::ParameterName, 'Send what a file holds, `-` for stdin; fields become the query then')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Named profile [env: EPROSPERA_PROFILE] [default: default]')
            [CompletionResult]::new('--issuer', '--issuer', [CompletionResultType]::ParameterName, 'Issuer; https, or http on a loopback host [env: EPROSPERA_ISSUER]')
            [CompletionResult]::new('--client-id', '--client-id', [CompletionResultType]::ParameterName, 'Client id that the provider gave you [env: EPROSPERA_CLIENT_ID]')
            [CompletionResult]::new('--redirect-uri', '--redirect-uri', [CompletionResultType]::ParameterName, 'Registered redirect URI, in order of preference (can be repeated) [env: EPROSPERA_REDIRECT_URI]')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Credential store: keyring, encrypted-file, plain-file or command:PROGRAM [env: EPROSPERA_STORE]')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format [env: EPROSPERA_OUTPUT]')
            [CompletionResult]::new('--jq', '--jq', [CompletionResultType]::ParameterName, 'Filter the JSON answer with a jq expression; implies `--output json`')
            [CompletionResult]::new('--fields', '--fields', [CompletionResultType]::ParameterName, 'Show only these fields of the answer, such as `name,address.city`')
            [CompletionResult]::new('--ca-file', '--ca-file', [CompletionResultType]::ParameterName, 'PEM file with trust roots beside the machine''s own [env: EPROSPERA_CA_FILE]')
            [CompletionResult]::new('--request-timeout', '--request-timeout', [CompletionResultType]::ParameterName, 'Longest time for one request [env: EPROSPERA_REQUEST_TIMEOUT] [default: 30s]')
            [CompletionResult]::new('--retries', '--retries', [CompletionResultType]::ParameterName, 'How often a read is sent again while the portal is busy or out of reach [env: EPROSPERA_RETRIES] [default: 3]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours [env: NO_COLOR]')
            [CompletionResult]::new('-i', '-i', [CompletionResultType]::ParameterName, 'Print the status line and the headers of the answer, too')
            [CompletionResult]::new('--include', '--include', [CompletionResultType]::ParameterName, 'Print the status line and the headers of the answer, too')
            [CompletionResult]::new('--paginate', '--paginate', [CompletionResultType]::ParameterName, 'Ask for every page, and print them as one')
            [CompletionResult]::new('--slurp', '--slurp', [CompletionResultType]::ParameterName, 'With `--paginate`, print the pages as a list')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Print what would be sent, and send nothing')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'The same as `--output json`')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never prompt, never open a browser by itself [env: EPROSPERA_NO_INPUT, CI]')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more on stderr (can be repeated) [env: EPROSPERA_LOG]')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more on stderr (can be repeated) [env: EPROSPERA_LOG]')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less on stderr')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less on stderr')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'eprospera;introspect' {
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Named profile [env: EPROSPERA_PROFILE] [default: default]')
            [CompletionResult]::new('--issuer', '--issuer', [CompletionResultType]::ParameterName, 'Issuer; https, or http on a loopback host [env: EPROSPERA_ISSUER]')
            [CompletionResult]::new('--client-id', '--client-id', [CompletionResultType]::ParameterName, 'Client id that the provider gave you [env: EPROSPERA_CLIENT_ID]')
            [CompletionResult]::new('--redirect-uri', '--redirect-uri', [CompletionResultType]::ParameterName, 'Registered redirect URI, in order of preference (can be repeated) [env: EPROSPERA_REDIRECT_URI]')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Credential store: keyring, encrypted-file, plain-file or command:PROGRAM [env: EPROSPERA_STORE]')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format [env: EPROSPERA_OUTPUT]')
            [CompletionResult]::new('--jq', '--jq', [CompletionResultType]::ParameterName, 'Filter the JSON answer with a jq expression; implies `--output json`')
            [CompletionResult]::new('--fields', '--fields', [CompletionResultType]::ParameterName, 'Show only these fields of the answer, such as `name,address.city`')
            [CompletionResult]::new('--ca-file', '--ca-file', [CompletionResultType]::ParameterName, 'PEM file with trust roots beside the machine''s own [env: EPROSPERA_CA_FILE]')
            [CompletionResult]::new('--request-timeout', '--request-timeout', [CompletionResultType]::ParameterName, 'Longest time for one request [env: EPROSPERA_REQUEST_TIMEOUT] [default: 30s]')
            [CompletionResult]::new('--retries', '--retries', [CompletionResultType]::ParameterName, 'How often a read is sent again while the portal is busy or out of reach [env: EPROSPERA_RETRIES] [default: 3]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours [env: NO_COLOR]')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'The same as `--output json`')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never prompt, never open a browser by itself [env: EPROSPERA_NO_INPUT, CI]')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more on stderr (can be repeated) [env: EPROSPERA_LOG]')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more on stderr (can be repeated) [env: EPROSPERA_LOG]')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less on stderr')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less on stderr')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'eprospera;exec' {
            [CompletionResult]::new('--min-ttl', '--min-ttl', [CompletionResultType]::ParameterName, 'How long the token must stay valid')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Named profile [env: EPROSPERA_PROFILE] [default: default]')
            [CompletionResult]::new('--issuer', '--issuer', [CompletionResultType]::ParameterName, 'Issuer; https, or http on a loopback host [env: EPROSPERA_ISSUER]')
            [CompletionResult]::new('--client-id', '--client-id', [CompletionResultType]::ParameterName, 'Client id that the provider gave you [env: EPROSPERA_CLIENT_ID]')
            [CompletionResult]::new('--redirect-uri', '--redirect-uri', [CompletionResultType]::ParameterName, 'Registered redirect URI, in order of preference (can be repeated) [env: EPROSPERA_REDIRECT_URI]')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Credential store: keyring, encrypted-file, plain-file or command:PROGRAM [env: EPROSPERA_STORE]')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format [env: EPROSPERA_OUTPUT]')
            [CompletionResult]::new('--jq', '--jq', [CompletionResultType]::ParameterName, 'Filter the JSON answer with a jq expression; implies `--output json`')
            [CompletionResult]::new('--fields', '--fields', [CompletionResultType]::ParameterName, 'Show only these fields of the answer, such as `name,address.city`')
            [CompletionResult]::new('--ca-file', '--ca-file', [CompletionResultType]::ParameterName, 'PEM file with trust roots beside the machine''s own [env: EPROSPERA_CA_FILE]')
            [CompletionResult]::new('--request-timeout', '--request-timeout', [CompletionResultType]::ParameterName, 'Longest time for one request [env: EPROSPERA_REQUEST_TIMEOUT] [default: 30s]')
            [CompletionResult]::new('--retries', '--retries', [CompletionResultType]::ParameterName, 'How often a read is sent again while the portal is busy or out of reach [env: EPROSPERA_RETRIES] [default: 3]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours [env: NO_COLOR]')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'The same as `--output json`')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never prompt, never open a browser by itself [env: EPROSPERA_NO_INPUT, CI]')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more on stderr (can be repeated) [env: EPROSPERA_LOG]')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more on stderr (can be repeated) [env: EPROSPERA_LOG]')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less on stderr')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less on stderr')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'eprospera;session' {
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Named profile [env: EPROSPERA_PROFILE] [default: default]')
            [CompletionResult]::new('--issuer', '--issuer', [CompletionResultType]::ParameterName, 'Issuer; https, or http on a loopback host [env: EPROSPERA_ISSUER]')
            [CompletionResult]::new('--client-id', '--client-id', [CompletionResultType]::ParameterName, 'Client id that the provider gave you [env: EPROSPERA_CLIENT_ID]')
            [CompletionResult]::new('--redirect-uri', '--redirect-uri', [CompletionResultType]::ParameterName, 'Registered redirect URI, in order of preference (can be repeated) [env: EPROSPERA_REDIRECT_URI]')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Credential store: keyring, encrypted-file, plain-file or command:PROGRAM [env: EPROSPERA_STORE]')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format [env: EPROSPERA_OUTPUT]')
            [CompletionResult]::new('--jq', '--jq', [CompletionResultType]::ParameterName, 'Filter the JSON answer with a jq expression; implies `--output json`')
            [CompletionResult]::new('--fields', '--fields', [CompletionResultType]::ParameterName, 'Show only these fields of the answer, such as `name,address.city`')
            [CompletionResult]::new('--ca-file', '--ca-file', [CompletionResultType]::ParameterName, 'PEM file with trust roots beside the machine''s own [env: EPROSPERA_CA_FILE]')
            [CompletionResult]::new('--request-timeout', '--request-timeout', [CompletionResultType]::ParameterName, 'Longest time for one request [env: EPROSPERA_REQUEST_TIMEOUT] [default: 30s]')
            [CompletionResult]::new('--retries', '--retries', [CompletionResultType]::ParameterName, 'How often a read is sent again while the portal is busy or out of reach [env: EPROSPERA_RETRIES] [default: 3]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours [env: NO_COLOR]')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'The same as `--output json`')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never prompt, never open a browser by itself [env: EPROSPERA_NO_INPUT, CI]')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more on stderr (can be repeated) [env: EPROSPERA_LOG]')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more on stderr (can be repeated) [env: EPROSPERA_LOG]')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less on stderr')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less on stderr')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('export', 'export', [CompletionResultType]::ParameterValue, 'Write the session, encrypted, to a file, and retire it here')
            [CompletionResult]::new('import', 'import', [CompletionResultType]::ParameterValue, 'Take over a session that was exported')
            [CompletionResult]::new('restore', 'restore', [CompletionResultType]::ParameterValue, 'Bring back a session that an export retired and that did not arrive')
            [CompletionResult]::new('rekey', 'rekey', [CompletionResultType]::ParameterValue, 'Encrypt the records of the encrypted store with another key')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'eprospera;session;export' {
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Named profile [env: EPROSPERA_PROFILE] [default: default]')
            [CompletionResult]::new('--issuer', '--issuer', [CompletionResultType]::ParameterName, 'Issuer; https, or http on a loopback host [env: EPROSPERA_ISSUER]')
            [CompletionResult]::new('--client-id', '--client-id', [CompletionResultType]::ParameterName, 'Client id that the provider gave you [env: EPROSPERA_CLIENT_ID]')
            [CompletionResult]::new('--redirect-uri', '--redirect-uri', [CompletionResultType]::ParameterName, 'Registered redirect URI, in order of preference (can be repeated) [env: EPROSPERA_REDIRECT_URI]')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Credential store: keyring, encrypted-file, plain-file or command:PROGRAM [env: EPROSPERA_STORE]')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format [env: EPROSPERA_OUTPUT]')
            [CompletionResult]::new('--jq', '--jq', [CompletionResultType]::ParameterName, 'Filter the JSON answer with a jq expression; implies `--output json`')
            [CompletionResult]::new('--fields', '--fields', [CompletionResultType]::ParameterName, 'Show only these fields of the answer, such as `name,address.city`')
            [CompletionResult]::new('--ca-file', '--ca-file', [CompletionResultType]::ParameterName, 'PEM file with trust roots beside the machine''s own [env: EPROSPERA_CA_FILE]')
            [CompletionResult]::new('--request-timeout', '--request-timeout', [CompletionResultType]::ParameterName, 'Longest time for one request [env: EPROSPERA_REQUEST_TIMEOUT] [default: 30s]')
            [CompletionResult]::new('--retries', '--retries', [CompletionResultType]::ParameterName, 'How often a read is sent again while the portal is busy or out of reach [env: EPROSPERA_RETRIES] [default: 3]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours [env: NO_COLOR]')
            [CompletionResult]::new('--copy', '--copy', [CompletionResultType]::ParameterName, 'Keep the session here as well; whichever refreshes second ends both')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'The same as `--output json`')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never prompt, never open a browser by itself [env: EPROSPERA_NO_INPUT, CI]')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more on stderr (can be repeated) [env: EPROSPERA_LOG]')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more on stderr (can be repeated) [env: EPROSPERA_LOG]')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less on stderr')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less on stderr')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'eprospera;session;import' {
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Named profile [env: EPROSPERA_PROFILE] [default: default]')
            [CompletionResult]::new('--issuer', '--issuer', [CompletionResultType]::ParameterName, 'Issuer; https, or http on a loopback host [env: EPROSPERA_ISSUER]')
            [CompletionResult]::new('--client-id', '--client-id', [CompletionResultType]::ParameterName, 'Client id that the provider gave you [env: EPROSPERA_CLIENT_ID]')
            [CompletionResult]::new('--redirect-uri', '--redirect-uri', [CompletionResultType]::ParameterName, 'Registered redirect URI, in order of preference (can be repeated) [env: EPROSPERA_REDIRECT_URI]')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Credential store: keyring, encrypted-file, plain-file or command:PROGRAM [env: EPROSPERA_STORE]')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format [env: EPROSPERA_OUTPUT]')
            [CompletionResult]::new('--jq', '--jq', [CompletionResultType]::ParameterName, 'Filter the JSON answer with a jq expression; implies `--output json`')
            [CompletionResult]::new('--fields', '--fields', [CompletionResultType]::ParameterName, 'Show only these fields of the answer, such as `name,address.city`')
            [CompletionResult]::new('--ca-file', '--ca-file', [CompletionResultType]::ParameterName, 'PEM file with trust roots beside the machine''s own [env: EPROSPERA_CA_FILE]')
            [CompletionResult]::new('--request-timeout', '--request-timeout', [CompletionResultType]::ParameterName, 'Longest time for one request [env: EPROSPERA_REQUEST_TIMEOUT] [default: 30s]')
            [CompletionResult]::new('--retries', '--retries', [CompletionResultType]::ParameterName, 'How often a read is sent again while the portal is busy or out of reach [env: EPROSPERA_RETRIES] [default: 3]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours [env: NO_COLOR]')
            [CompletionResult]::new('--replace', '--replace', [CompletionResultType]::ParameterName, 'Replace the session of another account, or of another login')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'The same as `--output json`')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never prompt, never open a browser by itself [env: EPROSPERA_NO_INPUT, CI]')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more on stderr (can be repeated) [env: EPROSPERA_LOG]')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more on stderr (can be repeated) [env: EPROSPERA_LOG]')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less on stderr')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less on stderr')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'eprospera;session;restore' {
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Named profile [env: EPROSPERA_PROFILE] [default: default]')
            [CompletionResult]::new('--issuer', '--issuer', [CompletionResultType]::ParameterName, 'Issuer; https, or http on a loopback host [env: EPROSPERA_ISSUER]')
            [CompletionResult]::new('--client-id', '--client-id', [CompletionResultType]::ParameterName, 'Client id that the provider gave you [env: EPROSPERA_CLIENT_ID]')
            [CompletionResult]::new('--redirect-uri', '--redirect-uri', [CompletionResultType]::ParameterName, 'Registered redirect URI, in order of preference (can be repeated) [env: EPROSPERA_REDIRECT_URI]')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Credential store: keyring, encrypted-file, plain-file or command:PROGRAM [env: EPROSPERA_STORE]')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format [env: EPROSPERA_OUTPUT]')
            [CompletionResult]::new('--jq', '--jq', [CompletionResultType]::ParameterName, 'Filter the JSON answer with a jq expression; implies `--output json`')
            [CompletionResult]::new('--fields', '--fields', [CompletionResultType]::ParameterName, 'Show only these fields of the answer, such as `name,address.city`')
            [CompletionResult]::new('--ca-file', '--ca-file', [CompletionResultType]::ParameterName, 'PEM file with trust roots beside the machine''s own [env: EPROSPERA_CA_FILE]')
            [CompletionResult]::new('--request-timeout', '--request-timeout', [CompletionResultType]::ParameterName, 'Longest time for one request [env: EPROSPERA_REQUEST_TIMEOUT] [default: 30s]')
            [CompletionResult]::new('--retries', '--retries', [CompletionResultType]::ParameterName, 'How often a read is sent again while the portal is busy or out of reach [env: EPROSPERA_RETRIES] [default: 3]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours [env: NO_COLOR]')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'The same as `--output json`')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never prompt, never open a browser by itself [env: EPROSPERA_NO_INPUT, CI]')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more on stderr (can be repeated) [env: EPROSPERA_LOG]')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more on stderr (can be repeated) [env: EPROSPERA_LOG]')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less on stderr')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less on stderr')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'eprospera;session;rekey' {
            [CompletionResult]::new('--generate', '--generate', [CompletionResultType]::ParameterName, 'Make a random key and write it to this new file')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Named profile [env: EPROSPERA_PROFILE] [default: default]')
            [CompletionResult]::new('--issuer', '--issuer', [CompletionResultType]::ParameterName, 'Issuer; https, or http on a loopback host [env: EPROSPERA_ISSUER]')
            [CompletionResult]::new('--client-id', '--client-id', [CompletionResultType]::ParameterName, 'Client id that the provider gave you [env: EPROSPERA_CLIENT_ID]')
            [CompletionResult]::new('--redirect-uri', '--redirect-uri', [CompletionResultType]::ParameterName, 'Registered redirect URI, in order of preference (can be repeated) [env: EPROSPERA_REDIRECT_URI]')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Credential store: keyring, encrypted-file, plain-file or command:PROGRAM [env: EPROSPERA_STORE]')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format [env: EPROSPERA_OUTPUT]')
            [CompletionResult]::new('--jq', '--jq', [CompletionResultType]::ParameterName, 'Filter the JSON answer with a jq expression; implies `--output json`')
            [CompletionResult]::new('--fields', '--fields', [CompletionResultType]::ParameterName, 'Show only these fields of the answer, such as `name,address.city`')
            [CompletionResult]::new('--ca-file', '--ca-file', [CompletionResultType]::ParameterName, 'PEM file with trust roots beside the machine''s own [env: EPROSPERA_CA_FILE]')
            [CompletionResult]::new('--request-timeout', '--request-timeout', [CompletionResultType]::ParameterName, 'Longest time for one request [env: EPROSPERA_REQUEST_TIMEOUT] [default: 30s]')
            [CompletionResult]::new('--retries', '--retries', [CompletionResultType]::ParameterName, 'How often a read is sent again while the portal is busy or out of reach [env: EPROSPERA_RETRIES] [default: 3]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours [env: NO_COLOR]')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'The same as `--output json`')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never prompt, never open a browser by itself [env: EPROSPERA_NO_INPUT, CI]')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more on stderr (can be repeated) [env: EPROSPERA_LOG]')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more on stderr (can be repeated) [env: EPROSPERA_LOG]')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less on stderr')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less on stderr')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'eprospera;session;help' {
            [CompletionResult]::new('export', 'export', [CompletionResultType]::ParameterValue, 'Write the session, encrypted, to a file, and retire it here')
            [CompletionResult]::new('import', 'import', [CompletionResultType]::ParameterValue, 'Take over a session that was exported')
            [CompletionResult]::new('restore', 'restore', [CompletionResultType]::ParameterValue, 'Bring back a session that an export retired and that did not arrive')
            [CompletionResult]::new('rekey', 'rekey', [CompletionResultType]::ParameterValue, 'Encrypt the records of the encrypted store with another key')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'eprospera;session;help;export' {
            break
        }
        'eprospera;session;help;import' {
            break
        }
        'eprospera;session;help;restore' {
            break
        }
        'eprospera;session;help;rekey' {
            break
        }
        'eprospera;session;help;help' {
            break
        }
        'eprospera;profile' {
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Named profile [env: EPROSPERA_PROFILE] [default: default]')
            [CompletionResult]::new('--issuer', '--issuer', [CompletionResultType]::ParameterName, 'Issuer; https, or http on a loopback host [env: EPROSPERA_ISSUER]')
            [CompletionResult]::new('--client-id', '--client-id', [CompletionResultType]::ParameterName, 'Client id that the provider gave you [env: EPROSPERA_CLIENT_ID]')
            [CompletionResult]::new('--redirect-uri', '--redirect-uri', [CompletionResultType]::ParameterName, 'Registered redirect URI, in order of preference (can be repeated) [env: EPROSPERA_REDIRECT_URI]')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Credential store: keyring, encrypted-file, plain-file or command:PROGRAM [env: EPROSPERA_STORE]')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format [env: EPROSPERA_OUTPUT]')
            [CompletionResult]::new('--jq', '--jq', [CompletionResultType]::ParameterName, 'Filter the JSON answer with a jq expression; implies `--output json`')
            [CompletionResult]::new('--fields', '--fields', [CompletionResultType]::ParameterName, 'Show only these fields of the answer, such as `name,address.city`')
            [CompletionResult]::new('--ca-file', '--ca-file', [CompletionResultType]::ParameterName, 'PEM file with trust roots beside the machine''s own [env: EPROSPERA_CA_FILE]')
            [CompletionResult]::new('--request-timeout', '--request-timeout', [CompletionResultType]::ParameterName, 'Longest time for one request [env: EPROSPERA_REQUEST_TIMEOUT] [default: 30s]')
            [CompletionResult]::new('--retries', '--retries', [CompletionResultType]::ParameterName, 'How often a read is sent again while the portal is busy or out of reach [env: EPROSPERA_RETRIES] [default: 3]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours [env: NO_COLOR]')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'The same as `--output json`')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never prompt, never open a browser by itself [env: EPROSPERA_NO_INPUT, CI]')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more on stderr (can be repeated) [env: EPROSPERA_LOG]')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more on stderr (can be repeated) [env: EPROSPERA_LOG]')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less on stderr')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less on stderr')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List the profiles')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show one profile')
            [CompletionResult]::new('set', 'set', [CompletionResultType]::ParameterValue, 'Set a key of the profile in use; `client-secret` is read from a prompt or stdin')
            [CompletionResult]::new('unset', 'unset', [CompletionResultType]::ParameterValue, 'Take a key out of the profile in use')
            [CompletionResult]::new('use', 'use', [CompletionResultType]::ParameterValue, 'Make a profile the default')
            [CompletionResult]::new('remove', 'remove', [CompletionResultType]::ParameterValue, 'Remove a profile from the configuration')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'eprospera;profile;list' {
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Named profile [env: EPROSPERA_PROFILE] [default: default]')
            [CompletionResult]::new('--issuer', '--issuer', [CompletionResultType]::ParameterName, 'Issuer; https, or http on a loopback host [env: EPROSPERA_ISSUER]')
            [CompletionResult]::new('--client-id', '--client-id', [CompletionResultType]::ParameterName, 'Client id that the provider gave you [env: EPROSPERA_CLIENT_ID]')
            [CompletionResult]::new('--redirect-uri', '--redirect-uri', [CompletionResultType]::ParameterName, 'Registered redirect URI, in order of preference (can be repeated) [env: EPROSPERA_REDIRECT_URI]')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Credential store: keyring, encrypted-file, plain-file or command:PROGRAM [env: EPROSPERA_STORE]')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format [env: EPROSPERA_OUTPUT]')
            [CompletionResult]::new('--jq', '--jq', [CompletionResultType]::ParameterName, 'Filter the JSON answer with a jq expression; implies `--output json`')
            [CompletionResult]::new('--fields', '--fields', [CompletionResultType]::ParameterName, 'Show only these fields of the answer, such as `name,address.city`')
            [CompletionResult]::new('--ca-file', '--ca-file', [CompletionResultType]::ParameterName, 'PEM file with trust roots beside the machine''s own [env: EPROSPERA_CA_FILE]')
            [CompletionResult]::new('--request-timeout', '--request-timeout', [CompletionResultType]::ParameterName, 'Longest time for one request [env: EPROSPERA_REQUEST_TIMEOUT] [default: 30s]')
            [CompletionResult]::new('--retries', '--retries', [CompletionResultType]::ParameterName, 'How often a read is sent again while the portal is busy or out of reach [env: EPROSPERA_RETRIES] [default: 3]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours [env: NO_COLOR]')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'The same as `--output json`')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never prompt, never open a browser by itself [env: EPROSPERA_NO_INPUT, CI]')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more on stderr (can be repeated) [env: EPROSPERA_LOG]')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more on stderr (can be repeated) [env: EPROSPERA_LOG]')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less on stderr')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less on stderr')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'eprospera;profile;show' {
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Named profile [env: EPROSPERA_PROFILE] [default: default]')
            [CompletionResult]::new('--issuer', '--issuer', [CompletionResultType]::ParameterName, 'Issuer; https, or http on a loopback host [env: EPROSPERA_ISSUER]')
            [CompletionResult]::new('--client-id', '--client-id', [CompletionResultType]::ParameterName, 'Client id that the provider gave you [env: EPROSPERA_CLIENT_ID]')
            [CompletionResult]::new('--redirect-uri', '--redirect-uri', [CompletionResultType]::ParameterName, 'Registered redirect URI, in order of preference (can be repeated) [env: EPROSPERA_REDIRECT_URI]')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Credential store: keyring, encrypted-file, plain-file or command:PROGRAM [env: EPROSPERA_STORE]')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format [env: EPROSPERA_OUTPUT]')
            [CompletionResult]::new('--jq', '--jq', [CompletionResultType]::ParameterName, 'Filter the JSON answer with a jq expression; implies `--output json`')
            [CompletionResult]::new('--fields', '--fields', [CompletionResultType]::ParameterName, 'Show only these fields of the answer, such as `name,address.city`')
            [CompletionResult]::new('--ca-file', '--ca-file', [CompletionResultType]::ParameterName, 'PEM file with trust roots beside the machine''s own [env: EPROSPERA_CA_FILE]')
            [CompletionResult]::new('--request-timeout', '--request-timeout', [CompletionResultType]::ParameterName, 'Longest time for one request [env: EPROSPERA_REQUEST_TIMEOUT] [default: 30s]')
            [CompletionResult]::new('--retries', '--retries', [CompletionResultType]::ParameterName, 'How often a read is sent again while the portal is busy or out of reach [env: EPROSPERA_RETRIES] [default: 3]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours [env: NO_COLOR]')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'The same as `--output json`')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never prompt, never open a browser by itself [env: EPROSPERA_NO_INPUT, CI]')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more on stderr (can be repeated) [env: EPROSPERA_LOG]')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more on stderr (can be repeated) [env: EPROSPERA_LOG]')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less on stderr')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less on stderr')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'eprospera;profile;set' {
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Named profile [env: EPROSPERA_PROFILE] [default: default]')
            [CompletionResult]::new('--issuer', '--issuer', [CompletionResultType]::ParameterName, 'Issuer; https, or http on a loopback host [env: EPROSPERA_ISSUER]')
            [CompletionResult]::new('--client-id', '--client-id', [CompletionResultType]::ParameterName, 'Client id that the provider gave you [env: EPROSPERA_CLIENT_ID]')
            [CompletionResult]::new('--redirect-uri', '--redirect-uri', [CompletionResultType]::ParameterName, 'Registered redirect URI, in order of preference (can be repeated) [env: EPROSPERA_REDIRECT_URI]')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Credential store: keyring, encrypted-file, plain-file or command:PROGRAM [env: EPROSPERA_STORE]')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format [env: EPROSPERA_OUTPUT]')
            [CompletionResult]::new('--jq', '--jq', [CompletionResultType]::ParameterName, 'Filter the JSON answer with a jq expression; implies `--output json`')
            [CompletionResult]::new('--fields', '--fields', [CompletionResultType]::ParameterName, 'Show only these fields of the answer, such as `name,address.city`')
            [CompletionResult]::new('--ca-file', '--ca-file', [CompletionResultType]::ParameterName, 'PEM file with trust roots beside the machine''s own [env: EPROSPERA_CA_FILE]')
            [CompletionResult]::new('--request-timeout', '--request-timeout', [CompletionResultType]::ParameterName, 'Longest time for one request [env: EPROSPERA_REQUEST_TIMEOUT] [default: 30s]')
            [CompletionResult]::new('--retries', '--retries', [CompletionResultType]::ParameterName, 'How often a read is sent again while the portal is busy or out of reach [env: EPROSPERA_RETRIES] [default: 3]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours [env: NO_COLOR]')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'The same as `--output json`')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never prompt, never open a browser by itself [env: EPROSPERA_NO_INPUT, CI]')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more on stderr (can be repeated) [env: EPROSPERA_LOG]')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more on stderr (can be repeated) [env: EPROSPERA_LOG]')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less on stderr')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less on stderr')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'eprospera;profile;unset' {
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Named profile [env: EPROSPERA_PROFILE] [default: default]')
            [CompletionResult]::new('--issuer', '--issuer', [CompletionResultType]::ParameterName, 'Issuer; https, or http on a loopback host [env: EPROSPERA_ISSUER]')
            [CompletionResult]::new('--client-id', '--client-id', [CompletionResultType]::ParameterName, 'Client id that the provider gave you [env: EPROSPERA_CLIENT_ID]')
            [CompletionResult]::new('--redirect-uri', '--redirect-uri', [CompletionResultType]::ParameterName, 'Registered redirect URI, in order of preference (can be repeated) [env: EPROSPERA_REDIRECT_URI]')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Credential store: keyring, encrypted-file, plain-file or command:PROGRAM [env: EPROSPERA_STORE]')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format [env: EPROSPERA_OUTPUT]')
            [CompletionResult]::new('--jq', '--jq', [CompletionResultType]::ParameterName, 'Filter the JSON answer with a jq expression; implies `--output json`')
            [CompletionResult]::new('--fields', '--fields', [CompletionResultType]::ParameterName, 'Show only these fields of the answer, such as `name,address.city`')
            [CompletionResult]::new('--ca-file', '--ca-file', [CompletionResultType]::ParameterName, 'PEM file with trust roots beside the machine''s own [env: EPROSPERA_CA_FILE]')
            [CompletionResult]::new('--request-timeout', '--request-timeout', [CompletionResultType]::ParameterName, 'Longest time for one request [env: EPROSPERA_REQUEST_TIMEOUT] [default: 30s]')
            [CompletionResult]::new('--retries', '--retries', [CompletionResultType]::ParameterName, 'How often a read is sent again while the portal is busy or out of reach [env: EPROSPERA_RETRIES] [default: 3]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours [env: NO_COLOR]')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'The same as `--output json`')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never prompt, never open a browser by itself [env: EPROSPERA_NO_INPUT, CI]')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more on stderr (can be repeated) [env: EPROSPERA_LOG]')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more on stderr (can be repeated) [env: EPROSPERA_LOG]')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less on stderr')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less on stderr')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'eprospera;profile;use' {
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Named profile [env: EPROSPERA_PROFILE] [default: default]')
            [CompletionResult]::new('--issuer', '--issuer', [CompletionResultType]::ParameterName, 'Issuer; https, or http on a loopback host [env: EPROSPERA_ISSUER]')
            [CompletionResult]::new('--client-id', '--client-id', [CompletionResultType]::ParameterName, 'Client id that the provider gave you [env: EPROSPERA_CLIENT_ID]')
            [CompletionResult]::new('--redirect-uri', '--redirect-uri', [CompletionResultType]::ParameterName, 'Registered redirect URI, in order of preference (can be repeated) [env: EPROSPERA_REDIRECT_URI]')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Credential store: keyring, encrypted-file, plain-file or command:PROGRAM [env: EPROSPERA_STORE]')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format [env: EPROSPERA_OUTPUT]')
            [CompletionResult]::new('--jq', '--jq', [CompletionResultType]::ParameterName, 'Filter the JSON answer with a jq expression; implies `--output json`')
            [CompletionResult]::new('--fields', '--fields', [CompletionResultType]::ParameterName, 'Show only these fields of the answer, such as `name,address.city`')
            [CompletionResult]::new('--ca-file', '--ca-file', [CompletionResultType]::ParameterName, 'PEM file with trust roots beside the machine''s own [env: EPROSPERA_CA_FILE]')
            [CompletionResult]::new('--request-timeout', '--request-timeout', [CompletionResultType]::ParameterName, 'Longest time for one request [env: EPROSPERA_REQUEST_TIMEOUT] [default: 30s]')
            [CompletionResult]::new('--retries', '--retries', [CompletionResultType]::ParameterName, 'How often a read is sent again while the portal is busy or out of reach [env: EPROSPERA_RETRIES] [default: 3]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours [env: NO_COLOR]')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'The same as `--output json`')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never prompt, never open a browser by itself [env: EPROSPERA_NO_INPUT, CI]')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more on stderr (can be repeated) [env: EPROSPERA_LOG]')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more on stderr (can be repeated) [env: EPROSPERA_LOG]')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less on stderr')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less on stderr')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'eprospera;profile;remove' {
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Named profile [env: EPROSPERA_PROFILE] [default: default]')
            [CompletionResult]::new('--issuer', '--issuer', [CompletionResultType]::ParameterName, 'Issuer; https, or http on a loopback host [env: EPROSPERA_ISSUER]')
            [CompletionResult]::new('--client-id', '--client-id', [CompletionResultType]::ParameterName, 'Client id that the provider gave you [env: EPROSPERA_CLIENT_ID]')
            [CompletionResult]::new('--redirect-uri', '--redirect-uri', [CompletionResultType]::ParameterName, 'Registered redirect URI, in order of preference (can be repeated) [env: EPROSPERA_REDIRECT_URI]')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Credential store: keyring, encrypted-file, plain-file or command:PROGRAM [env: EPROSPERA_STORE]')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format [env: EPROSPERA_OUTPUT]')
            [CompletionResult]::new('--jq', '--jq', [CompletionResultType]::ParameterName, 'Filter the JSON answer with a jq expression; implies `--output json`')
            [CompletionResult]::new('--fields', '--fields', [CompletionResultType]::ParameterName, 'Show only these fields of the answer, such as `name,address.city`')
            [CompletionResult]::new('--ca-file', '--ca-file', [CompletionResultType]::ParameterName, 'PEM file with trust roots beside the machine''s own [env: EPROSPERA_CA_FILE]')
            [CompletionResult]::new('--request-timeout', '--request-timeout', [CompletionResultType]::ParameterName, 'Longest time for one request [env: EPROSPERA_REQUEST_TIMEOUT] [default: 30s]')
            [CompletionResult]::new('--retries', '--retries', [CompletionResultType]::ParameterName, 'How often a read is sent again while the portal is busy or out of reach [env: EPROSPERA_RETRIES] [default: 3]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours [env: NO_COLOR]')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'The same as `--output json`')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never prompt, never open a browser by itself [env: EPROSPERA_NO_INPUT, CI]')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more on stderr (can be repeated) [env: EPROSPERA_LOG]')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more on stderr (can be repeated) [env: EPROSPERA_LOG]')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less on stderr')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less on stderr')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'eprospera;profile;help' {
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List the profiles')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show one profile')
            [CompletionResult]::new('set', 'set', [CompletionResultType]::ParameterValue, 'Set a key of the profile in use; `client-secret` is read from a prompt or stdin')
            [CompletionResult]::new('unset', 'unset', [CompletionResultType]::ParameterValue, 'Take a key out of the profile in use')
            [CompletionResult]::new('use', 'use', [CompletionResultType]::ParameterValue, 'Make a profile the default')
            [CompletionResult]::new('remove', 'remove', [CompletionResultType]::ParameterValue, 'Remove a profile from the configuration')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'eprospera;profile;help;list' {
            break
        }
        'eprospera;profile;help;show' {
            break
        }
        'eprospera;profile;help;set' {
            break
        }
        'eprospera;profile;help;unset' {
            break
        }
        'eprospera;profile;help;use' {
            break
        }
        'eprospera;profile;help;remove' {
            break
        }
        'eprospera;profile;help;help' {
            break
        }
        'eprospera;explain' {
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Named profile [env: EPROSPERA_PROFILE] [default: default]')
            [CompletionResult]::new('--issuer', '--issuer', [CompletionResultType]::ParameterName, 'Issuer; https, or http on a loopback host [env: EPROSPERA_ISSUER]')
            [CompletionResult]::new('--client-id', '--client-id', [CompletionResultType]::ParameterName, 'Client id that the provider gave you [env: EPROSPERA_CLIENT_ID]')
            [CompletionResult]::new('--redirect-uri', '--redirect-uri', [CompletionResultType]::ParameterName, 'Registered redirect URI, in order of preference (can be repeated) [env: EPROSPERA_REDIRECT_URI]')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Credential store: keyring, encrypted-file, plain-file or command:PROGRAM [env: EPROSPERA_STORE]')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format [env: EPROSPERA_OUTPUT]')
            [CompletionResult]::new('--jq', '--jq', [CompletionResultType]::ParameterName, 'Filter the JSON answer with a jq expression; implies `--output json`')
            [CompletionResult]::new('--fields', '--fields', [CompletionResultType]::ParameterName, 'Show only these fields of the answer, such as `name,address.city`')
            [CompletionResult]::new('--ca-file', '--ca-file', [CompletionResultType]::ParameterName, 'PEM file with trust roots beside the machine''s own [env: EPROSPERA_CA_FILE]')
            [CompletionResult]::new('--request-timeout', '--request-timeout', [CompletionResultType]::ParameterName, 'Longest time for one request [env: EPROSPERA_REQUEST_TIMEOUT] [default: 30s]')
            [CompletionResult]::new('--retries', '--retries', [CompletionResultType]::ParameterName, 'How often a read is sent again while the portal is busy or out of reach [env: EPROSPERA_RETRIES] [default: 3]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours [env: NO_COLOR]')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'The same as `--output json`')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never prompt, never open a browser by itself [env: EPROSPERA_NO_INPUT, CI]')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more on stderr (can be repeated) [env: EPROSPERA_LOG]')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more on stderr (can be repeated) [env: EPROSPERA_LOG]')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less on stderr')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less on stderr')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'eprospera;completions' {
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Named profile [env: EPROSPERA_PROFILE] [default: default]')
            [CompletionResult]::new('--issuer', '--issuer', [CompletionResultType]::ParameterName, 'Issuer; https, or http on a loopback host [env: EPROSPERA_ISSUER]')
            [CompletionResult]::new('--client-id', '--client-id', [CompletionResultType]::ParameterName, 'Client id that the provider gave you [env: EPROSPERA_CLIENT_ID]')
            [CompletionResult]::new('--redirect-uri', '--redirect-uri', [CompletionResultType]::ParameterName, 'Registered redirect URI, in order of preference (can be repeated) [env: EPROSPERA_REDIRECT_URI]')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Credential store: keyring, encrypted-file, plain-file or command:PROGRAM [env: EPROSPERA_STORE]')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format [env: EPROSPERA_OUTPUT]')
            [CompletionResult]::new('--jq', '--jq', [CompletionResultType]::ParameterName, 'Filter the JSON answer with a jq expression; implies `--output json`')
            [CompletionResult]::new('--fields', '--fields', [CompletionResultType]::ParameterName, 'Show only these fields of the answer, such as `name,address.city`')
            [CompletionResult]::new('--ca-file', '--ca-file', [CompletionResultType]::ParameterName, 'PEM file with trust roots beside the machine''s own [env: EPROSPERA_CA_FILE]')
            [CompletionResult]::new('--request-timeout', '--request-timeout', [CompletionResultType]::ParameterName, 'Longest time for one request [env: EPROSPERA_REQUEST_TIMEOUT] [default: 30s]')
            [CompletionResult]::new('--retries', '--retries', [CompletionResultType]::ParameterName, 'How often a read is sent again while the portal is busy or out of reach [env: EPROSPERA_RETRIES] [default: 3]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours [env: NO_COLOR]')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'The same as `--output json`')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never prompt, never open a browser by itself [env: EPROSPERA_NO_INPUT, CI]')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more on stderr (can be repeated) [env: EPROSPERA_LOG]')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more on stderr (can be repeated) [env: EPROSPERA_LOG]')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less on stderr')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less on stderr')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'eprospera;sandbox' {
            [CompletionResult]::new('--port', '--port', [CompletionResultType]::ParameterName, 'Port to listen on')
            [CompletionResult]::new('--auto-approve', '--auto-approve', [CompletionResultType]::ParameterName, 'Sign in and consent without pages, as this persona')
            [CompletionResult]::new('--data', '--data', [CompletionResultType]::ParameterName, 'People who can sign in, in JSON or TOML; they come before the built-in ones')
            [CompletionResult]::new('--access-ttl', '--access-ttl', [CompletionResultType]::ParameterName, 'Lifetime of access tokens')
            [CompletionResult]::new('--refresh-ttl', '--refresh-ttl', [CompletionResultType]::ParameterName, 'Lifetime of refresh tokens')
            [CompletionResult]::new('--code-ttl', '--code-ttl', [CompletionResultType]::ParameterName, 'Lifetime of authorization codes')
            [CompletionResult]::new('--device-ttl', '--device-ttl', [CompletionResultType]::ParameterName, 'Lifetime of device codes')
            [CompletionResult]::new('--device-interval', '--device-interval', [CompletionResultType]::ParameterName, 'Pause between two polls of a device')
            [CompletionResult]::new('--id-token-ttl', '--id-token-ttl', [CompletionResultType]::ParameterName, 'Lifetime of ID tokens')
            [CompletionResult]::new('--client', '--client', [CompletionResultType]::ParameterName, 'Further client: ID[:SECRET]=REDIRECT_URI,… (can be repeated)')
            [CompletionResult]::new('--fault', '--fault', [CompletionResultType]::ParameterName, 'Fault to make on purpose (can be repeated)')
            [CompletionResult]::new('--latency', '--latency', [CompletionResultType]::ParameterName, 'Pause before every answer')
            [CompletionResult]::new('--signing', '--signing', [CompletionResultType]::ParameterName, 'Algorithm that signs ID tokens')
            [CompletionResult]::new('--discovery', '--discovery', [CompletionResultType]::ParameterName, 'Discovery document to serve')
            [CompletionResult]::new('--missing-scope-status', '--missing-scope-status', [CompletionResultType]::ParameterName, 'Status of a missing scope on resource routes')
            [CompletionResult]::new('--log', '--log', [CompletionResultType]::ParameterName, 'Shape of the request log on stderr')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Named profile [env: EPROSPERA_PROFILE] [default: default]')
            [CompletionResult]::new('--issuer', '--issuer', [CompletionResultType]::ParameterName, 'Issuer; https, or http on a loopback host [env: EPROSPERA_ISSUER]')
            [CompletionResult]::new('--client-id', '--client-id', [CompletionResultType]::ParameterName, 'Client id that the provider gave you [env: EPROSPERA_CLIENT_ID]')
            [CompletionResult]::new('--redirect-uri', '--redirect-uri', [CompletionResultType]::ParameterName, 'Registered redirect URI, in order of preference (can be repeated) [env: EPROSPERA_REDIRECT_URI]')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Credential store: keyring, encrypted-file, plain-file or command:PROGRAM [env: EPROSPERA_STORE]')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format [env: EPROSPERA_OUTPUT]')
            [CompletionResult]::new('--jq', '--jq', [CompletionResultType]::ParameterName, 'Filter the JSON answer with a jq expression; implies `--output json`')
            [CompletionResult]::new('--fields', '--fields', [CompletionResultType]::ParameterName, 'Show only these fields of the answer, such as `name,address.city`')
            [CompletionResult]::new('--ca-file', '--ca-file', [CompletionResultType]::ParameterName, 'PEM file with trust roots beside the machine''s own [env: EPROSPERA_CA_FILE]')
            [CompletionResult]::new('--request-timeout', '--request-timeout', [CompletionResultType]::ParameterName, 'Longest time for one request [env: EPROSPERA_REQUEST_TIMEOUT] [default: 30s]')
            [CompletionResult]::new('--retries', '--retries', [CompletionResultType]::ParameterName, 'How often a read is sent again while the portal is busy or out of reach [env: EPROSPERA_RETRIES] [default: 3]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours [env: NO_COLOR]')
            [CompletionResult]::new('--iss', '--iss', [CompletionResultType]::ParameterName, 'Send `iss` back with each code or error, and announce it in discovery (RFC 9207)')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'The same as `--output json`')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never prompt, never open a browser by itself [env: EPROSPERA_NO_INPUT, CI]')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more on stderr (can be repeated) [env: EPROSPERA_LOG]')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more on stderr (can be repeated) [env: EPROSPERA_LOG]')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less on stderr')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less on stderr')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('exec', 'exec', [CompletionResultType]::ParameterValue, 'Run the sandbox on a free port for the time of one command')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'eprospera;sandbox;exec' {
            [CompletionResult]::new('--auto-approve', '--auto-approve', [CompletionResultType]::ParameterName, 'Sign in and consent without pages, as this persona')
            [CompletionResult]::new('--data', '--data', [CompletionResultType]::ParameterName, 'People who can sign in, in JSON or TOML; they come before the built-in ones')
            [CompletionResult]::new('--access-ttl', '--access-ttl', [CompletionResultType]::ParameterName, 'Lifetime of access tokens')
            [CompletionResult]::new('--refresh-ttl', '--refresh-ttl', [CompletionResultType]::ParameterName, 'Lifetime of refresh tokens')
            [CompletionResult]::new('--code-ttl', '--code-ttl', [CompletionResultType]::ParameterName, 'Lifetime of authorization codes')
            [CompletionResult]::new('--device-ttl', '--device-ttl', [CompletionResultType]::ParameterName, 'Lifetime of device codes')
            [CompletionResult]::new('--device-interval', '--device-interval', [CompletionResultType]::ParameterName, 'Pause between two polls of a device')
            [CompletionResult]::new('--id-token-ttl', '--id-token-ttl', [CompletionResultType]::ParameterName, 'Lifetime of ID tokens')
            [CompletionResult]::new('--client', '--client', [CompletionResultType]::ParameterName, 'Further client: ID[:SECRET]=REDIRECT_URI,… (can be repeated)')
            [CompletionResult]::new('--fault', '--fault', [CompletionResultType]::ParameterName, 'Fault to make on purpose (can be repeated)')
            [CompletionResult]::new('--latency', '--latency', [CompletionResultType]::ParameterName, 'Pause before every answer')
            [CompletionResult]::new('--signing', '--signing', [CompletionResultType]::ParameterName, 'Algorithm that signs ID tokens')
            [CompletionResult]::new('--discovery', '--discovery', [CompletionResultType]::ParameterName, 'Discovery document to serve')
            [CompletionResult]::new('--missing-scope-status', '--missing-scope-status', [CompletionResultType]::ParameterName, 'Status of a missing scope on resource routes')
            [CompletionResult]::new('--log', '--log', [CompletionResultType]::ParameterName, 'Shape of the request log on stderr')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Named profile [env: EPROSPERA_PROFILE] [default: default]')
            [CompletionResult]::new('--issuer', '--issuer', [CompletionResultType]::ParameterName, 'Issuer; https, or http on a loopback host [env: EPROSPERA_ISSUER]')
            [CompletionResult]::new('--client-id', '--client-id', [CompletionResultType]::ParameterName, 'Client id that the provider gave you [env: EPROSPERA_CLIENT_ID]')
            [CompletionResult]::new('--redirect-uri', '--redirect-uri', [CompletionResultType]::ParameterName, 'Registered redirect URI, in order of preference (can be repeated) [env: EPROSPERA_REDIRECT_URI]')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Credential store: keyring, encrypted-file, plain-file or command:PROGRAM [env: EPROSPERA_STORE]')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format [env: EPROSPERA_OUTPUT]')
            [CompletionResult]::new('--jq', '--jq', [CompletionResultType]::ParameterName, 'Filter the JSON answer with a jq expression; implies `--output json`')
            [CompletionResult]::new('--fields', '--fields', [CompletionResultType]::ParameterName, 'Show only these fields of the answer, such as `name,address.city`')
            [CompletionResult]::new('--ca-file', '--ca-file', [CompletionResultType]::ParameterName, 'PEM file with trust roots beside the machine''s own [env: EPROSPERA_CA_FILE]')
            [CompletionResult]::new('--request-timeout', '--request-timeout', [CompletionResultType]::ParameterName, 'Longest time for one request [env: EPROSPERA_REQUEST_TIMEOUT] [default: 30s]')
            [CompletionResult]::new('--retries', '--retries', [CompletionResultType]::ParameterName, 'How often a read is sent again while the portal is busy or out of reach [env: EPROSPERA_RETRIES] [default: 3]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours [env: NO_COLOR]')
            [CompletionResult]::new('--iss', '--iss', [CompletionResultType]::ParameterName, 'Send `iss` back with each code or error, and announce it in discovery (RFC 9207)')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'The same as `--output json`')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never prompt, never open a browser by itself [env: EPROSPERA_NO_INPUT, CI]')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more on stderr (can be repeated) [env: EPROSPERA_LOG]')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more on stderr (can be repeated) [env: EPROSPERA_LOG]')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less on stderr')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less on stderr')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'eprospera;sandbox;help' {
            [CompletionResult]::new('exec', 'exec', [CompletionResultType]::ParameterValue, 'Run the sandbox on a free port for the time of one command')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'eprospera;sandbox;help;exec' {
            break
        }
        'eprospera;sandbox;help;help' {
            break
        }
        'eprospera;demo' {
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Named profile [env: EPROSPERA_PROFILE] [default: default]')
            [CompletionResult]::new('--issuer', '--issuer', [CompletionResultType]::ParameterName, 'Issuer; https, or http on a loopback host [env: EPROSPERA_ISSUER]')
            [CompletionResult]::new('--client-id', '--client-id', [CompletionResultType]::ParameterName, 'Client id that the provider gave you [env: EPROSPERA_CLIENT_ID]')
            [CompletionResult]::new('--redirect-uri', '--redirect-uri', [CompletionResultType]::ParameterName, 'Registered redirect URI, in order of preference (can be repeated) [env: EPROSPERA_REDIRECT_URI]')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Credential store: keyring, encrypted-file, plain-file or command:PROGRAM [env: EPROSPERA_STORE]')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format [env: EPROSPERA_OUTPUT]')
            [CompletionResult]::new('--jq', '--jq', [CompletionResultType]::ParameterName, 'Filter the JSON answer with a jq expression; implies `--output json`')
            [CompletionResult]::new('--fields', '--fields', [CompletionResultType]::ParameterName, 'Show only these fields of the answer, such as `name,address.city`')
            [CompletionResult]::new('--ca-file', '--ca-file', [CompletionResultType]::ParameterName, 'PEM file with trust roots beside the machine''s own [env: EPROSPERA_CA_FILE]')
            [CompletionResult]::new('--request-timeout', '--request-timeout', [CompletionResultType]::ParameterName, 'Longest time for one request [env: EPROSPERA_REQUEST_TIMEOUT] [default: 30s]')
            [CompletionResult]::new('--retries', '--retries', [CompletionResultType]::ParameterName, 'How often a read is sent again while the portal is busy or out of reach [env: EPROSPERA_RETRIES] [default: 3]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours [env: NO_COLOR]')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'The same as `--output json`')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never prompt, never open a browser by itself [env: EPROSPERA_NO_INPUT, CI]')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more on stderr (can be repeated) [env: EPROSPERA_LOG]')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more on stderr (can be repeated) [env: EPROSPERA_LOG]')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less on stderr')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less on stderr')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'eprospera;auth' {
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Named profile [env: EPROSPERA_PROFILE] [default: default]')
            [CompletionResult]::new('--issuer', '--issuer', [CompletionResultType]::ParameterName, 'Issuer; https, or http on a loopback host [env: EPROSPERA_ISSUER]')
            [CompletionResult]::new('--client-id', '--client-id', [CompletionResultType]::ParameterName, 'Client id that the provider gave you [env: EPROSPERA_CLIENT_ID]')
            [CompletionResult]::new('--redirect-uri', '--redirect-uri', [CompletionResultType]::ParameterName, 'Registered redirect URI, in order of preference (can be repeated) [env: EPROSPERA_REDIRECT_URI]')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Credential store: keyring, encrypted-file, plain-file or command:PROGRAM [env: EPROSPERA_STORE]')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format [env: EPROSPERA_OUTPUT]')
            [CompletionResult]::new('--jq', '--jq', [CompletionResultType]::ParameterName, 'Filter the JSON answer with a jq expression; implies `--output json`')
            [CompletionResult]::new('--fields', '--fields', [CompletionResultType]::ParameterName, 'Show only these fields of the answer, such as `name,address.city`')
            [CompletionResult]::new('--ca-file', '--ca-file', [CompletionResultType]::ParameterName, 'PEM file with trust roots beside the machine''s own [env: EPROSPERA_CA_FILE]')
            [CompletionResult]::new('--request-timeout', '--request-timeout', [CompletionResultType]::ParameterName, 'Longest time for one request [env: EPROSPERA_REQUEST_TIMEOUT] [default: 30s]')
            [CompletionResult]::new('--retries', '--retries', [CompletionResultType]::ParameterName, 'How often a read is sent again while the portal is busy or out of reach [env: EPROSPERA_RETRIES] [default: 3]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours [env: NO_COLOR]')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'The same as `--output json`')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never prompt, never open a browser by itself [env: EPROSPERA_NO_INPUT, CI]')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more on stderr (can be repeated) [env: EPROSPERA_LOG]')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more on stderr (can be repeated) [env: EPROSPERA_LOG]')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less on stderr')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less on stderr')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('login', 'login', [CompletionResultType]::ParameterValue, 'The same as `eprospera login`')
            [CompletionResult]::new('logout', 'logout', [CompletionResultType]::ParameterValue, 'The same as `eprospera logout`')
            [CompletionResult]::new('whoami', 'whoami', [CompletionResultType]::ParameterValue, 'The same as `eprospera whoami`')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'eprospera;auth;login' {
            [CompletionResult]::new('--scope', '--scope', [CompletionResultType]::ParameterName, 'Scopes to ask for, separated by spaces or commas; `eprospera scopes` lists them')
            [CompletionResult]::new('--add-scope', '--add-scope', [CompletionResultType]::ParameterName, 'Ask for the scopes of the session and this one, such as `person.tax.read` (can be repeated)')
            [CompletionResult]::new('--browser', '--browser', [CompletionResultType]::ParameterName, 'Program that opens the URL, called with it as the only argument [env: BROWSER]')
            [CompletionResult]::new('--response-mode', '--response-mode', [CompletionResultType]::ParameterName, 'How the answer comes back to this program')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'How long to wait for the sign-in [default: 5m; with `--device` until the code expires]')
            [CompletionResult]::new('--login-hint', '--login-hint', [CompletionResultType]::ParameterName, 'Account that the provider should offer first')
            [CompletionResult]::new('--prompt', '--prompt', [CompletionResultType]::ParameterName, 'What the provider must ask again, such as `login` or `consent`')
            [CompletionResult]::new('--max-age', '--max-age', [CompletionResultType]::ParameterName, 'Oldest sign-in at the provider that is accepted, in seconds')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Named profile [env: EPROSPERA_PROFILE] [default: default]')
            [CompletionResult]::new('--issuer', '--issuer', [CompletionResultType]::ParameterName, 'Issuer; https, or http on a loopback host [env: EPROSPERA_ISSUER]')
            [CompletionResult]::new('--client-id', '--client-id', [CompletionResultType]::ParameterName, 'Client id that the provider gave you [env: EPROSPERA_CLIENT_ID]')
            [CompletionResult]::new('--redirect-uri', '--redirect-uri', [CompletionResultType]::ParameterName, 'Registered redirect URI, in order of preference (can be repeated) [env: EPROSPERA_REDIRECT_URI]')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Credential store: keyring, encrypted-file, plain-file or command:PROGRAM [env: EPROSPERA_STORE]')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format [env: EPROSPERA_OUTPUT]')
            [CompletionResult]::new('--jq', '--jq', [CompletionResultType]::ParameterName, 'Filter the JSON answer with a jq expression; implies `--output json`')
            [CompletionResult]::new('--fields', '--fields', [CompletionResultType]::ParameterName, 'Show only these fields of the answer, such as `name,address.city`')
            [CompletionResult]::new('--ca-file', '--ca-file', [CompletionResultType]::ParameterName, 'PEM file with trust roots beside the machine''s own [env: EPROSPERA_CA_FILE]')
            [CompletionResult]::new('--request-timeout', '--request-timeout', [CompletionResultType]::ParameterName, 'Longest time for one request [env: EPROSPERA_REQUEST_TIMEOUT] [default: 30s]')
            [CompletionResult]::new('--retries', '--retries', [CompletionResultType]::ParameterName, 'How often a read is sent again while the portal is busy or out of reach [env: EPROSPERA_RETRIES] [default: 3]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours [env: NO_COLOR]')
            [CompletionResult]::new('--scopes-all', '--scopes-all', [CompletionResultType]::ParameterName, 'Ask for every scope that the provider documents and offers')
            [CompletionResult]::new('--device', '--device', [CompletionResultType]::ParameterName, 'Sign in on any other device: shows an address and a code, and waits for the approval')
            [CompletionResult]::new('--qr', '--qr', [CompletionResultType]::ParameterName, 'Draw the address of `--device` as a QR code')
            [CompletionResult]::new('--paste', '--paste', [CompletionResultType]::ParameterName, 'Don''t start a listener; paste the final browser address instead, or send it to stdin')
            [CompletionResult]::new('--no-browser', '--no-browser', [CompletionResultType]::ParameterName, 'Print the URL only and open nothing')
            [CompletionResult]::new('--replace', '--replace', [CompletionResultType]::ParameterName, 'Replace the session of another account without asking')
            [CompletionResult]::new('--with-token', '--with-token', [CompletionResultType]::ParameterName, 'Read a refresh token from stdin, use it at once, and open no browser')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'The same as `--output json`')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never prompt, never open a browser by itself [env: EPROSPERA_NO_INPUT, CI]')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more on stderr (can be repeated) [env: EPROSPERA_LOG]')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more on stderr (can be repeated) [env: EPROSPERA_LOG]')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less on stderr')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less on stderr')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'eprospera;auth;logout' {
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Named profile [env: EPROSPERA_PROFILE] [default: default]')
            [CompletionResult]::new('--issuer', '--issuer', [CompletionResultType]::ParameterName, 'Issuer; https, or http on a loopback host [env: EPROSPERA_ISSUER]')
            [CompletionResult]::new('--client-id', '--client-id', [CompletionResultType]::ParameterName, 'Client id that the provider gave you [env: EPROSPERA_CLIENT_ID]')
            [CompletionResult]::new('--redirect-uri', '--redirect-uri', [CompletionResultType]::ParameterName, 'Registered redirect URI, in order of preference (can be repeated) [env: EPROSPERA_REDIRECT_URI]')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Credential store: keyring, encrypted-file, plain-file or command:PROGRAM [env: EPROSPERA_STORE]')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format [env: EPROSPERA_OUTPUT]')
            [CompletionResult]::new('--jq', '--jq', [CompletionResultType]::ParameterName, 'Filter the JSON answer with a jq expression; implies `--output json`')
            [CompletionResult]::new('--fields', '--fields', [CompletionResultType]::ParameterName, 'Show only these fields of the answer, such as `name,address.city`')
            [CompletionResult]::new('--ca-file', '--ca-file', [CompletionResultType]::ParameterName, 'PEM file with trust roots beside the machine''s own [env: EPROSPERA_CA_FILE]')
            [CompletionResult]::new('--request-timeout', '--request-timeout', [CompletionResultType]::ParameterName, 'Longest time for one request [env: EPROSPERA_REQUEST_TIMEOUT] [default: 30s]')
            [CompletionResult]::new('--retries', '--retries', [CompletionResultType]::ParameterName, 'How often a read is sent again while the portal is busy or out of reach [env: EPROSPERA_RETRIES] [default: 3]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours [env: NO_COLOR]')
            [CompletionResult]::new('--all', '--all', [CompletionResultType]::ParameterName, 'Sign out of every profile')
            [CompletionResult]::new('--discard-unreadable', '--discard-unreadable', [CompletionResultType]::ParameterName, 'Delete a session whose key is lost, too; its tokens stay valid at the provider')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'The same as `--output json`')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never prompt, never open a browser by itself [env: EPROSPERA_NO_INPUT, CI]')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more on stderr (can be repeated) [env: EPROSPERA_LOG]')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more on stderr (can be repeated) [env: EPROSPERA_LOG]')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less on stderr')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less on stderr')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'eprospera;auth;whoami' {
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Named profile [env: EPROSPERA_PROFILE] [default: default]')
            [CompletionResult]::new('--issuer', '--issuer', [CompletionResultType]::ParameterName, 'Issuer; https, or http on a loopback host [env: EPROSPERA_ISSUER]')
            [CompletionResult]::new('--client-id', '--client-id', [CompletionResultType]::ParameterName, 'Client id that the provider gave you [env: EPROSPERA_CLIENT_ID]')
            [CompletionResult]::new('--redirect-uri', '--redirect-uri', [CompletionResultType]::ParameterName, 'Registered redirect URI, in order of preference (can be repeated) [env: EPROSPERA_REDIRECT_URI]')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Credential store: keyring, encrypted-file, plain-file or command:PROGRAM [env: EPROSPERA_STORE]')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format [env: EPROSPERA_OUTPUT]')
            [CompletionResult]::new('--jq', '--jq', [CompletionResultType]::ParameterName, 'Filter the JSON answer with a jq expression; implies `--output json`')
            [CompletionResult]::new('--fields', '--fields', [CompletionResultType]::ParameterName, 'Show only these fields of the answer, such as `name,address.city`')
            [CompletionResult]::new('--ca-file', '--ca-file', [CompletionResultType]::ParameterName, 'PEM file with trust roots beside the machine''s own [env: EPROSPERA_CA_FILE]')
            [CompletionResult]::new('--request-timeout', '--request-timeout', [CompletionResultType]::ParameterName, 'Longest time for one request [env: EPROSPERA_REQUEST_TIMEOUT] [default: 30s]')
            [CompletionResult]::new('--retries', '--retries', [CompletionResultType]::ParameterName, 'How often a read is sent again while the portal is busy or out of reach [env: EPROSPERA_RETRIES] [default: 3]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours [env: NO_COLOR]')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'The same as `--output json`')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never prompt, never open a browser by itself [env: EPROSPERA_NO_INPUT, CI]')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more on stderr (can be repeated) [env: EPROSPERA_LOG]')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more on stderr (can be repeated) [env: EPROSPERA_LOG]')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less on stderr')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less on stderr')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'eprospera;auth;help' {
            [CompletionResult]::new('login', 'login', [CompletionResultType]::ParameterValue, 'The same as `eprospera login`')
            [CompletionResult]::new('logout', 'logout', [CompletionResultType]::ParameterValue, 'The same as `eprospera logout`')
            [CompletionResult]::new('whoami', 'whoami', [CompletionResultType]::ParameterValue, 'The same as `eprospera whoami`')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'eprospera;auth;help;login' {
            break
        }
        'eprospera;auth;help;logout' {
            break
        }
        'eprospera;auth;help;whoami' {
            break
        }
        'eprospera;auth;help;help' {
            break
        }
        'eprospera;help' {
            [CompletionResult]::new('login', 'login', [CompletionResultType]::ParameterValue, 'Sign in through the browser and store the session')
            [CompletionResult]::new('logout', 'logout', [CompletionResultType]::ParameterValue, 'Revoke the tokens and delete the session')
            [CompletionResult]::new('status', 'status', [CompletionResultType]::ParameterValue, 'Say which account, client and store are in use')
            [CompletionResult]::new('whoami', 'whoami', [CompletionResultType]::ParameterValue, 'Show the signed-in user''s profile (userinfo)')
            [CompletionResult]::new('token', 'token', [CompletionResultType]::ParameterValue, 'Print a valid token')
            [CompletionResult]::new('refresh', 'refresh', [CompletionResultType]::ParameterValue, 'Refresh the tokens now')
            [CompletionResult]::new('scopes', 'scopes', [CompletionResultType]::ParameterValue, 'List the scopes: what each opens, and whether your session has it')
            [CompletionResult]::new('decode-id-token', 'decode-id-token', [CompletionResultType]::ParameterValue, 'Decode and verify an ID token')
            [CompletionResult]::new('me', 'me', [CompletionResultType]::ParameterValue, 'Show your own data from the portal')
            [CompletionResult]::new('api', 'api', [CompletionResultType]::ParameterValue, 'Ask any route of the portal with the session''s token')
            [CompletionResult]::new('introspect', 'introspect', [CompletionResultType]::ParameterValue, 'Ask the provider what it knows of a token')
            [CompletionResult]::new('exec', 'exec', [CompletionResultType]::ParameterValue, 'Run a command with a fresh access token in EPROSPERA_TOKEN')
            [CompletionResult]::new('session', 'session', [CompletionResultType]::ParameterValue, 'Move the session between machines, or change the key of the encrypted store')
            [CompletionResult]::new('profile', 'profile', [CompletionResultType]::ParameterValue, 'Manage named profiles')
            [CompletionResult]::new('explain', 'explain', [CompletionResultType]::ParameterValue, 'Explain an error code: what it means, what causes it, and what to do')
            [CompletionResult]::new('completions', 'completions', [CompletionResultType]::ParameterValue, 'Print a shell completion script')
            [CompletionResult]::new('sandbox', 'sandbox', [CompletionResultType]::ParameterValue, 'Run the embedded local portal')
            [CompletionResult]::new('demo', 'demo', [CompletionResultType]::ParameterValue, 'Show the whole tool working, with nothing to set up')
            [CompletionResult]::new('auth', 'auth', [CompletionResultType]::ParameterValue, 'The official tool''s names for login, logout and whoami')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'eprospera;help;login' {
            break
        }
        'eprospera;help;logout' {
            break
        }
        'eprospera;help;status' {
            break
        }
        'eprospera;help;whoami' {
            break
        }
        'eprospera;help;token' {
            break
        }
        'eprospera;help;refresh' {
            break
        }
        'eprospera;help;scopes' {
            break
        }
        'eprospera;help;decode-id-token' {
            break
        }
        'eprospera;help;me' {
            [CompletionResult]::new('natural-person', 'natural-person', [CompletionResultType]::ParameterValue, 'Legal name, permit number, birth, citizenships, address')
            [CompletionResult]::new('residency', 'residency', [CompletionResultType]::ParameterValue, 'Whether you are a resident, of which kind, and since when')
            [CompletionResult]::new('id-verification', 'id-verification', [CompletionResultType]::ParameterValue, 'How your identity was verified, and with which document')
            [CompletionResult]::new('documents', 'documents', [CompletionResultType]::ParameterValue, 'Your documents, and the Agreement of Coexistence')
            [CompletionResult]::new('legal-entities', 'legal-entities', [CompletionResultType]::ParameterValue, 'The legal entities that you shared at sign-in, or one of them')
            [CompletionResult]::new('tax', 'tax', [CompletionResultType]::ParameterValue, 'Tax obligations, elections and filings')
            break
        }
        'eprospera;help;me;natural-person' {
            break
        }
        'eprospera;help;me;residency' {
            break
        }
        'eprospera;help;me;id-verification' {
            break
        }
        'eprospera;help;me;documents' {
            break
        }
        'eprospera;help;me;legal-entities' {
            break
        }
        'eprospera;help;me;tax' {
            [CompletionResult]::new('summary', 'summary', [CompletionResultType]::ParameterValue, 'What is due, and which lump-sum elections there are')
            [CompletionResult]::new('filings', 'filings', [CompletionResultType]::ParameterValue, 'The filings that were submitted')
            [CompletionResult]::new('filing', 'filing', [CompletionResultType]::ParameterValue, 'One filing with its amounts')
            [CompletionResult]::new('download', 'download', [CompletionResultType]::ParameterValue, 'Download a filing''s assessment or return as PDF')
            break
        }
        'eprospera;help;me;tax;summary' {
            break
        }
        'eprospera;help;me;tax;filings' {
            break
        }
        'eprospera;help;me;tax;filing' {
            break
        }
        'eprospera;help;me;tax;download' {
            break
        }
        'eprospera;help;api' {
            break
        }
        'eprospera;help;introspect' {
            break
        }
        'eprospera;help;exec' {
            break
        }
        'eprospera;help;session' {
            [CompletionResult]::new('export', 'export', [CompletionResultType]::ParameterValue, 'Write the session, encrypted, to a file, and retire it here')
            [CompletionResult]::new('import', 'import', [CompletionResultType]::ParameterValue, 'Take over a session that was exported')
            [CompletionResult]::new('restore', 'restore', [CompletionResultType]::ParameterValue, 'Bring back a session that an export retired and that did not arrive')
            [CompletionResult]::new('rekey', 'rekey', [CompletionResultType]::ParameterValue, 'Encrypt the records of the encrypted store with another key')
            break
        }
        'eprospera;help;session;export' {
            break
        }
        'eprospera;help;session;import' {
            break
        }
        'eprospera;help;session;restore' {
            break
        }
        'eprospera;help;session;rekey' {
            break
        }
        'eprospera;help;profile' {
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List the profiles')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show one profile')
            [CompletionResult]::new('set', 'set', [CompletionResultType]::ParameterValue, 'Set a key of the profile in use; `client-secret` is read from a prompt or stdin')
            [CompletionResult]::new('unset', 'unset', [CompletionResultType]::ParameterValue, 'Take a key out of the profile in use')
            [CompletionResult]::new('use', 'use', [CompletionResultType]::ParameterValue, 'Make a profile the default')
            [CompletionResult]::new('remove', 'remove', [CompletionResultType]::ParameterValue, 'Remove a profile from the configuration')
            break
        }
        'eprospera;help;profile;list' {
            break
        }
        'eprospera;help;profile;show' {
            break
        }
        'eprospera;help;profile;set' {
            break
        }
        'eprospera;help;profile;unset' {
            break
        }
        'eprospera;help;profile;use' {
            break
        }
        'eprospera;help;profile;remove' {
            break
        }
        'eprospera;help;explain' {
            break
        }
        'eprospera;help;completions' {
            break
        }
        'eprospera;help;sandbox' {
            [CompletionResult]::new('exec', 'exec', [CompletionResultType]::ParameterValue, 'Run the sandbox on a free port for the time of one command')
            break
        }
        'eprospera;help;sandbox;exec' {
            break
        }
        'eprospera;help;demo' {
            break
        }
        'eprospera;help;auth' {
            [CompletionResult]::new('login', 'login', [CompletionResultType]::ParameterValue, 'The same as `eprospera login`')
            [CompletionResult]::new('logout', 'logout', [CompletionResultType]::ParameterValue, 'The same as `eprospera logout`')
            [CompletionResult]::new('whoami', 'whoami', [CompletionResultType]::ParameterValue, 'The same as `eprospera whoami`')
            break
        }
        'eprospera;help;auth;login' {
            break
        }
        'eprospera;help;auth;logout' {
            break
        }
        'eprospera;help;auth;whoami' {
            break
        }
        'eprospera;help;help' {
            break
        }
    })

    $completions.Where{ $_.CompletionText -like "$wordToComplete*" } |
        Sort-Object -Property ListItemText
}
