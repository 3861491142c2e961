#compdef eprospera
# zsh completion for eprospera. Load it with: source <(eprospera completions zsh)
# Or store it as `_eprospera` in a folder of $fpath.

_eprospera() {
    local answer line
    local -a lines spaced unspaced
    answer=$(command eprospera __complete zsh $((CURRENT - 1)) -- "${(@Q)words[1,CURRENT-1]}" "${(Q)IPREFIX}${(Q)PREFIX}" 2>/dev/null) || return 1
    lines=("${(@f)answer}")
    case ${lines[1]} in
        values)
            for line in "${(@)lines[2,-1]}"; do
                case ${${line//\\:/;}%%:*} in
                    *['=/;']) unspaced+=("$line") ;;
                    ?*) spaced+=("$line") ;;
                esac
            done
            (( $#spaced )) && _describe -V eprospera spaced
            (( $#unspaced )) && _describe -V eprospera unspaced -S ''
            (( $#spaced + $#unspaced ))
            ;;
        files)
            [[ $PREFIX == --*=* ]] && compset -P 1 '*='
            _files
            ;;
        folders)
            [[ $PREFIX == --*=* ]] && compset -P 1 '*='
            _files -/
            ;;
        command\ *)
            local offset=${lines[1]#command }
            shift $offset words
            (( CURRENT -= offset ))
            _normal
            ;;
        *) return 1 ;;
    esac
}

if [ "$funcstack[1]" = "_eprospera" ]; then
    _eprospera "$@"
else
    compdef _eprospera eprospera
fi
