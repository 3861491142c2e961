# fish completion for eprospera. Load it with: eprospera completions fish | source

function __eprospera_complete
    set -l words (commandline --current-process --tokenize --cut-at-cursor)
    set -l token (commandline --current-token --cut-at-cursor)
    set -l answer (command eprospera __complete fish (count $words) -- $words $token 2>/dev/null)
    or return
    set -l option (string match --regex -- '^--[^=]*=' $token)
    set -l path (string replace --regex -- '^--[^=]*=' '' $token)
    switch "$answer[1]"
        case values
            string join \n -- $answer[2..]
        case files folders
            # What fish completes for a command of which it knows nothing.
            for candidate in (complete --do-complete "'' $path")
                set candidate (string split --max 1 \t -- $candidate)[1]
                if test $answer[1] = files; or string match --quiet -- '*/' $candidate
                    echo "$option$candidate"
                end
            end
        case 'command *'
            set -l offset (string replace 'command ' '' -- $answer[1])
            set -l rest $words[(math $offset + 1)..]
            complete --do-complete (string join ' ' -- (string escape -- $rest) $token)
    end
end

complete --command eprospera --erase
complete --command eprospera --no-files --keep-order --arguments '(__eprospera_complete)'
