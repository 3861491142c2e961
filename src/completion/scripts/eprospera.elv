# elvish completion for eprospera. Load it with: eval (eprospera completions elvish | slurp)

set edit:completion:arg-completer[eprospera] = {|@words|
    var index = (to-string (- (count $words) 1))
    var answer = [(try { (external eprospera) __complete elvish $index -- $@words 2>/dev/null | from-lines } catch { nop })]
    if (and (> (count $answer) 0) (eq $answer[0] values)) {
        all $answer[1..]
    }
}
