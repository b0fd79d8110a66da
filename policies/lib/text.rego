# METADATA
# description: Comparison of names, to say what a misspelt one was meant to be.
package aksnetlint.lib.text

# distance(a, b): how many characters must be inserted, removed or replaced to turn a into
# b (Levenshtein), where that is at most 3; undefined beyond. The method keeps, for each
# number of edits, how far along a each diagonal reaches (Ukkonen 1985).
distance(a, b) := edits if {
	abs(count(a) - count(b)) <= 3
	[from, to] := middles(a, b)

	# An edit brings in one character and removes one, at most.
	count({c | some c in from} - {c | some c in to}) <= 3
	count({c | some c in to} - {c | some c in from}) <= 3
	reach0 := {0: common(from, to, 0, 0)}
	reach1 := step(from, to, reach0)
	reach2 := step(from, to, reach1)
	reach3 := step(from, to, reach2)
	diagonal := count(to) - count(from)
	edits := min({i |
		some i, reach in [reach0, reach1, reach2, reach3]
		reach[diagonal] == count(from)
	})
}

# middles(a, b): the characters of two texts without the words that both begin and end
# with: these take no edits. Of each text a word is left.
middles(a, b) := [split(concat("-", array.reverse(p)), ""), split(concat("-", array.reverse(q)), "")] if {
	[x, y] := tails(split(a, "-"), split(b, "-"))
	[p, q] := tails(array.reverse(x), array.reverse(y))
}

tails(x, y) := [array.slice(x, n, count(x)), array.slice(y, n, count(y))] if {
	most := min([count(x), count(y)]) - 1
	n := min({most} | {i |
		some i in numbers.range(0, most)
		x[i] != y[i]
	})
}

# step(from, to, reach): how far each diagonal reaches with one edit more.
step(from, to, reach) := {diagonal: i |
	some diagonal in numbers.range(min(object.keys(reach)) - 1, max(object.keys(reach)) + 1)
	start := max(starts(from, to, reach, diagonal))
	i := start + common(from, to, start, start + diagonal)
}

starts(from, to, reach, diagonal) := {i |
	some [d, advance] in [[diagonal, 1], [diagonal - 1, 0], [diagonal + 1, 1], [diagonal, 0]]
	i := reach[d] + advance
	i <= count(from)
	i + diagonal >= 0
	i + diagonal <= count(to)
}

# common(from, to, i, j): the length of the text that both share from there on.
common(from, to, i, j) := min(unequal | {ends}) if {
	ends := min({count(from) - i, count(to) - j})
	unequal := {k |
		some k in numbers.range(0, ends)
		from[i + k] != to[j + k]
	}
}

# words(name): the words of a name in alphabetical order, whatever joins them.
words(name) := concat(" ", sort([word | some word in regex.split(`[-_.\s]+`, lower(name)); word != ""]))

# nearest(name, names, most): the one of names with the fewest edits, at most so many.
nearest(name, names, most) := match if {
	near := {[edits, candidate] |
		some candidate in names
		edits := distance(name, candidate)
		edits <= most
	}
	count(near) > 0
	[_, match] := min(near)
}
