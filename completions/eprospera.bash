# bash completion for eprospera. Load it with: source <(eprospera completions bash)

_eprospera() {
    local word=${COMP_WORDS[COMP_CWORD]-} line="" answer wanted candidate
    # The word ends at the cursor.
    if [[ -n ${COMP_LINE-} ]]; then
        line=${COMP_LINE:0:${COMP_POINT:-${#COMP_LINE}}}
        while [[ -n $word && $line != *"$word" ]]; do
            word=${word%?}
        done
    fi
    COMPREPLY=()
    answer=$(command eprospera __complete bash "$COMP_CWORD" -- "${COMP_WORDS[@]:0:COMP_CWORD}" "$word" 2>/dev/null) || return 0
    wanted=${answer%%$'\n'*}
    case $wanted in
        values)
            while IFS= read -r candidate; do
                [[ $candidate == values ]] || COMPREPLY+=("$candidate")
            done <<<"$answer"
            if [[ ${#COMPREPLY[@]} -eq 1 && ${COMPREPLY[0]} == *[=/:] ]]; then
                compopt -o nospace 2>/dev/null
            fi
            ;;
        files | folders)
            [[ $word == [=:] ]] && word=
            word=${word#[\"\']}
            word=${word//\\/}
            compopt -o filenames 2>/dev/null
            while IFS= read -r candidate; do
                [[ -n $candidate ]] && COMPREPLY+=("$candidate")
            done < <(if [[ $wanted == files ]]; then compgen -f -- "${word##*=}"; else compgen -d -- "${word##*=}"; fi)
            ;;
        command\ *)
            if declare -F _command_offset >/dev/null; then
                _command_offset "${wanted#command }"
            elif [[ ${wanted#command } -eq $COMP_CWORD ]]; then
                while IFS= read -r candidate; do
                    COMPREPLY+=("$candidate")
                done < <(compgen -c -- "$word")
            else
                compopt -o default 2>/dev/null
            fi
            ;;
    esac
    return 0
}

if [[ ${BASH_VERSINFO[0]} -gt 4 || ${BASH_VERSINFO[0]} -eq 4 && ${BASH_VERSINFO[1]} -ge 4 ]]; then
    complete -o nosort -F _eprospera eprospera
else
    complete -F _eprospera eprospera
fi
