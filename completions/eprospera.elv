
use builtin;
use str;

set edit:completion:arg-completer[eprospera] = {|@words|
    fn spaces {|n|
        builtin:repeat $n ' ' | str:join ''
    }
    fn cand {|text desc|
        edit:complex-candidate $text &display=$text' '(spaces (- 14 (wcswidth $text)))$desc
    }
    var command = 'eprospera'
    for word $words[1..-1] {
        if (str:has-prefix $word '-') {
            break
        }
        set command = $command';'$word
    }
    var completions = [
        &'eprospera'= {
            cand --profile 'Named profile [env: EPROSPERA_PROFILE] [default: default]'
            cand --issuer 'Issuer; https, or http on a loopback host [env: EPROSPERA_ISSUER]'
            cand --client-id 'Client id that the provider gave you [env: EPROSPERA_CLIENT_ID]'
            cand --redirect-uri 'Registered redirect URI, in order of preference (can be repeated) [env: EPROSPERA_REDIRECT_URI]'
            cand --store 'Credential store: keyring, encrypted-file, plain-file or command:PROGRAM [env: EPROSPERA_STORE]'
            cand --output 'Output format [env: EPROSPERA_OUTPUT]'
            cand --jq 'Filter the JSON answer with a jq expression; implies `--output json`'
            cand --fields 'Show only these fields of the answer, such as `name,address.city`'
            cand --ca-file 'PEM file with trust roots beside the machine''s own [env: EPROSPERA_CA_FILE]'
            cand --request-timeout 'Longest time for one request [env: EPROSPERA_REQUEST_TIMEOUT] [default: 30s]'
            cand --retries 'How often a read is sent again while the portal is busy or out of reach [env: EPROSPERA_RETRIES] [default: 3]'
            cand --color 'When to use colours [env: NO_COLOR]'
            cand --json 'The same as `--output json`'
            cand --no-input 'Never prompt, never open a browser by itself [env: EPROSPERA_NO_INPUT, CI]'
            cand -v 'Say more on stderr (can be repeated) [env: EPROSPERA_LOG]'
            cand --verbose 'Say more on stderr (can be repeated) [env: EPROSPERA_LOG]'
            cand -q 'Say less on stderr'
            cand --quiet 'Say less on stderr'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
            cand login 'Sign in through the browser and store the session'
            cand logout 'Revoke the tokens and delete the session'
            cand status 'Say which account, client and store are in use'
            cand whoami 'Show the signed-in user''s profile (userinfo)'
            cand token 'Print a valid token'
            cand refresh 'Refresh the tokens now'
            cand decode-id-token 'Decode and verify an ID token'
            cand me 'Show your own data from the portal'
            cand api 'Ask any route of the portal with the session''s token'
            cand introspect 'Ask the provider what it knows of a token'
            cand exec 'Run a command with a fresh access token in EPROSPERA_TOKEN'
            cand session 'Move the session between machines, or change the key of the encrypted store'
            cand profile 'Manage named profiles'
            cand explain 'Explain an error code: what it means, what causes it, and what to do'
            cand completions 'Print a shell completion script'
            cand sandbox 'Run the embedded local portal'
            cand demo 'Show the whole tool working, with nothing to set up'
            cand auth 'The official tool''s names for login, logout and whoami'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'eprospera;login'= {
            cand --scope 'Scopes to ask for, separated by spaces'
            cand --browser 'Program that opens the URL, called with it as the only argument [env: BROWSER]'
            cand --response-mode 'How the answer comes back to this program'
            cand --timeout 'How long to wait for the sign-in [default: 5m; with `--device` until the code expires]'
            cand --login-hint 'Account that the provider should offer first'
            cand --prompt 'What the provider must ask again, such as `login` or `consent`'
            cand --max-age 'Oldest sign-in at the provider that is accepted, in seconds'
            cand --profile 'Named profile [env: EPROSPERA_PROFILE] [default: default]'
            cand --issuer 'Issuer; https, or http on a loopback host [env: EPROSPERA_ISSUER]'
            cand --client-id 'Client id that the provider gave you [env: EPROSPERA_CLIENT_ID]'
            cand --redirect-uri 'Registered redirect URI, in order of preference (can be repeated) [env: EPROSPERA_REDIRECT_URI]'
            cand --store 'Credential store: keyring, encrypted-file, plain-file or command:PROGRAM [env: EPROSPERA_STORE]'
            cand --output 'Output format [env: EPROSPERA_OUTPUT]'
            cand --jq 'Filter the JSON answer with a jq expression; implies `--output json`'
            cand --fields 'Show only these fields of the answer, such as `name,address.city`'
            cand --ca-file 'PEM file with trust roots beside the machine''s own [env: EPROSPERA_CA_FILE]'
            cand --request-timeout 'Longest time for one request [env: EPROSPERA_REQUEST_TIMEOUT] [default: 30s]'
            cand --retries 'How often a read is sent again while the portal is busy or out of reach [env: EPROSPERA_RETRIES] [default: 3]'
            cand --color 'When to use colours [env: NO_COLOR]'
            cand --scopes-all 'Ask for every scope that the provider documents and offers'
            cand --device 'Sign in on any other device: shows an address and a code, and waits for the approval'
            cand --qr 'Draw the address of `--device` as a QR code'
            cand --paste 'Don''t start a listener; paste the final browser address instead, or send it to stdin'
            cand --no-browser 'Print the URL only and open nothing'
            cand --replace 'Replace the session of another account without asking'
            cand --with-token 'Read a refresh token from stdin, use it at once, and open no browser'
            cand --json 'The same as `--output json`'
            cand --no-input 'Never prompt, never open a browser by itself [env: EPROSPERA_NO_INPUT, CI]'
            cand -v 'Say more on stderr (can be repeated) [env: EPROSPERA_LOG]'
            cand --verbose 'Say more on stderr (can be repeated) [env: EPROSPERA_LOG]'
            cand -q 'Say less on stderr'
            cand --quiet 'Say less on stderr'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'eprospera;logout'= {
            cand --profile 'Named profile [env: EPROSPERA_PROFILE] [default: default]'
            cand --issuer 'Issuer; https, or http on a loopback host [env: EPROSPERA_ISSUER]'
            cand --client-id 'Client id that the provider gave you [env: EPROSPERA_CLIENT_ID]'
            cand --redirect-uri 'Registered redirect URI, in order of preference (can be repeated) [env: EPROSPERA_REDIRECT_URI]'
            cand --store 'Credential store: keyring, encrypted-file, plain-file or command:PROGRAM [env: EPROSPERA_STORE]'
            cand --output 'Output format [env: EPROSPERA_OUTPUT]'
            cand --jq 'Filter the JSON answer with a jq expression; implies `--output json`'
            cand --fields 'Show only these fields of the answer, such as `name,address.city`'
            cand --ca-file 'PEM file with trust roots beside the machine''s own [env: EPROSPERA_CA_FILE]'
            cand --request-timeout 'Longest time for one request [env: EPROSPERA_REQUEST_TIMEOUT] [default: 30s]'
            cand --retries 'How often a read is sent again while the portal is busy or out of reach [env: EPROSPERA_RETRIES] [default: 3]'
            cand --color 'When to use colours [env: NO_COLOR]'
            cand --all 'Sign out of every profile'
            cand --discard-unreadable 'Delete a session whose key is lost, too; its tokens stay valid at the provider'
            cand --json 'The same as `--output json`'
            cand --no-input 'Never prompt, never open a browser by itself [env: EPROSPERA_NO_INPUT, CI]'
            cand -v 'Say more on stderr (can be repeated) [env: EPROSPERA_LOG]'
            cand --verbose 'Say more on stderr (can be repeated) [env: EPROSPERA_LOG]'
            cand -q 'Say less on stderr'
            cand --quiet 'Say less on stderr'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'eprospera;status'= {
            cand --profile 'Named profile [env: EPROSPERA_PROFILE] [default: default]'
            cand --issuer 'Issuer; https, or http on a loopback host [env: EPROSPERA_ISSUER]'
            cand --client-id 'Client id that the provider gave you [env: EPROSPERA_CLIENT_ID]'
            cand --redirect-uri 'Registered redirect URI, in order of preference (can be repeated) [env: EPROSPERA_REDIRECT_URI]'
            cand --store 'Credential store: keyring, encrypted-file, plain-file or command:PROGRAM [env: EPROSPERA_STORE]'
            cand --output 'Output format [env: EPROSPERA_OUTPUT]'
            cand --jq 'Filter the JSON answer with a jq expression; implies `--output json`'
            cand --fields 'Show only these fields of the answer, such as `name,address.city`'
            cand --ca-file 'PEM file with trust roots beside the machine''s own [env: EPROSPERA_CA_FILE]'
            cand --request-timeout 'Longest time for one request [env: EPROSPERA_REQUEST_TIMEOUT] [default: 30s]'
            cand --retries 'How often a read is sent again while the portal is busy or out of reach [env: EPROSPERA_RETRIES] [default: 3]'
            cand --color 'When to use colours [env: NO_COLOR]'
            cand --check 'Ask the provider whether the session still works'
            cand --json 'The same as `--output json`'
            cand --no-input 'Never prompt, never open a browser by itself [env: EPROSPERA_NO_INPUT, CI]'
            cand -v 'Say more on stderr (can be repeated) [env: EPROSPERA_LOG]'
            cand --verbose 'Say more on stderr (can be repeated) [env: EPROSPERA_LOG]'
            cand -q 'Say less on stderr'
            cand --quiet 'Say less on stderr'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'eprospera;whoami'= {
            cand --profile 'Named profile [env: EPROSPERA_PROFILE] [default: default]'
            cand --issuer 'Issuer; https, or http on a loopback host [env: EPROSPERA_ISSUER]'
            cand --client-id 'Client id that the provider gave you [env: EPROSPERA_CLIENT_ID]'
            cand --redirect-uri 'Registered redirect URI, in order of preference (can be repeated) [env: EPROSPERA_REDIRECT_URI]'
            cand --store 'Credential store: keyring, encrypted-file, plain-file or command:PROGRAM [env: EPROSPERA_STORE]'
            cand --output 'Output format [env: EPROSPERA_OUTPUT]'
            cand --jq 'Filter the JSON answer with a jq expression; implies `--output json`'
            cand --fields 'Show only these fields of the answer, such as `name,address.city`'
            cand --ca-file 'PEM file with trust roots beside the machine''s own [env: EPROSPERA_CA_FILE]'
            cand --request-timeout 'Longest time for one request [env: EPROSPERA_REQUEST_TIMEOUT] [default: 30s]'
            cand --retries 'How often a read is sent again while the portal is busy or out of reach [env: EPROSPERA_RETRIES] [default: 3]'
            cand --color 'When to use colours [env: NO_COLOR]'
            cand --json 'The same as `--output json`'
            cand --no-input 'Never prompt, never open a browser by itself [env: EPROSPERA_NO_INPUT, CI]'
            cand -v 'Say more on stderr (can be repeated) [env: EPROSPERA_LOG]'
            cand --verbose 'Say more on stderr (can be repeated) [env: EPROSPERA_LOG]'
            cand -q 'Say less on stderr'
            cand --quiet 'Say less on stderr'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'eprospera;token'= {
            cand --type 'Which token'
            cand --min-ttl 'How long the token must stay valid [default: 60s, or a third of its lifetime]'
            cand --format 'How to print it'
            cand --profile 'Named profile [env: EPROSPERA_PROFILE] [default: default]'
            cand --issuer 'Issuer; https, or http on a loopback host [env: EPROSPERA_ISSUER]'
            cand --client-id 'Client id that the provider gave you [env: EPROSPERA_CLIENT_ID]'
            cand --redirect-uri 'Registered redirect URI, in order of preference (can be repeated) [env: EPROSPERA_REDIRECT_URI]'
            cand --store 'Credential store: keyring, encrypted-file, plain-file or command:PROGRAM [env: EPROSPERA_STORE]'
            cand --output 'Output format [env: EPROSPERA_OUTPUT]'
            cand --jq 'Filter the JSON answer with a jq expression; implies `--output json`'
            cand --fields 'Show only these fields of the answer, such as `name,address.city`'
            cand --ca-file 'PEM file with trust roots beside the machine''s own [env: EPROSPERA_CA_FILE]'
            cand --request-timeout 'Longest time for one request [env: EPROSPERA_REQUEST_TIMEOUT] [default: 30s]'
            cand --retries 'How often a read is sent again while the portal is busy or out of reach [env: EPROSPERA_RETRIES] [default: 3]'
            cand --color 'When to use colours [env: NO_COLOR]'
            cand --json 'The same as `--output json`'
            cand --no-input 'Never prompt, never open a browser by itself [env: EPROSPERA_NO_INPUT, CI]'
            cand -v 'Say more on stderr (can be repeated) [env: EPROSPERA_LOG]'
            cand --verbose 'Say more on stderr (can be repeated) [env: EPROSPERA_LOG]'
            cand -q 'Say less on stderr'
            cand --quiet 'Say less on stderr'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'eprospera;refresh'= {
            cand --scope 'Keep only these scopes'
            cand --profile 'Named profile [env: EPROSPERA_PROFILE] [default: default]'
            cand --issuer 'Issuer; https, or http on a loopback host [env: EPROSPERA_ISSUER]'
            cand --client-id 'Client id that the provider gave you [env: EPROSPERA_CLIENT_ID]'
            cand --redirect-uri 'Registered redirect URI, in order of preference (can be repeated) [env: EPROSPERA_REDIRECT_URI]'
            cand --store 'Credential store: keyring, encrypted-file, plain-file or command:PROGRAM [env: EPROSPERA_STORE]'
            cand --output 'Output format [env: EPROSPERA_OUTPUT]'
            cand --jq 'Filter the JSON answer with a jq expression; implies `--output json`'
            cand --fields 'Show only these fields of the answer, such as `name,address.city`'
            cand --ca-file 'PEM file with trust roots beside the machine''s own [env: EPROSPERA_CA_FILE]'
            cand --request-timeout 'Longest time for one request [env: EPROSPERA_REQUEST_TIMEOUT] [default: 30s]'
            cand --retries 'How often a read is sent again while the portal is busy or out of reach [env: EPROSPERA_RETRIES] [default: 3]'
            cand --color 'When to use colours [env: NO_COLOR]'
            cand --json 'The same as `--output json`'
            cand --no-input 'Never prompt, never open a browser by itself [env: EPROSPERA_NO_INPUT, CI]'
            cand -v 'Say more on stderr (can be repeated) [env: EPROSPERA_LOG]'
            cand --verbose 'Say more on stderr (can be repeated) [env: EPROSPERA_LOG]'
            cand -q 'Say less on stderr'
            cand --quiet 'Say less on stderr'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'eprospera;decode-id-token'= {
            cand --nonce 'The nonce that was sent'
            cand --audience 'The client that the token must be for'
            cand --profile 'Named profile [env: EPROSPERA_PROFILE] [default: default]'
            cand --issuer 'Issuer; https, or http on a loopback host [env: EPROSPERA_ISSUER]'
            cand --client-id 'Client id that the provider gave you [env: EPROSPERA_CLIENT_ID]'
            cand --redirect-uri 'Registered redirect URI, in order of preference (can be repeated) [env: EPROSPERA_REDIRECT_URI]'
            cand --store 'Credential store: keyring, encrypted-file, plain-file or command:PROGRAM [env: EPROSPERA_STORE]'
            cand --output 'Output format [env: EPROSPERA_OUTPUT]'
            cand --jq 'Filter the JSON answer with a jq expression; implies `--output json`'
            cand --fields 'Show only these fields of the answer, such as `name,address.city`'
            cand --ca-file 'PEM file with trust roots beside the machine''s own [env: EPROSPERA_CA_FILE]'
            cand --request-timeout 'Longest time for one request [env: EPROSPERA_REQUEST_TIMEOUT] [default: 30s]'
            cand --retries 'How often a read is sent again while the portal is busy or out of reach [env: EPROSPERA_RETRIES] [default: 3]'
            cand --color 'When to use colours [env: NO_COLOR]'
            cand --no-verify 'Decode only'
            cand --json 'The same as `--output json`'
            cand --no-input 'Never prompt, never open a browser by itself [env: EPROSPERA_NO_INPUT, CI]'
            cand -v 'Say more on stderr (can be repeated) [env: EPROSPERA_LOG]'
            cand --verbose 'Say more on stderr (can be repeated) [env: EPROSPERA_LOG]'
            cand -q 'Say less on stderr'
            cand --quiet 'Say less on stderr'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'eprospera;me'= {
            cand --profile 'Named profile [env: EPROSPERA_PROFILE] [default: default]'
            cand --issuer 'Issuer; https, or http on a loopback host [env: EPROSPERA_ISSUER]'
            cand --client-id 'Client id that the provider gave you [env: EPROSPERA_CLIENT_ID]'
            cand --redirect-uri 'Registered redirect URI, in order of preference (can be repeated) [env: EPROSPERA_REDIRECT_URI]'
            cand --store 'Credential store: keyring, encrypted-file, plain-file or command:PROGRAM [env: EPROSPERA_STORE]'
            cand --output 'Output format [env: EPROSPERA_OUTPUT]'
            cand --jq 'Filter the JSON answer with a jq expression; implies `--output json`'
            cand --fields 'Show only these fields of the answer, such as `name,address.city`'
            cand --ca-file 'PEM file with trust roots beside the machine''s own [env: EPROSPERA_CA_FILE]'
            cand --request-timeout 'Longest time for one request [env: EPROSPERA_REQUEST_TIMEOUT] [default: 30s]'
            cand --retries 'How often a read is sent again while the portal is busy or out of reach [env: EPROSPERA_RETRIES] [default: 3]'
            cand --color 'When to use colours [env: NO_COLOR]'
            cand --json 'The same as `--output json`'
            cand --no-input 'Never prompt, never open a browser by itself [env: EPROSPERA_NO_INPUT, CI]'
            cand -v 'Say more on stderr (can be repeated) [env: EPROSPERA_LOG]'
            cand --verbose 'Say more on stderr (can be repeated) [env: EPROSPERA_LOG]'
            cand -q 'Say less on stderr'
            cand --quiet 'Say less on stderr'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand natural-person 'Legal name, permit number, birth, citizenships, address'
            cand residency 'Whether you are a resident, of which kind, and since when'
            cand id-verification 'How your identity was verified, and with which document'
            cand documents 'Your documents, and the Agreement of Coexistence'
            cand legal-entities 'The legal entities that you shared at sign-in, or one of them'
            cand tax 'Tax obligations, elections and filings'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'eprospera;me;natural-person'= {
            cand --profile 'Named profile [env: EPROSPERA_PROFILE] [default: default]'
            cand --issuer 'Issuer; https, or http on a loopback host [env: EPROSPERA_ISSUER]'
            cand --client-id 'Client id that the provider gave you [env: EPROSPERA_CLIENT_ID]'
            cand --redirect-uri 'Registered redirect URI, in order of preference (can be repeated) [env: EPROSPERA_REDIRECT_URI]'
            cand --store 'Credential store: keyring, encrypted-file, plain-file or command:PROGRAM [env: EPROSPERA_STORE]'
            cand --output 'Output format [env: EPROSPERA_OUTPUT]'
            cand --jq 'Filter the JSON answer with a jq expression; implies `--output json`'
            cand --fields 'Show only these fields of the answer, such as `name,address.city`'
            cand --ca-file 'PEM file with trust roots beside the machine''s own [env: EPROSPERA_CA_FILE]'
            cand --request-timeout 'Longest time for one request [env: EPROSPERA_REQUEST_TIMEOUT] [default: 30s]'
            cand --retries 'How often a read is sent again while the portal is busy or out of reach [env: EPROSPERA_RETRIES] [default: 3]'
            cand --color 'When to use colours [env: NO_COLOR]'
            cand --json 'The same as `--output json`'
            cand --no-input 'Never prompt, never open a browser by itself [env: EPROSPERA_NO_INPUT, CI]'
            cand -v 'Say more on stderr (can be repeated) [env: EPROSPERA_LOG]'
            cand --verbose 'Say more on stderr (can be repeated) [env: EPROSPERA_LOG]'
            cand -q 'Say less on stderr'
            cand --quiet 'Say less on stderr'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'eprospera;me;residency'= {
            cand --profile 'Named profile [env: EPROSPERA_PROFILE] [default: default]'
            cand --issuer 'Issuer; https, or http on a loopback host [env: EPROSPERA_ISSUER]'
            cand --client-id 'Client id that the provider gave you [env: EPROSPERA_CLIENT_ID]'
            cand --redirect-uri 'Registered redirect URI, in order of preference (can be repeated) [env: EPROSPERA_REDIRECT_URI]'
            cand --store 'Credential store: keyring, encrypted-file, plain-file or command:PROGRAM [env: EPROSPERA_STORE]'
            cand --output 'Output format [env: EPROSPERA_OUTPUT]'
            cand --jq 'Filter the JSON answer with a jq expression; implies `--output json`'
            cand --fields 'Show only these fields of the answer, such as `name,address.city`'
            cand --ca-file 'PEM file with trust roots beside the machine''s own [env: EPROSPERA_CA_FILE]'
            cand --request-timeout 'Longest time for one request [env: EPROSPERA_REQUEST_TIMEOUT] [default: 30s]'
            cand --retries 'How often a read is sent again while the portal is busy or out of reach [env: EPROSPERA_RETRIES] [default: 3]'
            cand --color 'When to use colours [env: NO_COLOR]'
            cand --json 'The same as `--output json`'
            cand --no-input 'Never prompt, never open a browser by itself [env: EPROSPERA_NO_INPUT, CI]'
            cand -v 'Say more on stderr (can be repeated) [env: EPROSPERA_LOG]'
            cand --verbose 'Say more on stderr (can be repeated) [env: EPROSPERA_LOG]'
            cand -q 'Say less on stderr'
            cand --quiet 'Say less on stderr'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'eprospera;me;id-verification'= {
            cand --download 'Download the files to this folder, and print the list of them'
            cand --profile 'Named profile [env: EPROSPERA_PROFILE] [default: default]'
            cand --issuer 'Issuer; https, or http on a loopback host [env: EPROSPERA_ISSUER]'
            cand --client-id 'Client id that the provider gave you [env: EPROSPERA_CLIENT_ID]'
            cand --redirect-uri 'Registered redirect URI, in order of preference (can be repeated) [env: EPROSPERA_REDIRECT_URI]'
            cand --store 'Credential store: keyring, encrypted-file, plain-file or command:PROGRAM [env: EPROSPERA_STORE]'
            cand --output 'Output format [env: EPROSPERA_OUTPUT]'
            cand --jq 'Filter the JSON answer with a jq expression; implies `--output json`'
            cand --fields 'Show only these fields of the answer, such as `name,address.city`'
            cand --ca-file 'PEM file with trust roots beside the machine''s own [env: EPROSPERA_CA_FILE]'
            cand --request-timeout 'Longest time for one request [env: EPROSPERA_REQUEST_TIMEOUT] [default: 30s]'
            cand --retries 'How often a read is sent again while the portal is busy or out of reach [env: EPROSPERA_RETRIES] [default: 3]'
            cand --color 'When to use colours [env: NO_COLOR]'
            cand --force 'Replace files that are there already'
            cand --json 'The same as `--output json`'
            cand --no-input 'Never prompt, never open a browser by itself [env: EPROSPERA_NO_INPUT, CI]'
            cand -v 'Say more on stderr (can be repeated) [env: EPROSPERA_LOG]'
            cand --verbose 'Say more on stderr (can be repeated) [env: EPROSPERA_LOG]'
            cand -q 'Say less on stderr'
            cand --quiet 'Say less on stderr'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'eprospera;me;documents'= {
            cand --download 'Download the files to this folder, and print the list of them'
            cand --profile 'Named profile [env: EPROSPERA_PROFILE] [default: default]'
            cand --issuer 'Issuer; https, or http on a loopback host [env: EPROSPERA_ISSUER]'
            cand --client-id 'Client id that the provider gave you [env: EPROSPERA_CLIENT_ID]'
            cand --redirect-uri 'Registered redirect URI, in order of preference (can be repeated) [env: EPROSPERA_REDIRECT_URI]'
            cand --store 'Credential store: keyring, encrypted-file, plain-file or command:PROGRAM [env: EPROSPERA_STORE]'
            cand --output 'Output format [env: EPROSPERA_OUTPUT]'
            cand --jq 'Filter the JSON answer with a jq expression; implies `--output json`'
            cand --fields 'Show only these fields of the answer, such as `name,address.city`'
            cand --ca-file 'PEM file with trust roots beside the machine''s own [env: EPROSPERA_CA_FILE]'
            cand --request-timeout 'Longest time for one request [env: EPROSPERA_REQUEST_TIMEOUT] [default: 30s]'
            cand --retries 'How often a read is sent again while the portal is busy or out of reach [env: EPROSPERA_RETRIES] [default: 3]'
            cand --color 'When to use colours [env: NO_COLOR]'
            cand --force 'Replace files that are there already'
            cand --json 'The same as `--output json`'
            cand --no-input 'Never prompt, never open a browser by itself [env: EPROSPERA_NO_INPUT, CI]'
            cand -v 'Say more on stderr (can be repeated) [env: EPROSPERA_LOG]'
            cand --verbose 'Say more on stderr (can be repeated) [env: EPROSPERA_LOG]'
            cand -q 'Say less on stderr'
            cand --quiet 'Say less on stderr'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'eprospera;me;legal-entities'= {
            cand --download 'Download the files to this folder, and print the list of them'
            cand --profile 'Named profile [env: EPROSPERA_PROFILE] [default: default]'
            cand --issuer 'Issuer; https, or http on a loopback host [env: EPROSPERA_ISSUER]'
            cand --client-id 'Client id that the provider gave you [env: EPROSPERA_CLIENT_ID]'
            cand --redirect-uri 'Registered redirect URI, in order of preference (can be repeated) [env: EPROSPERA_REDIRECT_URI]'
            cand --store 'Credential store: keyring, encrypted-file, plain-file or command:PROGRAM [env: EPROSPERA_STORE]'
            cand --output 'Output format [env: EPROSPERA_OUTPUT]'
            cand --jq 'Filter the JSON answer with a jq expression; implies `--output json`'
            cand --fields 'Show only these fields of the answer, such as `name,address.city`'
            cand --ca-file 'PEM file with trust roots beside the machine''s own [env: EPROSPERA_CA_FILE]'
            cand --request-timeout 'Longest time for one request [env: EPROSPERA_REQUEST_TIMEOUT] [default: 30s]'
            cand --retries 'How often a read is sent again while the portal is busy or out of reach [env: EPROSPERA_RETRIES] [default: 3]'
            cand --color 'When to use colours [env: NO_COLOR]'
            cand --force 'Replace files that are there already'
            cand --json 'The same as `--output json`'
            cand --no-input 'Never prompt, never open a browser by itself [env: EPROSPERA_NO_INPUT, CI]'
            cand -v 'Say more on stderr (can be repeated) [env: EPROSPERA_LOG]'
            cand --verbose 'Say more on stderr (can be repeated) [env: EPROSPERA_LOG]'
            cand -q 'Say less on stderr'
            cand --quiet 'Say less on stderr'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'eprospera;me;tax'= {
            cand --profile 'Named profile [env: EPROSPERA_PROFILE] [default: default]'
            cand --issuer 'Issuer; https, or http on a loopback host [env: EPROSPERA_ISSUER]'
            cand --client-id 'Client id that the provider gave you [env: EPROSPERA_CLIENT_ID]'
            cand --redirect-uri 'Registered redirect URI, in order of preference (can be repeated) [env: EPROSPERA_REDIRECT_URI]'
            cand --store 'Credential store: keyring, encrypted-file, plain-file or command:PROGRAM [env: EPROSPERA_STORE]'
            cand --output 'Output format [env: EPROSPERA_OUTPUT]'
            cand --jq 'Filter the JSON answer with a jq expression; implies `--output json`'
            cand --fields 'Show only these fields of the answer, such as `name,address.city`'
            cand --ca-file 'PEM file with trust roots beside the machine''s own [env: EPROSPERA_CA_FILE]'
            cand --request-timeout 'Longest time for one request [env: EPROSPERA_REQUEST_TIMEOUT] [default: 30s]'
            cand --retries 'How often a read is sent again while the portal is busy or out of reach [env: EPROSPERA_RETRIES] [default: 3]'
            cand --color 'When to use colours [env: NO_COLOR]'
            cand --json 'The same as `--output json`'
            cand --no-input 'Never prompt, never open a browser by itself [env: EPROSPERA_NO_INPUT, CI]'
            cand -v 'Say more on stderr (can be repeated) [env: EPROSPERA_LOG]'
            cand --verbose 'Say more on stderr (can be repeated) [env: EPROSPERA_LOG]'
            cand -q 'Say less on stderr'
            cand --quiet 'Say less on stderr'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand summary 'What is due, and which lump-sum elections there are'
            cand filings 'The filings that were submitted'
            cand filing 'One filing with its amounts'
            cand download 'Download a filing''s assessment or return as PDF'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'eprospera;me;tax;summary'= {
            cand --subject '`personal`, or the id of a legal entity'
            cand --profile 'Named profile [env: EPROSPERA_PROFILE] [default: default]'
            cand --issuer 'Issuer; https, or http on a loopback host [env: EPROSPERA_ISSUER]'
            cand --client-id 'Client id that the provider gave you [env: EPROSPERA_CLIENT_ID]'
            cand --redirect-uri 'Registered redirect URI, in order of preference (can be repeated) [env: EPROSPERA_REDIRECT_URI]'
            cand --store 'Credential store: keyring, encrypted-file, plain-file or command:PROGRAM [env: EPROSPERA_STORE]'
            cand --output 'Output format [env: EPROSPERA_OUTPUT]'
            cand --jq 'Filter the JSON answer with a jq expression; implies `--output json`'
            cand --fields 'Show only these fields of the answer, such as `name,address.city`'
            cand --ca-file 'PEM file with trust roots beside the machine''s own [env: EPROSPERA_CA_FILE]'
            cand --request-timeout 'Longest time for one request [env: EPROSPERA_REQUEST_TIMEOUT] [default: 30s]'
            cand --retries 'How often a read is sent again while the portal is busy or out of reach [env: EPROSPERA_RETRIES] [default: 3]'
            cand --color 'When to use colours [env: NO_COLOR]'
            cand --json 'The same as `--output json`'
            cand --no-input 'Never prompt, never open a browser by itself [env: EPROSPERA_NO_INPUT, CI]'
            cand -v 'Say more on stderr (can be repeated) [env: EPROSPERA_LOG]'
            cand --verbose 'Say more on stderr (can be repeated) [env: EPROSPERA_LOG]'
            cand -q 'Say less on stderr'
            cand --quiet 'Say less on stderr'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'eprospera;me;tax;filings'= {
            cand --subject '`personal`, or the id of a legal entity'
            cand --type 'Which tax'
            cand --year 'Year that the filing is about, from 2020'
            cand --limit 'Most filings on a page, 1 to 100'
            cand --cursor 'Page to start with, as `nextCursor` of the page before says'
            cand --profile 'Named profile [env: EPROSPERA_PROFILE] [default: default]'
            cand --issuer 'Issuer; https, or http on a loopback host [env: EPROSPERA_ISSUER]'
            cand --client-id 'Client id that the provider gave you [env: EPROSPERA_CLIENT_ID]'
            cand --redirect-uri 'Registered redirect URI, in order of preference (can be repeated) [env: EPROSPERA_REDIRECT_URI]'
            cand --store 'Credential store: keyring, encrypted-file, plain-file or command:PROGRAM [env: EPROSPERA_STORE]'
            cand --output 'Output format [env: EPROSPERA_OUTPUT]'
            cand --jq 'Filter the JSON answer with a jq expression; implies `--output json`'
            cand --fields 'Show only these fields of the answer, such as `name,address.city`'
            cand --ca-file 'PEM file with trust roots beside the machine''s own [env: EPROSPERA_CA_FILE]'
            cand --request-timeout 'Longest time for one request [env: EPROSPERA_REQUEST_TIMEOUT] [default: 30s]'
            cand --retries 'How often a read is sent again while the portal is busy or out of reach [env: EPROSPERA_RETRIES] [default: 3]'
            cand --color 'When to use colours [env: NO_COLOR]'
            cand --paginate 'Follow the pages to the end'
            cand --json 'The same as `--output json`'
            cand --no-input 'Never prompt, never open a browser by itself [env: EPROSPERA_NO_INPUT, CI]'
            cand -v 'Say more on stderr (can be repeated) [env: EPROSPERA_LOG]'
            cand --verbose 'Say more on stderr (can be repeated) [env: EPROSPERA_LOG]'
            cand -q 'Say less on stderr'
            cand --quiet 'Say less on stderr'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'eprospera;me;tax;filing'= {
            cand --profile 'Named profile [env: EPROSPERA_PROFILE] [default: default]'
            cand --issuer 'Issuer; https, or http on a loopback host [env: EPROSPERA_ISSUER]'
            cand --client-id 'Client id that the provider gave you [env: EPROSPERA_CLIENT_ID]'
            cand --redirect-uri 'Registered redirect URI, in order of preference (can be repeated) [env: EPROSPERA_REDIRECT_URI]'
            cand --store 'Credential store: keyring, encrypted-file, plain-file or command:PROGRAM [env: EPROSPERA_STORE]'
            cand --output 'Output format [env: EPROSPERA_OUTPUT]'
            cand --jq 'Filter the JSON answer with a jq expression; implies `--output json`'
            cand --fields 'Show only these fields of the answer, such as `name,address.city`'
            cand --ca-file 'PEM file with trust roots beside the machine''s own [env: EPROSPERA_CA_FILE]'
            cand --request-timeout 'Longest time for one request [env: EPROSPERA_REQUEST_TIMEOUT] [default: 30s]'
            cand --retries 'How often a read is sent again while the portal is busy or out of reach [env: EPROSPERA_RETRIES] [default: 3]'
            cand --color 'When to use colours [env: NO_COLOR]'
            cand --json 'The same as `--output json`'
            cand --no-input 'Never prompt, never open a browser by itself [env: EPROSPERA_NO_INPUT, CI]'
            cand -v 'Say more on stderr (can be repeated) [env: EPROSPERA_LOG]'
            cand --verbose 'Say more on stderr (can be repeated) [env: EPROSPERA_LOG]'
            cand -q 'Say less on stderr'
            cand --quiet 'Say less on stderr'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'eprospera;me;tax;download'= {
            cand --document 'Which document'
            cand --history-years 'Years of history in an assessment, 1 to 5'
            cand --download 'Folder that the file goes to'
            cand --profile 'Named profile [env: EPROSPERA_PROFILE] [default: default]'
            cand --issuer 'Issuer; https, or http on a loopback host [env: EPROSPERA_ISSUER]'
            cand --client-id 'Client id that the provider gave you [env: EPROSPERA_CLIENT_ID]'
            cand --redirect-uri 'Registered redirect URI, in order of preference (can be repeated) [env: EPROSPERA_REDIRECT_URI]'
            cand --store 'Credential store: keyring, encrypted-file, plain-file or command:PROGRAM [env: EPROSPERA_STORE]'
            cand --output 'Output format [env: EPROSPERA_OUTPUT]'
            cand --jq 'Filter the JSON answer with a jq expression; implies `--output json`'
            cand --fields 'Show only these fields of the answer, such as `name,address.city`'
            cand --ca-file 'PEM file with trust roots beside the machine''s own [env: EPROSPERA_CA_FILE]'
            cand --request-timeout 'Longest time for one request [env: EPROSPERA_REQUEST_TIMEOUT] [default: 30s]'
            cand --retries 'How often a read is sent again while the portal is busy or out of reach [env: EPROSPERA_RETRIES] [default: 3]'
            cand --color 'When to use colours [env: NO_COLOR]'
            cand --force 'Replace a file that is there already'
            cand --json 'The same as `--output json`'
            cand --no-input 'Never prompt, never open a browser by itself [env: EPROSPERA_NO_INPUT, CI]'
            cand -v 'Say more on stderr (can be repeated) [env: EPROSPERA_LOG]'
            cand --verbose 'Say more on stderr (can be repeated) [env: EPROSPERA_LOG]'
            cand -q 'Say less on stderr'
            cand --quiet 'Say less on stderr'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'eprospera;me;tax;help'= {
            cand summary 'What is due, and which lump-sum elections there are'
            cand filings 'The filings that were submitted'
            cand filing 'One filing with its amounts'
            cand download 'Download a filing''s assessment or return as PDF'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'eprospera;me;tax;help;summary'= {
        }
        &'eprospera;me;tax;help;filings'= {
        }
        &'eprospera;me;tax;help;filing'= {
        }
        &'eprospera;me;tax;help;download'= {
        }
        &'eprospera;me;tax;help;help'= {
        }
        &'eprospera;me;help'= {
            cand natural-person 'Legal name, permit number, birth, citizenships, address'
            cand residency 'Whether you are a resident, of which kind, and since when'
            cand id-verification 'How your identity was verified, and with which document'
            cand documents 'Your documents, and the Agreement of Coexistence'
            cand legal-entities 'The legal entities that you shared at sign-in, or one of them'
            cand tax 'Tax obligations, elections and filings'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'eprospera;me;help;natural-person'= {
        }
        &'eprospera;me;help;residency'= {
        }
        &'eprospera;me;help;id-verification'= {
        }
        &'eprospera;me;help;documents'= {
        }
        &'eprospera;me;help;legal-entities'= {
        }
        &'eprospera;me;help;tax'= {
            cand summary 'What is due, and which lump-sum elections there are'
            cand filings 'The filings that were submitted'
            cand filing 'One filing with its amounts'
            cand download 'Download a filing''s assessment or return as PDF'
        }
        &'eprospera;me;help;tax;summary'= {
        }
        &'eprospera;me;help;tax;filings'= {
        }
        &'eprospera;me;help;tax;filing'= {
        }
        &'eprospera;me;help;tax;download'= {
        }
        &'eprospera;me;help;help'= {
        }
        &'eprospera;api'= {
            cand -X 'The method, as with curl'
            cand --method 'The method, as with curl'
            cand -f 'Send a field as a text (can be repeated)'
            cand --raw-field 'Send a field as a text (can be repeated)'
            cand -F 'Send a field as what it looks like: number, true, false, null, `@FILE` (can be repeated)'
            cand --field 'Send a field as what it looks like: number, true, false, null, `@FILE` (can be repeated)'
            cand -H 'Send a header (can be repeated)'
            cand --header 'Send a header (can be repeated)'
            cand --input 'Send what a file holds, `-` for stdin; fields become the query then'
            cand --profile 'Named profile [env: EPROSPERA_PROFILE] [default: default]'
            cand --issuer 'Issuer; https, or http on a loopback host [env: EPROSPERA_ISSUER]'
            cand --client-id 'Client id that the provider gave you [env: EPROSPERA_CLIENT_ID]'
            cand --redirect-uri 'Registered redirect URI, in order of preference (can be repeated) [env: EPROSPERA_REDIRECT_URI]'
            cand --store 'Credential store: keyring, encrypted-file, plain-file or command:PROGRAM [env: EPROSPERA_STORE]'
            cand --output 'Output format [env: EPROSPERA_OUTPUT]'
            cand --jq 'Filter the JSON answer with a jq expression; implies `--output json`'
            cand --fields 'Show only these fields of the answer, such as `name,address.city`'
            cand --ca-file 'PEM file with trust roots beside the machine''s own [env: EPROSPERA_CA_FILE]'
            cand --request-timeout 'Longest time for one request [env: EPROSPERA_REQUEST_TIMEOUT] [default: 30s]'
            cand --retries 'How often a read is sent again while the portal is busy or out of reach [env: EPROSPERA_RETRIES] [default: 3]'
            cand --color 'When to use colours [env: NO_COLOR]'
            cand -i 'Print the status line and the headers of the answer, too'
            cand --include 'Print the status line and the headers of the answer, too'
            cand --paginate 'Ask for every page, and print them as one'
            cand --slurp 'With `--paginate`, print the pages as a list'
            cand --dry-run 'Print what would be sent, and send nothing'
            cand --json 'The same as `--output json`'
            cand --no-input 'Never prompt, never open a browser by itself [env: EPROSPERA_NO_INPUT, CI]'
            cand -v 'Say more on stderr (can be repeated) [env: EPROSPERA_LOG]'
            cand --verbose 'Say more on stderr (can be repeated) [env: EPROSPERA_LOG]'
            cand -q 'Say less on stderr'
            cand --quiet 'Say less on stderr'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'eprospera;introspect'= {
            cand --profile 'Named profile [env: EPROSPERA_PROFILE] [default: default]'
            cand --issuer 'Issuer; https, or http on a loopback host [env: EPROSPERA_ISSUER]'
            cand --client-id 'Client id that the provider gave you [env: EPROSPERA_CLIENT_ID]'
            cand --redirect-uri 'Registered redirect URI, in order of preference (can be repeated) [env: EPROSPERA_REDIRECT_URI]'
            cand --store 'Credential store: keyring, encrypted-file, plain-file or command:PROGRAM [env: EPROSPERA_STORE]'
            cand --output 'Output format [env: EPROSPERA_OUTPUT]'
            cand --jq 'Filter the JSON answer with a jq expression; implies `--output json`'
            cand --fields 'Show only these fields of the answer, such as `name,address.city`'
            cand --ca-file 'PEM file with trust roots beside the machine''s own [env: EPROSPERA_CA_FILE]'
            cand --request-timeout 'Longest time for one request [env: EPROSPERA_REQUEST_TIMEOUT] [default: 30s]'
            cand --retries 'How often a read is sent again while the portal is busy or out of reach [env: EPROSPERA_RETRIES] [default: 3]'
            cand --color 'When to use colours [env: NO_COLOR]'
            cand --json 'The same as `--output json`'
            cand --no-input 'Never prompt, never open a browser by itself [env: EPROSPERA_NO_INPUT, CI]'
            cand -v 'Say more on stderr (can be repeated) [env: EPROSPERA_LOG]'
            cand --verbose 'Say more on stderr (can be repeated) [env: EPROSPERA_LOG]'
            cand -q 'Say less on stderr'
            cand --quiet 'Say less on stderr'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'eprospera;exec'= {
            cand --min-ttl 'How long the token must stay valid'
            cand --profile 'Named profile [env: EPROSPERA_PROFILE] [default: default]'
            cand --issuer 'Issuer; https, or http on a loopback host [env: EPROSPERA_ISSUER]'
            cand --client-id 'Client id that the provider gave you [env: EPROSPERA_CLIENT_ID]'
            cand --redirect-uri 'Registered redirect URI, in order of preference (can be repeated) [env: EPROSPERA_REDIRECT_URI]'
            cand --store 'Credential store: keyring, encrypted-file, plain-file or command:PROGRAM [env: EPROSPERA_STORE]'
            cand --output 'Output format [env: EPROSPERA_OUTPUT]'
            cand --jq 'Filter the JSON answer with a jq expression; implies `--output json`'
            cand --fields 'Show only these fields of the answer, such as `name,address.city`'
            cand --ca-file 'PEM file with trust roots beside the machine''s own [env: EPROSPERA_CA_FILE]'
            cand --request-timeout 'Longest time for one request [env: EPROSPERA_REQUEST_TIMEOUT] [default: 30s]'
            cand --retries 'How often a read is sent again while the portal is busy or out of reach [env: EPROSPERA_RETRIES] [default: 3]'
            cand --color 'When to use colours [env: NO_COLOR]'
            cand --json 'The same as `--output json`'
            cand --no-input 'Never prompt, never open a browser by itself [env: EPROSPERA_NO_INPUT, CI]'
            cand -v 'Say more on stderr (can be repeated) [env: EPROSPERA_LOG]'
            cand --verbose 'Say more on stderr (can be repeated) [env: EPROSPERA_LOG]'
            cand -q 'Say less on stderr'
            cand --quiet 'Say less on stderr'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'eprospera;session'= {
            cand --profile 'Named profile [env: EPROSPERA_PROFILE] [default: default]'
            cand --issuer 'Issuer; https, or http on a loopback host [env: EPROSPERA_ISSUER]'
            cand --client-id 'Client id that the provider gave you [env: EPROSPERA_CLIENT_ID]'
            cand --redirect-uri 'Registered redirect URI, in order of preference (can be repeated) [env: EPROSPERA_REDIRECT_URI]'
            cand --store 'Credential store: keyring, encrypted-file, plain-file or command:PROGRAM [env: EPROSPERA_STORE]'
            cand --output 'Output format [env: EPROSPERA_OUTPUT]'
            cand --jq 'Filter the JSON answer with a jq expression; implies `--output json`'
            cand --fields 'Show only these fields of the answer, such as `name,address.city`'
            cand --ca-file 'PEM file with trust roots beside the machine''s own [env: EPROSPERA_CA_FILE]'
            cand --request-timeout 'Longest time for one request [env: EPROSPERA_REQUEST_TIMEOUT] [default: 30s]'
            cand --retries 'How often a read is sent again while the portal is busy or out of reach [env: EPROSPERA_RETRIES] [default: 3]'
            cand --color 'When to use colours [env: NO_COLOR]'
            cand --json 'The same as `--output json`'
            cand --no-input 'Never prompt, never open a browser by itself [env: EPROSPERA_NO_INPUT, CI]'
            cand -v 'Say more on stderr (can be repeated) [env: EPROSPERA_LOG]'
            cand --verbose 'Say more on stderr (can be repeated) [env: EPROSPERA_LOG]'
            cand -q 'Say less on stderr'
            cand --quiet 'Say less on stderr'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand export 'Write the session, encrypted, to a file, and retire it here'
            cand import 'Take over a session that was exported'
            cand restore 'Bring back a session that an export retired and that did not arrive'
            cand rekey 'Encrypt the records of the encrypted store with another key'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'eprospera;session;export'= {
            cand --profile 'Named profile [env: EPROSPERA_PROFILE] [default: default]'
            cand --issuer 'Issuer; https, or http on a loopback host [env: EPROSPERA_ISSUER]'
            cand --client-id 'Client id that the provider gave you [env: EPROSPERA_CLIENT_ID]'
            cand --redirect-uri 'Registered redirect URI, in order of preference (can be repeated) [env: EPROSPERA_REDIRECT_URI]'
            cand --store 'Credential store: keyring, encrypted-file, plain-file or command:PROGRAM [env: EPROSPERA_STORE]'
            cand --output 'Output format [env: EPROSPERA_OUTPUT]'
            cand --jq 'Filter the JSON answer with a jq expression; implies `--output json`'
            cand --fields 'Show only these fields of the answer, such as `name,address.city`'
            cand --ca-file 'PEM file with trust roots beside the machine''s own [env: EPROSPERA_CA_FILE]'
            cand --request-timeout 'Longest time for one request [env: EPROSPERA_REQUEST_TIMEOUT] [default: 30s]'
            cand --retries 'How often a read is sent again while the portal is busy or out of reach [env: EPROSPERA_RETRIES] [default: 3]'
            cand --color 'When to use colours [env: NO_COLOR]'
            cand --copy 'Keep the session here as well; whichever refreshes second ends both'
            cand --json 'The same as `--output json`'
            cand --no-input 'Never prompt, never open a browser by itself [env: EPROSPERA_NO_INPUT, CI]'
            cand -v 'Say more on stderr (can be repeated) [env: EPROSPERA_LOG]'
            cand --verbose 'Say more on stderr (can be repeated) [env: EPROSPERA_LOG]'
            cand -q 'Say less on stderr'
            cand --quiet 'Say less on stderr'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'eprospera;session;import'= {
            cand --profile 'Named profile [env: EPROSPERA_PROFILE] [default: default]'
            cand --issuer 'Issuer; https, or http on a loopback host [env: EPROSPERA_ISSUER]'
            cand --client-id 'Client id that the provider gave you [env: EPROSPERA_CLIENT_ID]'
            cand --redirect-uri 'Registered redirect URI, in order of preference (can be repeated) [env: EPROSPERA_REDIRECT_URI]'
            cand --store 'Credential store: keyring, encrypted-file, plain-file or command:PROGRAM [env: EPROSPERA_STORE]'
            cand --output 'Output format [env: EPROSPERA_OUTPUT]'
            cand --jq 'Filter the JSON answer with a jq expression; implies `--output json`'
            cand --fields 'Show only these fields of the answer, such as `name,address.city`'
            cand --ca-file 'PEM file with trust roots beside the machine''s own [env: EPROSPERA_CA_FILE]'
            cand --request-timeout 'Longest time for one request [env: EPROSPERA_REQUEST_TIMEOUT] [default: 30s]'
            cand --retries 'How often a read is sent again while the portal is busy or out of reach [env: EPROSPERA_RETRIES] [default: 3]'
            cand --color 'When to use colours [env: NO_COLOR]'
            cand --replace 'Replace the session of another account, or of another login'
            cand --json 'The same as `--output json`'
            cand --no-input 'Never prompt, never open a browser by itself [env: EPROSPERA_NO_INPUT, CI]'
            cand -v 'Say more on stderr (can be repeated) [env: EPROSPERA_LOG]'
            cand --verbose 'Say more on stderr (can be repeated) [env: EPROSPERA_LOG]'
            cand -q 'Say less on stderr'
            cand --quiet 'Say less on stderr'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'eprospera;session;restore'= {
            cand --profile 'Named profile [env: EPROSPERA_PROFILE] [default: default]'
            cand --issuer 'Issuer; https, or http on a loopback host [env: EPROSPERA_ISSUER]'
            cand --client-id 'Client id that the provider gave you [env: EPROSPERA_CLIENT_ID]'
            cand --redirect-uri 'Registered redirect URI, in order of preference (can be repeated) [env: EPROSPERA_REDIRECT_URI]'
            cand --store 'Credential store: keyring, encrypted-file, plain-file or command:PROGRAM [env: EPROSPERA_STORE]'
            cand --output 'Output format [env: EPROSPERA_OUTPUT]'
            cand --jq 'Filter the JSON answer with a jq expression; implies `--output json`'
            cand --fields 'Show only these fields of the answer, such as `name,address.city`'
            cand --ca-file 'PEM file with trust roots beside the machine''s own [env: EPROSPERA_CA_FILE]'
            cand --request-timeout 'Longest time for one request [env: EPROSPERA_REQUEST_TIMEOUT] [default: 30s]'
            cand --retries 'How often a read is sent again while the portal is busy or out of reach [env: EPROSPERA_RETRIES] [default: 3]'
            cand --color 'When to use colours [env: NO_COLOR]'
            cand --json 'The same as `--output json`'
            cand --no-input 'Never prompt, never open a browser by itself [env: EPROSPERA_NO_INPUT, CI]'
            cand -v 'Say more on stderr (can be repeated) [env: EPROSPERA_LOG]'
            cand --verbose 'Say more on stderr (can be repeated) [env: EPROSPERA_LOG]'
            cand -q 'Say less on stderr'
            cand --quiet 'Say less on stderr'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'eprospera;session;rekey'= {
            cand --generate 'Make a random key and write it to this new file'
            cand --profile 'Named profile [env: EPROSPERA_PROFILE] [default: default]'
            cand --issuer 'Issuer; https, or http on a loopback host [env: EPROSPERA_ISSUER]'
            cand --client-id 'Client id that the provider gave you [env: EPROSPERA_CLIENT_ID]'
            cand --redirect-uri 'Registered redirect URI, in order of preference (can be repeated) [env: EPROSPERA_REDIRECT_URI]'
            cand --store 'Credential store: keyring, encrypted-file, plain-file or command:PROGRAM [env: EPROSPERA_STORE]'
            cand --output 'Output format [env: EPROSPERA_OUTPUT]'
            cand --jq 'Filter the JSON answer with a jq expression; implies `--output json`'
            cand --fields 'Show only these fields of the answer, such as `name,address.city`'
            cand --ca-file 'PEM file with trust roots beside the machine''s own [env: EPROSPERA_CA_FILE]'
            cand --request-timeout 'Longest time for one request [env: EPROSPERA_REQUEST_TIMEOUT] [default: 30s]'
            cand --retries 'How often a read is sent again while the portal is busy or out of reach [env: EPROSPERA_RETRIES] [default: 3]'
            cand --color 'When to use colours [env: NO_COLOR]'
            cand --json 'The same as `--output json`'
            cand --no-input 'Never prompt, never open a browser by itself [env: EPROSPERA_NO_INPUT, CI]'
            cand -v 'Say more on stderr (can be repeated) [env: EPROSPERA_LOG]'
            cand --verbose 'Say more on stderr (can be repeated) [env: EPROSPERA_LOG]'
            cand -q 'Say less on stderr'
            cand --quiet 'Say less on stderr'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'eprospera;session;help'= {
            cand export 'Write the session, encrypted, to a file, and retire it here'
            cand import 'Take over a session that was exported'
            cand restore 'Bring back a session that an export retired and that did not arrive'
            cand rekey 'Encrypt the records of the encrypted store with another key'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'eprospera;session;help;export'= {
        }
        &'eprospera;session;help;import'= {
        }
        &'eprospera;session;help;restore'= {
        }
        &'eprospera;session;help;rekey'= {
        }
        &'eprospera;session;help;help'= {
        }
        &'eprospera;profile'= {
            cand --profile 'Named profile [env: EPROSPERA_PROFILE] [default: default]'
            cand --issuer 'Issuer; https, or http on a loopback host [env: EPROSPERA_ISSUER]'
            cand --client-id 'Client id that the provider gave you [env: EPROSPERA_CLIENT_ID]'
            cand --redirect-uri 'Registered redirect URI, in order of preference (can be repeated) [env: EPROSPERA_REDIRECT_URI]'
            cand --store 'Credential store: keyring, encrypted-file, plain-file or command:PROGRAM [env: EPROSPERA_STORE]'
            cand --output 'Output format [env: EPROSPERA_OUTPUT]'
            cand --jq 'Filter the JSON answer with a jq expression; implies `--output json`'
            cand --fields 'Show only these fields of the answer, such as `name,address.city`'
            cand --ca-file 'PEM file with trust roots beside the machine''s own [env: EPROSPERA_CA_FILE]'
            cand --request-timeout 'Longest time for one request [env: EPROSPERA_REQUEST_TIMEOUT] [default: 30s]'
            cand --retries 'How often a read is sent again while the portal is busy or out of reach [env: EPROSPERA_RETRIES] [default: 3]'
            cand --color 'When to use colours [env: NO_COLOR]'
            cand --json 'The same as `--output json`'
            cand --no-input 'Never prompt, never open a browser by itself [env: EPROSPERA_NO_INPUT, CI]'
            cand -v 'Say more on stderr (can be repeated) [env: EPROSPERA_LOG]'
            cand --verbose 'Say more on stderr (can be repeated) [env: EPROSPERA_LOG]'
            cand -q 'Say less on stderr'
            cand --quiet 'Say less on stderr'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand list 'List the profiles'
            cand show 'Show one profile'
            cand set 'Set a key of the profile in use; `client-secret` is read from a prompt or stdin'
            cand unset 'Take a key out of the profile in use'
            cand use 'Make a profile the default'
            cand remove 'Remove a profile from the configuration'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'eprospera;profile;list'= {
            cand --profile 'Named profile [env: EPROSPERA_PROFILE] [default: default]'
            cand --issuer 'Issuer; https, or http on a loopback host [env: EPROSPERA_ISSUER]'
            cand --client-id 'Client id that the provider gave you [env: EPROSPERA_CLIENT_ID]'
            cand --redirect-uri 'Registered redirect URI, in order of preference (can be repeated) [env: EPROSPERA_REDIRECT_URI]'
            cand --store 'Credential store: keyring, encrypted-file, plain-file or command:PROGRAM [env: EPROSPERA_STORE]'
            cand --output 'Output format [env: EPROSPERA_OUTPUT]'
            cand --jq 'Filter the JSON answer with a jq expression; implies `--output json`'
            cand --fields 'Show only these fields of the answer, such as `name,address.city`'
            cand --ca-file 'PEM file with trust roots beside the machine''s own [env: EPROSPERA_CA_FILE]'
            cand --request-timeout 'Longest time for one request [env: EPROSPERA_REQUEST_TIMEOUT] [default: 30s]'
            cand --retries 'How often a read is sent again while the portal is busy or out of reach [env: EPROSPERA_RETRIES] [default: 3]'
            cand --color 'When to use colours [env: NO_COLOR]'
            cand --json 'The same as `--output json`'
            cand --no-input 'Never prompt, never open a browser by itself [env: EPROSPERA_NO_INPUT, CI]'
            cand -v 'Say more on stderr (can be repeated) [env: EPROSPERA_LOG]'
            cand --verbose 'Say more on stderr (can be repeated) [env: EPROSPERA_LOG]'
            cand -q 'Say less on stderr'
            cand --quiet 'Say less on stderr'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'eprospera;profile;show'= {
            cand --profile 'Named profile [env: EPROSPERA_PROFILE] [default: default]'
            cand --issuer 'Issuer; https, or http on a loopback host [env: EPROSPERA_ISSUER]'
            cand --client-id 'Client id that the provider gave you [env: EPROSPERA_CLIENT_ID]'
            cand --redirect-uri 'Registered redirect URI, in order of preference (can be repeated) [env: EPROSPERA_REDIRECT_URI]'
            cand --store 'Credential store: keyring, encrypted-file, plain-file or command:PROGRAM [env: EPROSPERA_STORE]'
            cand --output 'Output format [env: EPROSPERA_OUTPUT]'
            cand --jq 'Filter the JSON answer with a jq expression; implies `--output json`'
            cand --fields 'Show only these fields of the answer, such as `name,address.city`'
            cand --ca-file 'PEM file with trust roots beside the machine''s own [env: EPROSPERA_CA_FILE]'
            cand --request-timeout 'Longest time for one request [env: EPROSPERA_REQUEST_TIMEOUT] [default: 30s]'
            cand --retries 'How often a read is sent again while the portal is busy or out of reach [env: EPROSPERA_RETRIES] [default: 3]'
            cand --color 'When to use colours [env: NO_COLOR]'
            cand --json 'The same as `--output json`'
            cand --no-input 'Never prompt, never open a browser by itself [env: EPROSPERA_NO_INPUT, CI]'
            cand -v 'Say more on stderr (can be repeated) [env: EPROSPERA_LOG]'
            cand --verbose 'Say more on stderr (can be repeated) [env: EPROSPERA_LOG]'
            cand -q 'Say less on stderr'
            cand --quiet 'Say less on stderr'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'eprospera;profile;set'= {
            cand --profile 'Named profile [env: EPROSPERA_PROFILE] [default: default]'
            cand --issuer 'Issuer; https, or http on a loopback host [env: EPROSPERA_ISSUER]'
            cand --client-id 'Client id that the provider gave you [env: EPROSPERA_CLIENT_ID]'
            cand --redirect-uri 'Registered redirect URI, in order of preference (can be repeated) [env: EPROSPERA_REDIRECT_URI]'
            cand --store 'Credential store: keyring, encrypted-file, plain-file or command:PROGRAM [env: EPROSPERA_STORE]'
            cand --output 'Output format [env: EPROSPERA_OUTPUT]'
            cand --jq 'Filter the JSON answer with a jq expression; implies `--output json`'
            cand --fields 'Show only these fields of the answer, such as `name,address.city`'
            cand --ca-file 'PEM file with trust roots beside the machine''s own [env: EPROSPERA_CA_FILE]'
            cand --request-timeout 'Longest time for one request [env: EPROSPERA_REQUEST_TIMEOUT] [default: 30s]'
            cand --retries 'How often a read is sent again while the portal is busy or out of reach [env: EPROSPERA_RETRIES] [default: 3]'
            cand --color 'When to use colours [env: NO_COLOR]'
            cand --json 'The same as `--output json`'
            cand --no-input 'Never prompt, never open a browser by itself [env: EPROSPERA_NO_INPUT, CI]'
            cand -v 'Say more on stderr (can be repeated) [env: EPROSPERA_LOG]'
            cand --verbose 'Say more on stderr (can be repeated) [env: EPROSPERA_LOG]'
            cand -q 'Say less on stderr'
            cand --quiet 'Say less on stderr'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'eprospera;profile;unset'= {
            cand --profile 'Named profile [env: EPROSPERA_PROFILE] [default: default]'
            cand --issuer 'Issuer; https, or http on a loopback host [env: EPROSPERA_ISSUER]'
            cand --client-id 'Client id that the provider gave you [env: EPROSPERA_CLIENT_ID]'
            cand --redirect-uri 'Registered redirect URI, in order of preference (can be repeated) [env: EPROSPERA_REDIRECT_URI]'
            cand --store 'Credential store: keyring, encrypted-file, plain-file or command:PROGRAM [env: EPROSPERA_STORE]'
            cand --output 'Output format [env: EPROSPERA_OUTPUT]'
            cand --jq 'Filter the JSON answer with a jq expression; implies `--output json`'
            cand --fields 'Show only these fields of the answer, such as `name,address.city`'
            cand --ca-file 'PEM file with trust roots beside the machine''s own [env: EPROSPERA_CA_FILE]'
            cand --request-timeout 'Longest time for one request [env: EPROSPERA_REQUEST_TIMEOUT] [default: 30s]'
            cand --retries 'How often a read is sent again while the portal is busy or out of reach [env: EPROSPERA_RETRIES] [default: 3]'
            cand --color 'When to use colours [env: NO_COLOR]'
            cand --json 'The same as `--output json`'
            cand --no-input 'Never prompt, never open a browser by itself [env: EPROSPERA_NO_INPUT, CI]'
            cand -v 'Say more on stderr (can be repeated) [env: EPROSPERA_LOG]'
            cand --verbose 'Say more on stderr (can be repeated) [env: EPROSPERA_LOG]'
            cand -q 'Say less on stderr'
            cand --quiet 'Say less on stderr'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'eprospera;profile;use'= {
            cand --profile 'Named profile [env: EPROSPERA_PROFILE] [default: default]'
            cand --issuer 'Issuer; https, or http on a loopback host [env: EPROSPERA_ISSUER]'
            cand --client-id 'Client id that the provider gave you [env: EPROSPERA_CLIENT_ID]'
            cand --redirect-uri 'Registered redirect URI, in order of preference (can be repeated) [env: EPROSPERA_REDIRECT_URI]'
            cand --store 'Credential store: keyring, encrypted-file, plain-file or command:PROGRAM [env: EPROSPERA_STORE]'
            cand --output 'Output format [env: EPROSPERA_OUTPUT]'
            cand --jq 'Filter the JSON answer with a jq expression; implies `--output json`'
            cand --fields 'Show only these fields of the answer, such as `name,address.city`'
            cand --ca-file 'PEM file with trust roots beside the machine''s own [env: EPROSPERA_CA_FILE]'
            cand --request-timeout 'Longest time for one request [env: EPROSPERA_REQUEST_TIMEOUT] [default: 30s]'
            cand --retries 'How often a read is sent again while the portal is busy or out of reach [env: EPROSPERA_RETRIES] [default: 3]'
            cand --color 'When to use colours [env: NO_COLOR]'
            cand --json 'The same as `--output json`'
            cand --no-input 'Never prompt, never open a browser by itself [env: EPROSPERA_NO_INPUT, CI]'
            cand -v 'Say more on stderr (can be repeated) [env: EPROSPERA_LOG]'
            cand --verbose 'Say more on stderr (can be repeated) [env: EPROSPERA_LOG]'
            cand -q 'Say less on stderr'
            cand --quiet 'Say less on stderr'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'eprospera;profile;remove'= {
            cand --profile 'Named profile [env: EPROSPERA_PROFILE] [default: default]'
            cand --issuer 'Issuer; https, or http on a loopback host [env: EPROSPERA_ISSUER]'
            cand --client-id 'Client id that the provider gave you [env: EPROSPERA_CLIENT_ID]'
            cand --redirect-uri 'Registered redirect URI, in order of preference (can be repeated) [env: EPROSPERA_REDIRECT_URI]'
            cand --store 'Credential store: keyring, encrypted-file, plain-file or command:PROGRAM [env: EPROSPERA_STORE]'
            cand --output 'Output format [env: EPROSPERA_OUTPUT]'
            cand --jq 'Filter the JSON answer with a jq expression; implies `--output json`'
            cand --fields 'Show only these fields of the answer, such as `name,address.city`'
            cand --ca-file 'PEM file with trust roots beside the machine''s own [env: EPROSPERA_CA_FILE]'
            cand --request-timeout 'Longest time for one request [env: EPROSPERA_REQUEST_TIMEOUT] [default: 30s]'
            cand --retries 'How often a read is sent again while the portal is busy or out of reach [env: EPROSPERA_RETRIES] [default: 3]'
            cand --color 'When to use colours [env: NO_COLOR]'
            cand --json 'The same as `--output json`'
            cand --no-input 'Never prompt, never open a browser by itself [env: EPROSPERA_NO_INPUT, CI]'
            cand -v 'Say more on stderr (can be repeated) [env: EPROSPERA_LOG]'
            cand --verbose 'Say more on stderr (can be repeated) [env: EPROSPERA_LOG]'
            cand -q 'Say less on stderr'
            cand --quiet 'Say less on stderr'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'eprospera;profile;help'= {
            cand list 'List the profiles'
            cand show 'Show one profile'
            cand set 'Set a key of the profile in use; `client-secret` is read from a prompt or stdin'
            cand unset 'Take a key out of the profile in use'
            cand use 'Make a profile the default'
            cand remove 'Remove a profile from the configuration'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'eprospera;profile;help;list'= {
        }
        &'eprospera;profile;help;show'= {
        }
        &'eprospera;profile;help;set'= {
        }
        &'eprospera;profile;help;unset'= {
        }
        &'eprospera;profile;help;use'= {
        }
        &'eprospera;profile;help;remove'= {
        }
        &'eprospera;profile;help;help'= {
        }
        &'eprospera;explain'= {
            cand --profile 'Named profile [env: EPROSPERA_PROFILE] [default: default]'
            cand --issuer 'Issuer; https, or http on a loopback host [env: EPROSPERA_ISSUER]'
            cand --client-id 'Client id that the provider gave you [env: EPROSPERA_CLIENT_ID]'
            cand --redirect-uri 'Registered redirect URI, in order of preference (can be repeated) [env: EPROSPERA_REDIRECT_URI]'
            cand --store 'Credential store: keyring, encrypted-file, plain-file or command:PROGRAM [env: EPROSPERA_STORE]'
            cand --output 'Output format [env: EPROSPERA_OUTPUT]'
            cand --jq 'Filter the JSON answer with a jq expression; implies `--output json`'
            cand --fields 'Show only these fields of the answer, such as `name,address.city`'
            cand --ca-file 'PEM file with trust roots beside the machine''s own [env: EPROSPERA_CA_FILE]'
            cand --request-timeout 'Longest time for one request [env: EPROSPERA_REQUEST_TIMEOUT] [default: 30s]'
            cand --retries 'How often a read is sent again while the portal is busy or out of reach [env: EPROSPERA_RETRIES] [default: 3]'
            cand --color 'When to use colours [env: NO_COLOR]'
            cand --json 'The same as `--output json`'
            cand --no-input 'Never prompt, never open a browser by itself [env: EPROSPERA_NO_INPUT, CI]'
            cand -v 'Say more on stderr (can be repeated) [env: EPROSPERA_LOG]'
            cand --verbose 'Say more on stderr (can be repeated) [env: EPROSPERA_LOG]'
            cand -q 'Say less on stderr'
            cand --quiet 'Say less on stderr'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'eprospera;completions'= {
            cand --profile 'Named profile [env: EPROSPERA_PROFILE] [default: default]'
            cand --issuer 'Issuer; https, or http on a loopback host [env: EPROSPERA_ISSUER]'
            cand --client-id 'Client id that the provider gave you [env: EPROSPERA_CLIENT_ID]'
            cand --redirect-uri 'Registered redirect URI, in order of preference (can be repeated) [env: EPROSPERA_REDIRECT_URI]'
            cand --store 'Credential store: keyring, encrypted-file, plain-file or command:PROGRAM [env: EPROSPERA_STORE]'
            cand --output 'Output format [env: EPROSPERA_OUTPUT]'
            cand --jq 'Filter the JSON answer with a jq expression; implies `--output json`'
            cand --fields 'Show only these fields of the answer, such as `name,address.city`'
            cand --ca-file 'PEM file with trust roots beside the machine''s own [env: EPROSPERA_CA_FILE]'
            cand --request-timeout 'Longest time for one request [env: EPROSPERA_REQUEST_TIMEOUT] [default: 30s]'
            cand --retries 'How often a read is sent again while the portal is busy or out of reach [env: EPROSPERA_RETRIES] [default: 3]'
            cand --color 'When to use colours [env: NO_COLOR]'
            cand --json 'The same as `--output json`'
            cand --no-input 'Never prompt, never open a browser by itself [env: EPROSPERA_NO_INPUT, CI]'
            cand -v 'Say more on stderr (can be repeated) [env: EPROSPERA_LOG]'
            cand --verbose 'Say more on stderr (can be repeated) [env: EPROSPERA_LOG]'
            cand -q 'Say less on stderr'
            cand --quiet 'Say less on stderr'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'eprospera;sandbox'= {
            cand --port 'Port to listen on'
            cand --auto-approve 'Sign in and consent without pages, as this persona'
            cand --data 'People who can sign in, in JSON or TOML; they come before the built-in ones'
            cand --access-ttl 'Lifetime of access tokens'
            cand --refresh-ttl 'Lifetime of refresh tokens'
            cand --code-ttl 'Lifetime of authorization codes'
            cand --device-ttl 'Lifetime of device codes'
            cand --device-interval 'Pause between two polls of a device'
            cand --id-token-ttl 'Lifetime of ID tokens'
            cand --client 'Further client: ID[:SECRET]=REDIRECT_URI,… (can be repeated)'
            cand --fault 'Fault to make on purpose (can be repeated)'
            cand --latency 'Pause before every answer'
            cand --signing 'Algorithm that signs ID tokens'
            cand --discovery 'Discovery document to serve'
            cand --missing-scope-status 'Status of a missing scope on resource routes'
            cand --log 'Shape of the request log on stderr'
            cand --profile 'Named profile [env: EPROSPERA_PROFILE] [default: default]'
            cand --issuer 'Issuer; https, or http on a loopback host [env: EPROSPERA_ISSUER]'
            cand --client-id 'Client id that the provider gave you [env: EPROSPERA_CLIENT_ID]'
            cand --redirect-uri 'Registered redirect URI, in order of preference (can be repeated) [env: EPROSPERA_REDIRECT_URI]'
            cand --store 'Credential store: keyring, encrypted-file, plain-file or command:PROGRAM [env: EPROSPERA_STORE]'
            cand --output 'Output format [env: EPROSPERA_OUTPUT]'
            cand --jq 'Filter the JSON answer with a jq expression; implies `--output json`'
            cand --fields 'Show only these fields of the answer, such as `name,address.city`'
            cand --ca-file 'PEM file with trust roots beside the machine''s own [env: EPROSPERA_CA_FILE]'
            cand --request-timeout 'Longest time for one request [env: EPROSPERA_REQUEST_TIMEOUT] [default: 30s]'
            cand --retries 'How often a read is sent again while the portal is busy or out of reach [env: EPROSPERA_RETRIES] [default: 3]'
            cand --color 'When to use colours [env: NO_COLOR]'
            cand --iss 'Send `iss` back with each code or error, and announce it in discovery (RFC 9207)'
            cand --json 'The same as `--output json`'
            cand --no-input 'Never prompt, never open a browser by itself [env: EPROSPERA_NO_INPUT, CI]'
            cand -v 'Say more on stderr (can be repeated) [env: EPROSPERA_LOG]'
            cand --verbose 'Say more on stderr (can be repeated) [env: EPROSPERA_LOG]'
            cand -q 'Say less on stderr'
            cand --quiet 'Say less on stderr'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand exec 'Run the sandbox on a free port for the time of one command'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'eprospera;sandbox;exec'= {
            cand --auto-approve 'Sign in and consent without pages, as this persona'
            cand --data 'People who can sign in, in JSON or TOML; they come before the built-in ones'
            cand --access-ttl 'Lifetime of access tokens'
            cand --refresh-ttl 'Lifetime of refresh tokens'
            cand --code-ttl 'Lifetime of authorization codes'
            cand --device-ttl 'Lifetime of device codes'
            cand --device-interval 'Pause between two polls of a device'
            cand --id-token-ttl 'Lifetime of ID tokens'
            cand --client 'Further client: ID[:SECRET]=REDIRECT_URI,… (can be repeated)'
            cand --fault 'Fault to make on purpose (can be repeated)'
            cand --latency 'Pause before every answer'
            cand --signing 'Algorithm that signs ID tokens'
            cand --discovery 'Discovery document to serve'
            cand --missing-scope-status 'Status of a missing scope on resource routes'
            cand --log 'Shape of the request log on stderr'
            cand --profile 'Named profile [env: EPROSPERA_PROFILE] [default: default]'
            cand --issuer 'Issuer; https, or http on a loopback host [env: EPROSPERA_ISSUER]'
            cand --client-id 'Client id that the provider gave you [env: EPROSPERA_CLIENT_ID]'
            cand --redirect-uri 'Registered redirect URI, in order of preference (can be repeated) [env: EPROSPERA_REDIRECT_URI]'
            cand --store 'Credential store: keyring, encrypted-file, plain-file or command:PROGRAM [env: EPROSPERA_STORE]'
            cand --output 'Output format [env: EPROSPERA_OUTPUT]'
            cand --jq 'Filter the JSON answer with a jq expression; implies `--output json`'
            cand --fields 'Show only these fields of the answer, such as `name,address.city`'
            cand --ca-file 'PEM file with trust roots beside the machine''s own [env: EPROSPERA_CA_FILE]'
            cand --request-timeout 'Longest time for one request [env: EPROSPERA_REQUEST_TIMEOUT] [default: 30s]'
            cand --retries 'How often a read is sent again while the portal is busy or out of reach [env: EPROSPERA_RETRIES] [default: 3]'
            cand --color 'When to use colours [env: NO_COLOR]'
            cand --iss 'Send `iss` back with each code or error, and announce it in discovery (RFC 9207)'
            cand --json 'The same as `--output json`'
            cand --no-input 'Never prompt, never open a browser by itself [env: EPROSPERA_NO_INPUT, CI]'
            cand -v 'Say more on stderr (can be repeated) [env: EPROSPERA_LOG]'
            cand --verbose 'Say more on stderr (can be repeated) [env: EPROSPERA_LOG]'
            cand -q 'Say less on stderr'
            cand --quiet 'Say less on stderr'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'eprospera;sandbox;help'= {
            cand exec 'Run the sandbox on a free port for the time of one command'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'eprospera;sandbox;help;exec'= {
        }
        &'eprospera;sandbox;help;help'= {
        }
        &'eprospera;demo'= {
            cand --profile 'Named profile [env: EPROSPERA_PROFILE] [default: default]'
            cand --issuer 'Issuer; https, or http on a loopback host [env: EPROSPERA_ISSUER]'
            cand --client-id 'Client id that the provider gave you [env: EPROSPERA_CLIENT_ID]'
            cand --redirect-uri 'Registered redirect URI, in order of preference (can be repeated) [env: EPROSPERA_REDIRECT_URI]'
            cand --store 'Credential store: keyring, encrypted-file, plain-file or command:PROGRAM [env: EPROSPERA_STORE]'
            cand --output 'Output format [env: EPROSPERA_OUTPUT]'
            cand --jq 'Filter the JSON answer with a jq expression; implies `--output json`'
            cand --fields 'Show only these fields of the answer, such as `name,address.city`'
            cand --ca-file 'PEM file with trust roots beside the machine''s own [env: EPROSPERA_CA_FILE]'
            cand --request-timeout 'Longest time for one request [env: EPROSPERA_REQUEST_TIMEOUT] [default: 30s]'
            cand --retries 'How often a read is sent again while the portal is busy or out of reach [env: EPROSPERA_RETRIES] [default: 3]'
            cand --color 'When to use colours [env: NO_COLOR]'
            cand --json 'The same as `--output json`'
            cand --no-input 'Never prompt, never open a browser by itself [env: EPROSPERA_NO_INPUT, CI]'
            cand -v 'Say more on stderr (can be repeated) [env: EPROSPERA_LOG]'
            cand --verbose 'Say more on stderr (can be repeated) [env: EPROSPERA_LOG]'
            cand -q 'Say less on stderr'
            cand --quiet 'Say less on stderr'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'eprospera;auth'= {
            cand --profile 'Named profile [env: EPROSPERA_PROFILE] [default: default]'
            cand --issuer 'Issuer; https, or http on a loopback host [env: EPROSPERA_ISSUER]'
            cand --client-id 'Client id that the provider gave you [env: EPROSPERA_CLIENT_ID]'
            cand --redirect-uri 'Registered redirect URI, in order of preference (can be repeated) [env: EPROSPERA_REDIRECT_URI]'
            cand --store 'Credential store: keyring, encrypted-file, plain-file or command:PROGRAM [env: EPROSPERA_STORE]'
            cand --output 'Output format [env: EPROSPERA_OUTPUT]'
            cand --jq 'Filter the JSON answer with a jq expression; implies `--output json`'
            cand --fields 'Show only these fields of the answer, such as `name,address.city`'
            cand --ca-file 'PEM file with trust roots beside the machine''s own [env: EPROSPERA_CA_FILE]'
            cand --request-timeout 'Longest time for one request [env: EPROSPERA_REQUEST_TIMEOUT] [default: 30s]'
            cand --retries 'How often a read is sent again while the portal is busy or out of reach [env: EPROSPERA_RETRIES] [default: 3]'
            cand --color 'When to use colours [env: NO_COLOR]'
            cand --json 'The same as `--output json`'
            cand --no-input 'Never prompt, never open a browser by itself [env: EPROSPERA_NO_INPUT, CI]'
            cand -v 'Say more on stderr (can be repeated) [env: EPROSPERA_LOG]'
            cand --verbose 'Say more on stderr (can be repeated) [env: EPROSPERA_LOG]'
            cand -q 'Say less on stderr'
            cand --quiet 'Say less on stderr'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand login 'The same as `eprospera login`'
            cand logout 'The same as `eprospera logout`'
            cand whoami 'The same as `eprospera whoami`'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'eprospera;auth;login'= {
            cand --scope 'Scopes to ask for, separated by spaces'
            cand --browser 'Program that opens the URL, called with it as the only argument [env: BROWSER]'
            cand --response-mode 'How the answer comes back to this program'
            cand --timeout 'How long to wait for the sign-in [default: 5m; with `--device` until the code expires]'
            cand --login-hint 'Account that the provider should offer first'
            cand --prompt 'What the provider must ask again, such as `login` or `consent`'
            cand --max-age 'Oldest sign-in at the provider that is accepted, in seconds'
            cand --profile 'Named profile [env: EPROSPERA_PROFILE] [default: default]'
            cand --issuer 'Issuer; https, or http on a loopback host [env: EPROSPERA_ISSUER]'
            cand --client-id 'Client id that the provider gave you [env: EPROSPERA_CLIENT_ID]'
            cand --redirect-uri 'Registered redirect URI, in order of preference (can be repeated) [env: EPROSPERA_REDIRECT_URI]'
            cand --store 'Credential store: keyring, encrypted-file, plain-file or command:PROGRAM [env: EPROSPERA_STORE]'
            cand --output 'Output format [env: EPROSPERA_OUTPUT]'
            cand --jq 'Filter the JSON answer with a jq expression; implies `--output json`'
            cand --fields 'Show only these fields of the answer, such as `name,address.city`'
            cand --ca-file 'PEM file with trust roots beside the machine''s own [env: EPROSPERA_CA_FILE]'
            cand --request-timeout 'Longest time for one request [env: EPROSPERA_REQUEST_TIMEOUT] [default: 30s]'
            cand --retries 'How often a read is sent again while the portal is busy or out of reach [env: EPROSPERA_RETRIES] [default: 3]'
            cand --color 'When to use colours [env: NO_COLOR]'
            cand --scopes-all 'Ask for every scope that the provider documents and offers'
            cand --device 'Sign in on any other device: shows an address and a code, and waits for the approval'
            cand --qr 'Draw the address of `--device` as a QR code'
            cand --paste 'Don''t start a listener; paste the final browser address instead, or send it to stdin'
            cand --no-browser 'Print the URL only and open nothing'
            cand --replace 'Replace the session of another account without asking'
            cand --with-token 'Read a refresh token from stdin, use it at once, and open no browser'
            cand --json 'The same as `--output json`'
            cand --no-input 'Never prompt, never open a browser by itself [env: EPROSPERA_NO_INPUT, CI]'
            cand -v 'Say more on stderr (can be repeated) [env: EPROSPERA_LOG]'
            cand --verbose 'Say more on stderr (can be repeated) [env: EPROSPERA_LOG]'
            cand -q 'Say less on stderr'
            cand --quiet 'Say less on stderr'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'eprospera;auth;logout'= {
            cand --profile 'Named profile [env: EPROSPERA_PROFILE] [default: default]'
            cand --issuer 'Issuer; https, or http on a loopback host [env: EPROSPERA_ISSUER]'
            cand --client-id 'Client id that the provider gave you [env: EPROSPERA_CLIENT_ID]'
            cand --redirect-uri 'Registered redirect URI, in order of preference (can be repeated) [env: EPROSPERA_REDIRECT_URI]'
            cand --store 'Credential store: keyring, encrypted-file, plain-file or command:PROGRAM [env: EPROSPERA_STORE]'
            cand --output 'Output format [env: EPROSPERA_OUTPUT]'
            cand --jq 'Filter the JSON answer with a jq expression; implies `--output json`'
            cand --fields 'Show only these fields of the answer, such as `name,address.city`'
            cand --ca-file 'PEM file with trust roots beside the machine''s own [env: EPROSPERA_CA_FILE]'
            cand --request-timeout 'Longest time for one request [env: EPROSPERA_REQUEST_TIMEOUT] [default: 30s]'
            cand --retries 'How often a read is sent again while the portal is busy or out of reach [env: EPROSPERA_RETRIES] [default: 3]'
            cand --color 'When to use colours [env: NO_COLOR]'
            cand --all 'Sign out of every profile'
            cand --discard-unreadable 'Delete a session whose key is lost, too; its tokens stay valid at the provider'
            cand --json 'The same as `--output json`'
            cand --no-input 'Never prompt, never open a browser by itself [env: EPROSPERA_NO_INPUT, CI]'
            cand -v 'Say more on stderr (can be repeated) [env: EPROSPERA_LOG]'
            cand --verbose 'Say more on stderr (can be repeated) [env: EPROSPERA_LOG]'
            cand -q 'Say less on stderr'
            cand --quiet 'Say less on stderr'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'eprospera;auth;whoami'= {
            cand --profile 'Named profile [env: EPROSPERA_PROFILE] [default: default]'
            cand --issuer 'Issuer; https, or http on a loopback host [env: EPROSPERA_ISSUER]'
            cand --client-id 'Client id that the provider gave you [env: EPROSPERA_CLIENT_ID]'
            cand --redirect-uri 'Registered redirect URI, in order of preference (can be repeated) [env: EPROSPERA_REDIRECT_URI]'
            cand --store 'Credential store: keyring, encrypted-file, plain-file or command:PROGRAM [env: EPROSPERA_STORE]'
            cand --output 'Output format [env: EPROSPERA_OUTPUT]'
            cand --jq 'Filter the JSON answer with a jq expression; implies `--output json`'
            cand --fields 'Show only these fields of the answer, such as `name,address.city`'
            cand --ca-file 'PEM file with trust roots beside the machine''s own [env: EPROSPERA_CA_FILE]'
            cand --request-timeout 'Longest time for one request [env: EPROSPERA_REQUEST_TIMEOUT] [default: 30s]'
            cand --retries 'How often a read is sent again while the portal is busy or out of reach [env: EPROSPERA_RETRIES] [default: 3]'
            cand --color 'When to use colours [env: NO_COLOR]'
            cand --json 'The same as `--output json`'
            cand --no-input 'Never prompt, never open a browser by itself [env: EPROSPERA_NO_INPUT, CI]'
            cand -v 'Say more on stderr (can be repeated) [env: EPROSPERA_LOG]'
            cand --verbose 'Say more on stderr (can be repeated) [env: EPROSPERA_LOG]'
            cand -q 'Say less on stderr'
            cand --quiet 'Say less on stderr'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'eprospera;auth;help'= {
            cand login 'The same as `eprospera login`'
            cand logout 'The same as `eprospera logout`'
            cand whoami 'The same as `eprospera whoami`'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'eprospera;auth;help;login'= {
        }
        &'eprospera;auth;help;logout'= {
        }
        &'eprospera;auth;help;whoami'= {
        }
        &'eprospera;auth;help;help'= {
        }
        &'eprospera;help'= {
            cand login 'Sign in through the browser and store the session'
            cand logout 'Revoke the tokens and delete the session'
            cand status 'Say which account, client and store are in use'
            cand whoami 'Show the signed-in user''s profile (userinfo)'
            cand token 'Print a valid token'
            cand refresh 'Refresh the tokens now'
            cand decode-id-token 'Decode and verify an ID token'
            cand me 'Show your own data from the portal'
            cand api 'Ask any route of the portal with the session''s token'
            cand introspect 'Ask the provider what it knows of a token'
            cand exec 'Run a command with a fresh access token in EPROSPERA_TOKEN'
            cand session 'Move the session between machines, or change the key of the encrypted store'
            cand profile 'Manage named profiles'
            cand explain 'Explain an error code: what it means, what causes it, and what to do'
            cand completions 'Print a shell completion script'
            cand sandbox 'Run the embedded local portal'
            cand demo 'Show the whole tool working, with nothing to set up'
            cand auth 'The official tool''s names for login, logout and whoami'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'eprospera;help;login'= {
        }
        &'eprospera;help;logout'= {
        }
        &'eprospera;help;status'= {
        }
        &'eprospera;help;whoami'= {
        }
        &'eprospera;help;token'= {
        }
        &'eprospera;help;refresh'= {
        }
        &'eprospera;help;decode-id-token'= {
        }
        &'eprospera;help;me'= {
            cand natural-person 'Legal name, permit number, birth, citizenships, address'
            cand residency 'Whether you are a resident, of which kind, and since when'
            cand id-verification 'How your identity was verified, and with which document'
            cand documents 'Your documents, and the Agreement of Coexistence'
            cand legal-entities 'The legal entities that you shared at sign-in, or one of them'
            cand tax 'Tax obligations, elections and filings'
        }
        &'eprospera;help;me;natural-person'= {
        }
        &'eprospera;help;me;residency'= {
        }
        &'eprospera;help;me;id-verification'= {
        }
        &'eprospera;help;me;documents'= {
        }
        &'eprospera;help;me;legal-entities'= {
        }
        &'eprospera;help;me;tax'= {
            cand summary 'What is due, and which lump-sum elections there are'
            cand filings 'The filings that were submitted'
            cand filing 'One filing with its amounts'
            cand download 'Download a filing''s assessment or return as PDF'
        }
        &'eprospera;help;me;tax;summary'= {
        }
        &'eprospera;help;me;tax;filings'= {
        }
        &'eprospera;help;me;tax;filing'= {
        }
        &'eprospera;help;me;tax;download'= {
        }
        &'eprospera;help;api'= {
        }
        &'eprospera;help;introspect'= {
        }
        &'eprospera;help;exec'= {
        }
        &'eprospera;help;session'= {
            cand export 'Write the session, encrypted, to a file, and retire it here'
            cand import 'Take over a session that was exported'
            cand restore 'Bring back a session that an export retired and that did not arrive'
            cand rekey 'Encrypt the records of the encrypted store with another key'
        }
        &'eprospera;help;session;export'= {
        }
        &'eprospera;help;session;import'= {
        }
        &'eprospera;help;session;restore'= {
        }
        &'eprospera;help;session;rekey'= {
        }
        &'eprospera;help;profile'= {
            cand list 'List the profiles'
            cand show 'Show one profile'
            cand set 'Set a key of the profile in use; `client-secret` is read from a prompt or stdin'
            cand unset 'Take a key out of the profile in use'
            cand use 'Make a profile the default'
            cand remove 'Remove a profile from the configuration'
        }
        &'eprospera;help;profile;list'= {
        }
        &'eprospera;help;profile;show'= {
        }
        &'eprospera;help;profile;set'= {
        }
        &'eprospera;help;profile;unset'= {
        }
        &'eprospera;help;profile;use'= {
        }
        &'eprospera;help;profile;remove'= {
        }
        &'eprospera;help;explain'= {
        }
        &'eprospera;help;completions'= {
        }
        &'eprospera;help;sandbox'= {
            cand exec 'Run the sandbox on a free port for the time of one command'
        }
        &'eprospera;help;sandbox;exec'= {
        }
        &'eprospera;help;demo'= {
        }
        &'eprospera;help;auth'= {
            cand login 'The same as `eprospera login`'
            cand logout 'The same as `eprospera logout`'
            cand whoami 'The same as `eprospera whoami`'
        }
        &'eprospera;help;auth;login'= {
        }
        &'eprospera;help;auth;logout'= {
        }
        &'eprospera;help;auth;whoami'= {
        }
        &'eprospera;help;help'= {
        }
    ]
    $completions[$command]
}
