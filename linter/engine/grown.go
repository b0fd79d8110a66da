package engine

import (
	"encoding/binary"
	"slices"

	"github.com/open-policy-agent/opa/v1/ast"
)

// grown is the tree of a kind in the notes of a pack, which is read where a resource
// leads.
type grown struct {
	tree string
	// rules are the indexes in the view of the tree's rules, -1 for one that the view
	// has not; others are the rules that the tree does not know.
	rules  []int
	others ruleSet
}

// grownFor is the tree of a kind, nil for none.
func (e *Engine) grownFor(kind string, v *view) *grown {
	if e.pack == nil || len(v.rules) > maxSetRules {
		return nil
	}
	for notes := (notes{in: e.pack.Notes()}); notes.in != ""; {
		name := notes.text()
		g := &grown{others: v.everyRule()}
		for range notes.count() {
			id := notes.text()
			i := slices.IndexFunc(v.rules, func(q *query) bool { return q.rule.ID == id && !q.rule.Custom })
			if i >= 0 {
				g.others.remove(i)
			}
			g.rules = append(g.rules, i)
		}
		if g.tree = notes.text(); name == kind && !notes.broken {
			return g
		}
	}
	return nil
}

// end is a node of the tree, by how much of the text is left there, and the rules of
// which it does not say that they find nothing.
type end struct {
	node  int
	shown [][]any
	rules ruleSet
}

// ends are the nodes where the tree ends for a resource, with no rule twice.
func (v *view) ends(in Input) []end {
	everything := []end{{rules: v.everyRule()}}
	if v.grown == nil || in.Workspace == nil {
		return everything
	}
	list := []end{{rules: v.grown.others}}
	from := notes{in: v.grown.tree}
	v.grown.walk(&from, in.Resource.value, nil, &list)
	if from.broken {
		return everything
	}
	return list
}

// walk adds the ends at a node and below it.
func (g *grown) walk(from *notes, resource ast.Value, shown [][]any, list *[]end) {
	here := end{node: from.after + len(from.in), shown: shown}
	g.add(from.list(), &here.rules)
	for range from.count() {
		rules := from.list()
		var path []any
		for range from.count() {
			path = append(path, stepOf(from.text()))
		}
		var room [64]byte
		look := appendLook(room[:0], partAt(resource, path))
		found := false
		for range from.count() {
			same := from.text() == string(look)
			child := from.inner()
			if !same {
				continue
			}
			g.walk(&child, resource, append(slices.Clip(shown), path), list)
			from.broken, found = from.broken || child.broken, true
		}
		if !found {
			g.add(rules, &here.rules)
		}
	}
	if !here.rules.isEmpty() {
		*list = append(*list, here)
	}
}

func (g *grown) add(rules []int, to *ruleSet) {
	for _, i := range rules {
		if i < len(g.rules) && g.rules[i] >= 0 {
			to.add(g.rules[i])
		}
	}
}

// stepOf reads a step of a path as appendShape writes it.
func stepOf(text string) any {
	if len(text) > 1 && text[0] == 0 {
		i, _ := binary.Uvarint([]byte(text[1:]))
		return int(i)
	}
	return text
}

// notes reads what appendShape writes. Where that is broken, all that follows
// reads as nothing.
type notes struct {
	in string
	// after is the length of what stands behind in.
	after  int
	broken bool
}

func (n *notes) fail() { n.in, n.broken = "", true }

// inner reads a text to be read in its turn.
func (n *notes) inner() notes {
	s := n.text()
	return notes{in: s, after: n.after + len(n.in)}
}

func (n *notes) int() int {
	var v uint64
	for i := 0; i < len(n.in) && i < binary.MaxVarintLen32; i++ {
		v |= uint64(n.in[i]&0x7f) << (7 * i)
		if n.in[i] < 0x80 {
			n.in = n.in[i+1:]
			return int(v)
		}
	}
	n.fail()
	return 0
}

// count is the length of a list: each element has a byte at the least.
func (n *notes) count() int {
	if c := n.int(); c <= len(n.in) {
		return c
	}
	n.fail()
	return 0
}

func (n *notes) text() string {
	length := n.count()
	s := n.in[:length]
	n.in = n.in[length:]
	return s
}

func (n *notes) list() []int {
	list := make([]int, n.count())
	for i := range list {
		list[i] = n.int()
	}
	return list
}
