# What jq 1.7 has and jaq leaves to its own command line, and what jaq defines otherwise.
def row(f):
  if isarray | not then error("only an array can be a row") end |
  map(
    if . == null then ""
    elif isarray or isobject then error("an array or an object has no place in a row")
    else f end);
def replaced($old; $new): split($old) | join($new);
def @csv: row(if isstring then "\"" + replaced("\""; "\"\"") + "\"" else tojson end) | join(",");
def @tsv: row(if isstring
    then replaced("\\"; "\\\\") | replaced("\t"; "\\t") | replaced("\n"; "\\n") | replaced("\r"; "\\r")
    else tojson end) | join("\t");
def toarray: if isarray then . else [.] end;
def leaf_paths: paths(scalars);
def ascii: [.] | implode;
def IN(s): any(s == .; .);
def IN(src; s): any(src == s; .);
def INDEX(stream; f): reduce stream as $row ({}; .[$row | f | tostring] |= $row);
def INDEX(f): INDEX(.[]; f);
def delpaths($paths):
  if $paths | isarray | not then error("Paths must be specified as an array") end |
  reduce ($paths | unique | reverse[]) as $path (.;
    if $path == [] then null
    elif getpath($path[:-1]) == null then .
    else getpath($path) |= empty end);
def del(f): delpaths([path(f)]);
def pick(f): . as $whole | reduce path(f) as $path (null; setpath($path; $whole | getpath($path)));
def from_entries: reduce .[] as $entry ({}; . + {
    ($entry | if .key == null then .k // .name // .Name // .K // .Key else .key end
      | if isstring then . else tojson end):
    ($entry | if has("value") then .value elif has("v") then .v elif has("V") then .V else .Value end)});
def with_entries(f): to_entries | map(f) | from_entries;
def ltrimstr($start):
  if isstring and ($start | isstring) and startswith($start) then .[$start | length:] end;
def rtrimstr($end):
  if isstring and ($end | isstring) and endswith($end) and $end != "" then .[:length - ($end | length)] end;
def join($between):
  [.[] | if . == null then "" elif isstring then .
    elif isarray or isobject then error("cannot join an array or an object") else tojson end] |
  .[:-1][] += $between | reduce .[] as $text (""; . + $text);
def reverse: if . == null then [] else [.[length - 1 - range(length)]] end;
def todate: if isarray then mktime else floor end | todateiso8601;
def _nwise($n): def part: if length <= $n then . else .[:$n], (.[$n:] | part) end; part;
def tostream:
  path(def part: (.[]? | part), .; part) as $path | getpath($path) |
  reduce path(.[]?) as $rest ([$path, .]; [$path + $rest]);
def fromstream(events):
  {x: null, e: false} as $new |
  foreach events as $event ($new;
    if .e then $new end |
    if $event | length == 2
    then setpath(["e"]; $event[0] | length == 0) | setpath(["x"] + $event[0]; $event[1])
    else setpath(["e"]; $event[0] | length == 1) end;
    if .e then .x else empty end);
def truncate_stream(events):
  . as $depth | null | events | . as $event |
  if (.[0] | length) > $depth then setpath([0]; $event[0][$depth:]) else empty end;
def input_line_number: 0;
def have_literal_numbers: true;
def have_decnum: false;
