package snippets

import data.snippets.lib

default public := false

public if input.resource.a == "x"

public if input.resource.f

mode := "one" if {
	input.resource.a == "x"
} else := "two" if {
	input.resource.b == "x"
} else := "three"

limited := 3 if input.resource.a == "x"

limited := 3 if input.resource.b == "x"

default weight(_) := 0

weight(p) := p.count if p.name == "a"

size("small") := 1

size("big") := 10

pair([x, y]) := x if y == "x"

named(p) if lib.name(p) != ""

in_effect.first := input.resource.a

in_effect.second := input.resource.b

by_name[p.name] := p.count if some p in input.resource.pools

names contains p.name if some p in input.resource.pools

groups[p.name] contains p.count if some p in input.resource.pools

deny contains hit("public") if public

deny contains hit("not public") if not public

deny contains hit("public is false") if public == false

deny contains hit(sprintf("mode %s", [mode])) if mode != "two"

deny contains hit("limited") if limited == 3

deny contains hit("not limited") if not limited

deny contains hit("weight") if {
	some p in input.resource.pools
	weight(p) == 0
}

deny contains hit("size") if size(input.resource.s) == 10

deny contains hit("no size") if not size(input.resource.s)

deny contains hit("pair") if pair([input.resource.a, input.resource.b]) == "y"

deny contains hit("unnamed") if {
	some p in input.resource.pools
	not named(p)
}

deny contains hit("in effect") if in_effect.first == in_effect.second

deny contains hit("any in effect") if {
	some key, v in in_effect
	v == "x"
	key == "second"
}

deny contains hit("by name") if by_name.a > 3

deny contains hit("no such name") if not by_name.b

deny contains hit("names") if "a" in names

deny contains hit("no name") if count(names) == 0

deny contains hit("groups") if 4 in groups.a

deny contains hit("destructure") if {
	[x, y] := [input.resource.a, input.resource.b]
	x == y
}

deny contains hit("object pattern") if {
	{"name": "a", "count": n} = input.resource.pools[0]
	n > 1
}

deny contains hit("with") if public with input.resource.a as input.resource.s

deny contains hit("with data") if data.params.limit == 5 with data.params.limit as input.resource.n

deny contains hit("template") if $"{input.resource.a}!" == "x!"

deny contains hit("message") if {
	some p in input.resource.pools
	p.count >= 4
	p.name == "a"
}

deny contains {"path": ["pools"], "message": sprintf("%d nodes", [p.count])} if some p in input.resource.pools

hit(message) := {"path": [], "message": message}
