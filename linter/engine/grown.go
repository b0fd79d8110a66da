package engine

import (
	"encoding/binary"
	"slices"

	"github.com/open-policy-agent/opa/v1/ast"
)

// grown is the tree of a kind in the notes of a pack, of which is read what resources
// lead to. It is used under the lock of the view's shapes.
type grown struct {
	// rules are the indexes in the view of the tree's rules, -1 for one that the view
	// has not; others are the rules that the tree does not know.
	rules  []int
	others ruleSet
	root   *grownNode
}

// grownNode is a node of the tree. It is read when a resource comes to it.
type grownNode struct {
	text   notes
	isRead bool
	// end is what is left undecided at the node itself.
	end      end
	branches []grownBranch
}

type grownBranch struct {
	rules    ruleSet
	paths    [][]any
	children map[string]*grownNode
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
		g.root = &grownNode{text: notes.inner()}
		if name == kind && !notes.broken {
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
	if !v.grown.walk(v.grown.root, in.Resource.value, &list) {
		return everything
	}
	return list
}

// walk adds the ends at a node and below it, and says whether they could be read.
func (g *grown) walk(at *grownNode, resource ast.Value, list *[]end) bool {
	if !at.isRead {
		g.read(at)
	}
	here := at.end
	for _, b := range at.branches {
		var room [64]byte
		look := appendLooks(room[:0], resource, b.paths)
		child := b.children[string(look)]
		if child == nil {
			here.rules.addAll(b.rules)
		} else if !g.walk(child, resource, list) {
			return false
		}
	}
	if !here.rules.isEmpty() {
		*list = append(*list, here)
	}
	return !at.text.broken
}

// read reads a node, and of its children no more than where they are.
func (g *grown) read(at *grownNode) {
	from := &at.text
	at.isRead = true
	at.end.node = from.after + len(from.in)
	at.end.rules = g.set(from)
	for range from.count() {
		b := grownBranch{rules: g.set(from), children: map[string]*grownNode{}}
		for range from.count() {
			var path []any
			for range from.count() {
				path = append(path, stepOf(from.text()))
			}
			b.paths = append(b.paths, path)
		}
		shown := append(slices.Clip(at.end.shown), b.paths...)
		for range from.count() {
			look := from.text()
			b.children[look] = &grownNode{text: from.inner(), end: end{shown: shown}}
		}
		at.branches = append(at.branches, b)
	}
}

// set reads a list of rules.
func (g *grown) set(from *notes) (rules ruleSet) {
	for range from.count() {
		if i := from.int(); i < len(g.rules) && g.rules[i] >= 0 {
			rules.add(g.rules[i])
		}
	}
	return rules
}

// stepOf reads a step as appendPath writes it.
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
