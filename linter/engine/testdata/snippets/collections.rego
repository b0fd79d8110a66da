package snippets

deny contains hit("count zero") if count(input.resource.list) == 0

deny contains hit("count filtered") if count([x | some x in input.resource.list; x == "x"]) == 0

deny contains hit("count filtered more") if count([x | some x in input.resource.list; x != "x"]) > 1

deny contains hit("distinct") if count({x | some x in input.resource.list}) < count(input.resource.list)

deny contains hit(sprintf("element %d", [i])) if {
	some i, x in input.resource.list
	x == "x"
}

deny contains hit(sprintf("pool %s", [p.name])) if {
	some p in input.resource.pools
	p.count > 3
}

deny contains hit(sprintf("key %s", [k])) if {
	some k, v in input.resource.o
	v != "x"
}

deny contains hit("every") if {
	every x in input.resource.list {
		x == "x"
	}
}

deny contains hit("every pool") if {
	every p in input.resource.pools {
		p.count > 1
	}
	count(input.resource.pools) > 0
}

deny contains hit("every key") if {
	every k, v in input.resource.o {
		k != v
	}
}

deny contains hit("union") if count({x | some x in input.resource.list} | {"x"}) == 1

deny contains hit("difference") if {x | some x in input.resource.list} - {"x"} == set()

deny contains hit("intersection") if {x | some x in input.resource.list} & {"x", "y"} == {"x"}

deny contains hit("sum") if sum([p.count | some p in input.resource.pools]) > 5

deny contains hit("max") if max([p.count | some p in input.resource.pools]) > 3

deny contains hit("keys") if object.keys(input.resource.o) == {"b"}

deny contains hit("object of") if {p.name: p.count | some p in input.resource.pools}.a == 4

deny contains hit("concat") if array.concat(input.resource.list, ["z"])[0] == "x"

deny contains hit("nested comprehension") if {
	big := [p | some p in input.resource.pools; p.count > 3]
	names := {p.name | some p in big}
	"a" in names
}

deny contains hit("first of filtered") if [p | some p in input.resource.pools; p.count > 3][0].name == "a"

deny contains hit("walk") if {
	walk(input.resource.o, [path, value])
	value == "x"
	count(path) > 0
}

deny contains hit("lookup by unknown key") if input.resource.o[input.resource.key] == "x"

deny contains hit("join") if {
	some p in input.resource.pools
	some x in input.resource.list
	p.name == x
}

deny contains hit("last wildcard") if input.resource.pools[_].count == 4

hit(message) := {"path": [], "message": message}
